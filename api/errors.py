"""Every "no" over HTTP: one table of statuses, one shape of answer (RFC 9457)."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.door import Unreadable
from api.words import Words, language_of
from application.credentials import TooMany
from application.desk import KeyReused, Unavailable
from application.personal import VaultClosed
from domain.errors import Invalid, NotFound, NotPermitted, Reason, Refusal, Stale

STATUS: dict[type[Exception], tuple[int, str, str]] = {
    # what went wrong: status, stable code, title
    Unreadable: (400, "unreadable", "The body cannot be read."),
    NotFound: (404, "not-found", "There is no such thing."),
    NotPermitted: (403, "not-permitted", "No role of yours may do this here."),
    Stale: (412, "stale", "The thing has changed meanwhile."),
    KeyReused: (422, "key-reused", "The idempotency key belongs to another command."),
    VaultClosed: (503, "vault", "What is known of people cannot be read or kept at the moment."),
    Invalid: (422, "invalid", "Some fields cannot be accepted."),
    Refusal: (409, "refused", "The rules refuse this."),
    TooMany: (429, "too-many", "Too often in too short a time; wait a while and try again."),
    Unavailable: (
        503,
        "unavailable",
        "The database does not answer, or cannot be written, at the moment. "
        "Send the same again with the same key: nothing is carried out twice.",
    ),
}
CODES = {
    401: ("not-signed-in", "Sign in, or send a valid token."),
    404: ("not-found", "There is no such thing."),
    405: ("method", "This address does not take that method."),
    409: ("offset", "The upload does not stand where this piece begins."),
    412: ("protocol", "Send Tus-Resumable: 1.0.0, the protocol of uploads that is spoken here."),
    413: ("too-large", "The body is too large."),
    415: ("media-type", "Send the body as application/json."),
    423: ("busy", "A piece of this upload is coming in at the moment."),
    460: ("checksum", "The piece does not have the checksum that was announced."),
    428: ("key-missing", "Send an Idempotency-Key, so that a repeat is not carried out twice."),
}
"""Codes and titles of what never reaches the domain."""


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def problem(
    request: Request,
    status: int,
    code: str,
    title: str,
    reasons: tuple[Reason, ...] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """The answer to a request that is refused, in the caller's language."""
    words = Words(language_of(request.headers.get("accept-language")))
    sentences = [words.sentence(reason) for reason in reasons]
    body: dict[str, Any] = {
        "type": f"urn:fundtrail:problem:{code}",
        "title": words.text(title),
        "status": status,
        "detail": " ".join(sentences) if sentences else words.text(title),
        "code": code,
        "errors": [
            {"rule": reason.rule, "message": sentence, "pointer": reason.field}
            for reason, sentence in zip(reasons, sentences, strict=True)
        ],
        "trace_id": getattr(request.state, "trace_id", ""),
    }
    return Response(
        msgspec.json.encode(body),
        status,
        headers={"Content-Language": words.language, **(headers or {})},
        media_type="application/problem+json",
    )


def answer_to(request: Request, error: Exception) -> Response:
    """The answer to an exception that the table knows, its class or the next one above."""
    status, code, title = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    headers = headers_of(error)
    reasons: tuple[Reason, ...] = ()
    if isinstance(error, Refusal):
        reasons = error.reasons
    elif isinstance(error, Unreadable):
        reasons = (error.reason,)
    return problem(request, status, code, title, reasons, headers)


def headers_of(error: Exception) -> dict[str, str]:
    """What an answer to an exception says in its headers, on pages too."""
    if isinstance(error, Stale):
        return {"ETag": f'"{error.version}"'}
    if isinstance(error, TooMany):
        return {"Retry-After": str(error.seconds)}
    return {"Retry-After": "5"} if isinstance(error, Unavailable) else {}


def answer_to_http(request: Request, error: Exception) -> Response:
    """The answer to an address, method or sign-in that is not right."""
    assert isinstance(error, HTTPException)
    code, title = CODES.get(error.status_code, ("http", "This request cannot be answered."))
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(sorted(methods_here(request)))
    return problem(request, error.status_code, code, title, (), headers)


def methods_here(request: Request) -> set[str]:
    """Every method that the address takes, whichever route it belongs to."""
    scope = {"type": "http", "path": request.url.path, "root_path": "", "headers": []}
    return {
        method
        for method in METHODS
        for route in request.app.routes
        if route.matches({**scope, "method": method})[0] is Match.FULL
    }


def install(app: FastAPI) -> None:
    """Makes the application answer with problems."""
    for kind in STATUS:
        app.add_exception_handler(kind, answer_to)
    app.add_exception_handler(HTTPException, answer_to_http)
