"""Every "no" on a page: what went wrong, in the reader's language, and what to do next."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api import errors
from api.door import Unreadable
from api.web.visit import Visit
from application.personal import VaultClosed
from domain.errors import Reason, Refusal

APART = ("/v1", "/openapi.json", "/healthz", "/readyz", "/metrics", "/log", "/static")
"""Addresses that are for programs."""

NEXT = {
    400: "Go back and send it again; if it happens again, tell the administrator.",
    403: "Sign in as somebody who holds the role, or load the page again and send the form anew.",
    404: "It may have another address, or it may be visible to others only.",
    413: "Send less at once.",
    429: "Nothing is locked: the same works again in a while.",
    503: "Try again in a moment; nothing was recorded.",
}
"""What to do next, by status."""


def is_for_page(request: Request) -> bool:
    """Whether a person with a browser is asking."""
    accepts = "text/html" in request.headers.get("accept", "")
    return accepts and not request.url.path.startswith(APART)


async def answer(request: Request, error: Exception) -> Response:
    """A page for people, a problem for programs."""
    if not is_for_page(request):
        if isinstance(error, HTTPException):
            return errors.answer_to_http(request, error)
        return errors.answer_to(request, error)
    return await run_in_threadpool(page, request, error)


def page(request: Request, error: Exception) -> Response:
    """The page that says what went wrong; whoever has to sign in first is asked to."""
    # Who has signed in cannot be said while the vault is closed, since they have no name.
    visit = Visit(request, is_nobody=isinstance(error, VaultClosed))
    status, title, reasons = told(error)
    if status == 401:
        here = request.url.path if request.method == "GET" else "/"
        return RedirectResponse(f"/sign-in?next={quote(here)}", 303)
    answer = visit.render(
        "fault.html",
        status,
        title=visit.words.text(title),
        sentences=[visit.words.sentence(reason) for reason in reasons],
        advice=visit.words.text(NEXT[status]) if status in NEXT else "",
        code=status,
    )
    answer.headers.update(errors.headers_of(error))
    return answer


def told(error: Exception) -> tuple[int, str, tuple[Reason, ...]]:
    """Status, title and reasons of an error."""
    if isinstance(error, HTTPException):
        _, title = errors.CODES.get(error.status_code, ("", "This request cannot be answered."))
        return error.status_code, title, ()
    status, _, title = next(
        errors.STATUS[kind] for kind in type(error).__mro__ if kind in errors.STATUS
    )
    if isinstance(error, Unreadable):
        return status, title, (error.reason,)
    return status, title, error.reasons if isinstance(error, Refusal) else ()


def install(app: FastAPI) -> None:
    """Lets pages answer with pages."""
    for kind in (*errors.STATUS, HTTPException):
        app.add_exception_handler(kind, answer)
