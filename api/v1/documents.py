"""Documents over HTTP: uploaded as a form, read back by whoever may see them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncGenerator

from fastapi import Request, Response
from fastapi.responses import FileResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from api.door import Unreadable, parse
from api.identity import ByToken, Caller, TheHouse
from api.shapes import read_into
from api.v1 import asking, openapi
from api.v1.bodies import PLAIN_TEXT
from api.v1.kit import NounRouter, add_command, add_questions, add_thing_questions
from api.v1.telling import answered, key_of, read_body
from application.decide import Sent
from application.desk import Answer
from application.documents import StoreDocument
from application.originals import File, file_for
from application.principals import Principal
from application.questions import House
from application.uploads import StoreUpload
from domain.documents import LARGEST, TYPES, check_kind
from domain.errors import Invalid, Reason, refuse

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
FROM_UPLOAD: openapi.Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["upload", "subject"],
    "properties": {
        "upload": {
            **openapi.TEXT,
            "pattern": PLAIN_TEXT,
            "minLength": 1,
            "maxLength": 100,
            "description": "A finished upload of your own.",
        },
        "subject": FORM["properties"]["subject"],
        "media_type": {
            "enum": [*TYPES],
            "description": "The kind of the file, where the upload did not announce it.",
        },
    },
}
SUBJECT = "grant:0198c0de-0000-7000-8000-000000000001"
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
                    "example": {"file": "证明", "subject": SUBJECT},
                    "encoding": {"file": {"contentType": ", ".join(TYPES)}},
                },
                "application/json": {
                    "schema": FROM_UPLOAD,
                    "example": {"upload": "0" * 32, "subject": SUBJECT},
                },
            },
        },
        "parameters": [openapi.KEY_PARAMETER],
        "security": openapi.SIGNED_IN,
    },
)
async def store(request: Request, house: TheHouse, by: ByToken) -> Response:
    """Keeps the bytes first, then records the document."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == "application/json":
        return await from_upload(request, house, by)
    if media != "multipart/form-data":
        raise HTTPException(415)
    content, command = await read_form(request)
    key_of(request)
    await run_in_threadpool(keep, house, content, command.media_type)
    return answered(await told(request, house, by, command, command.sha256))


async def told(
    request: Request, house: House, by: Principal, command: StoreDocument, source: str
) -> Answer:
    """The desk's answer; the same key with the same source is the same command."""
    sent = Sent(
        noun="document",
        verb="store",
        command=command,
        by=by,
        key=f"{by.person} {key_of(request)}",
        digest=hashlib.sha256(f"{command.subject} {source}".encode()).digest(),
    )
    return await asyncio.wrap_future(house.desk.post(sent))


def keep(house: House, content: bytes, media_type: str) -> None:
    """Keeps the bytes of a file; refused where they are not what they are said to be."""
    if content:
        check_kind(media_type, house.files.kinds_of(content))
    house.files.put(content)


async def from_upload(request: Request, house: House, by: Principal) -> Response:
    """Makes a document of a finished upload, whose bytes are then no longer kept twice."""
    said = read_into(StoreUpload, parse(await read_body(request)), currency="")
    key_of(request)
    upload = await run_in_threadpool(house.uploads.find, said.upload, by.person, house.clock.now())
    if upload is None or not upload.is_finished:
        raise refuse(
            "Y5.upload", "There is no finished upload of yours of that name.", field="/upload"
        )
    media_type, sha256 = said.media_type or upload.media_type, upload.sha256
    if not sha256:
        content = await run_in_threadpool(house.uploads.content, upload)
        await run_in_threadpool(keep, house, content, media_type)
        sha256 = hashlib.sha256(content).hexdigest()
    command = StoreDocument(
        sha256=sha256, media_type=media_type, size=upload.length, subject=said.subject
    )
    answer = await told(request, house, by, command, f"upload {upload.id}")
    await run_in_threadpool(house.uploads.settle, upload, sha256)
    return answered(answer)


async def read_form(request: Request) -> tuple[bytes, StoreDocument]:
    """The file and what is said of it; read only after the caller is known, and never too much."""
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
CLOSED = {"reason": "涉及当事人的个人信息。", "authority_ref": "〔2026〕12号"}
add_command(router, "/{id}/close", "document", "close", CLOSED)
add_questions(router, "documents")
add_thing_questions(router, "document")


@router.get(
    "/{id}/content",
    summary="The file itself, or a range of it.",
    operation_id="document_content",
    response_class=Response,
    openapi_extra={"security": openapi.ANYBODY},
    responses={
        200: {"description": "Bytes.", "content": {media_type: {} for media_type in TYPES}},
        206: {"description": "A range.", "content": {media_type: {} for media_type in TYPES}},
        304: {"description": "You have it already."},
        416: {"description": "There is no such range."},
        **openapi.problems(400, 401, 404, 405, 422, 503),
    },
)
def content(request: Request, house: TheHouse, id: str, by: Caller) -> Response:
    """The bytes, always as a download and never as a page."""
    found = asking.find(house, "documents", id, by)
    return served(request, house, file_for(found, by))


def served(request: Request, house: House, file: File) -> Response:
    """A file as a download; its tag is its hash, since its content never changes."""
    path = house.files.find(file.sha256)
    if path is None:
        raise HTTPException(404)
    headers = {
        "Content-Disposition": "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
        "ETag": f'"{file.sha256}"',
    }
    if file.sha256 in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=file.media_type, headers=headers)
