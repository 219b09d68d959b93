"""Documents over HTTP: uploaded as a form, read back by whoever may see them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncGenerator

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from api.door import Unreadable
from api.identity import ByToken, Caller, TheHouse
from api.shapes import read_into
from api.v1 import asking, openapi
from api.v1.bodies import PLAIN_TEXT
from api.v1.kit import NounRouter, add_command, add_questions, add_thing_questions
from api.v1.telling import answered, key_of
from application.decide import Sent
from application.documents import StoreDocument
from application.originals import file_for
from domain.documents import LARGEST, TYPES
from domain.errors import Invalid, Reason

router = NounRouter("documents")


FORM: openapi.Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["file", "subject"],
    "properties": {
        "file": {
            "type": "string",
            "contentMediaType": "application/octet-stream",
            "description": "The file, with its kind in the part's Content-Type.",
        },
        "subject": {
            **openapi.TEXT,
            "pattern": PLAIN_TEXT,
            "minLength": 1,
            "maxLength": 100,
            "description": "The thing that the file belongs to, as its noun, a colon and its id.",
        },
    },
}
OVERHEAD = 64 * 1024
"""The most bytes of a form beside its file."""


@router.post(
    "",
    summary="Stores a file and names the thing it belongs to, such as grant:<id>.",
    operation_id="document_store",
    responses=openapi.COMMAND_RESPONSES,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": FORM,
                    "example": {
                        "file": "证明",
                        "subject": "grant:0198c0de-0000-7000-8000-000000000001",
                    },
                    "encoding": {"file": {"contentType": ", ".join(TYPES)}},
                }
            },
        },
        "parameters": [openapi.KEY_PARAMETER],
        "security": openapi.SIGNED_IN,
    },
)
async def store(request: Request, house: TheHouse, by: ByToken) -> Response:
    """Keeps the bytes first, then records the document."""
    content, command = await read_form(request)
    sent = Sent(
        noun="document",
        verb="store",
        command=command,
        by=by,
        key=f"{by.person} {key_of(request)}",
        digest=hashlib.sha256(f"{command.subject} {command.sha256}".encode()).digest(),
    )
    await run_in_threadpool(house.files.put, content)
    return answered(await asyncio.wrap_future(house.desk.post(sent)))


async def read_form(request: Request) -> tuple[bytes, StoreDocument]:
    """The file and what is said of it; read only after the caller is known, and never too much."""
    media = request.headers.get("content-type", "").partition(";")[0]
    if media.strip().lower() != "multipart/form-data":
        raise HTTPException(415)
    parser = MultiPartParser(request.headers, limited(request), max_files=1, max_fields=1)
    try:
        form = await parser.parse()
    except (MultiPartException, ValueError):
        raise Unreadable("The body is no form with a file and its subject.") from None
    try:
        return await understood(form)
    finally:
        await form.close()


async def understood(form: FormData) -> tuple[bytes, StoreDocument]:
    """The file of a form, and the command that stores it."""
    file, subject = form.get("file"), form.get("subject")
    if not isinstance(file, UploadFile):
        raise Invalid(Reason("field.missing", "This is missing.", {}, "/file"))
    content = await file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise HTTPException(413)
    said = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "media_type": file.content_type or "",
        "size": len(content),
        **({"subject": subject} if isinstance(subject, str) else {}),
    }
    return content, read_into(StoreDocument, said, currency="")


async def limited(request: Request) -> AsyncGenerator[bytes, None]:
    """The body as it comes, up to the largest file."""
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received > LARGEST + OVERHEAD:
            raise HTTPException(413)
        yield chunk


REDACTED = {"public_copy": "0198c0de-0000-7000-8000-000000000001"}
add_command(router, "/{id}/redact", "document", "redact", REDACTED)
add_questions(router, "documents")
add_thing_questions(router, "document")


@router.get(
    "/{id}/content",
    summary="The file itself.",
    operation_id="document_content",
    response_class=Response,
    openapi_extra={"security": openapi.ANYBODY},
    responses={
        200: {"description": "Bytes.", "content": {media_type: {} for media_type in TYPES}},
        **openapi.problems(401, 404, 405, 422, 503),
    },
)
def content(request: Request, house: TheHouse, id: str, by: Caller) -> Response:
    """The bytes, always as a download and never as a page."""
    found = asking.find(house, "documents", id, by)
    file = file_for(found, by)
    data = house.files.read(file.sha256)
    if data is None:
        raise HTTPException(404)
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type=file.media_type, headers=headers)
