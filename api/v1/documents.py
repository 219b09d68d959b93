"""Documents over HTTP: uploaded as a form, read back by whoever may see them."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.identity import ByToken, Caller, TheHouse
from api.v1 import asking, openapi
from api.v1.kit import add_questions, add_thing_questions
from api.v1.telling import answered, key_of
from application.decide import Sent
from application.documents import StoreDocument
from domain.documents import LARGEST

router = APIRouter(prefix="/v1/documents", tags=["documents"])


@router.post(
    "",
    summary="Stores a file and names the thing it belongs to, such as grant:<id>.",
    operation_id="document_store",
    responses=openapi.COMMAND_RESPONSES,
    openapi_extra={"parameters": [openapi.KEY_PARAMETER], "security": [{"token": []}]},
)
async def store(
    request: Request,
    house: TheHouse,
    by: ByToken,
    file: Annotated[UploadFile, File()],
    subject: Annotated[str, Form(max_length=100)],
) -> Response:
    """Keeps the bytes first, then records the document."""
    content = await file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise HTTPException(413)
    sha256 = hashlib.sha256(content).hexdigest()
    command = StoreDocument(
        sha256=sha256, media_type=file.content_type or "", size=len(content), subject=subject
    )
    sent = Sent(
        noun="document",
        verb="store",
        command=command,
        by=by,
        key=f"{by.person} {key_of(request)}",
        digest=hashlib.sha256(f"{subject} {sha256}".encode()).digest(),
    )
    await run_in_threadpool(house.files.put, content)
    return answered(await asyncio.wrap_future(house.desk.post(sent)))


add_questions(router, "documents")
add_thing_questions(router, "document")


@router.get(
    "/{id}/content",
    summary="The file itself.",
    operation_id="document_content",
    responses=openapi.problems(401, 404, 405),
)
def content(request: Request, house: TheHouse, id: str, by: Caller) -> Response:
    """The bytes, always as a download and never as a page."""
    found = asking.find(house, "documents", id, by)
    data = house.files.read(found.values["sha256"])
    if data is None:
        raise HTTPException(404)
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type=found.values["media_type"], headers=headers)
