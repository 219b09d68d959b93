"""Documents on pages: uploaded beside the thing they belong to, downloaded by who may see them."""

from __future__ import annotations

import asyncio
import hashlib
import secrets

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from api.v1 import asking, documents
from api.web import things
from api.web.offers import Attempt
from api.web.visit import FLASH_COOKIE, Visiting, check_form
from application.decide import Sent
from application.documents import StoreDocument
from application.kinds import PLURALS
from application.originals import file_for
from domain.documents import LARGEST
from domain.errors import Refusal

router = APIRouter(include_in_schema=False)

AROUND = 10_000
"""How many bytes a form may have around the file."""

UPLOAD = "upload"
"""The name of the upload form among the forms of a page."""


@router.post("/documents")
async def store(visit: Visiting) -> Response:
    """Keeps the file first, then records the document."""
    check_length(visit.request.headers.get("content-length", ""))
    async with visit.request.form(max_files=1, max_fields=10) as form:
        session = check_form(visit, str(form.get("_token", "")))
        subject, file = str(form.get("subject", "")), form.get("file")
        noun, _, id = subject.partition(":")
        if noun not in PLURALS:
            raise HTTPException(404)
        view = PLURALS[noun]
        await run_in_threadpool(asking.find, visit.house, view, id, session.principal)
        content = await file.read(LARGEST + 1) if isinstance(file, UploadFile) else b""
        media_type = (file.content_type or "") if isinstance(file, UploadFile) else ""
    sha256 = hashlib.sha256(content).hexdigest()
    command = StoreDocument(
        sha256=sha256, media_type=media_type[:200], size=len(content), subject=subject
    )
    key = f"{session.principal.person} {secrets.token_urlsafe(16)}"
    sent = Sent(noun="document", verb="store", command=command, by=session.principal, key=key)
    try:
        if 0 < len(content) <= LARGEST:
            await run_in_threadpool(documents.keep, visit.house, content, media_type)
        await asyncio.wrap_future(visit.house.desk.post(sent))
    except Refusal as refused:
        attempt = Attempt(verb=UPLOAD, typed={}, reasons=refused.reasons)
        return await run_in_threadpool(things.page, visit, view, id, attempt, 422)
    response = RedirectResponse(f"/{view}/{id}", 303)
    response.set_cookie(FLASH_COOKIE, "done.document.store", httponly=True, samesite="lax")
    return response


def check_length(text: str) -> None:
    """Refuses a body of unknown or too great a length."""
    if not (text.isascii() and text.isdigit()):
        raise HTTPException(411)
    if int(text) > LARGEST + AROUND:
        raise HTTPException(413)


@router.get("/documents/{id}/content")
def content(visit: Visiting, id: str) -> Response:
    """The file itself, always as a download and never as a page."""
    found = asking.find(visit.house, "documents", id, visit.principal)
    return documents.served(visit.request, visit.house, file_for(found, visit.principal))
