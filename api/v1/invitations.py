"""Invitations over HTTP: a one-time secret with which somebody sets up how they sign in."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.door import parse
from api.identity import ByToken, TheHouse
from api.shapes import adapter, read_into
from api.trail import invited
from api.v1 import bodies, openapi
from api.v1.telling import read_body
from application.entering import invite
from domain.values import Id

router = APIRouter(prefix="/v1/invitations", tags=["people"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """Makes a one-time secret for a person who cannot sign in yet; earlier ones end."""

    person: Id


@router.post(
    "",
    summary="Makes a one-time secret for a person who cannot sign in yet.",
    operation_id="invitation_make",
    status_code=201,
    responses={
        201: openapi.answers(openapi.OBJECT, "The secret, shown this once."),
        **openapi.problems(400, 401, 403, 405, 409, 413, 415, 422, 429, 503),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": bodies.strict(bodies.inlined(adapter(Invite))),
                    "example": {"person": "person:2f6f6f0e-5a0c-4a51-9d0a-6f0a4a4f7f11"},
                }
            },
        },
        "security": openapi.SIGNED_IN,
    },
)
async def make(request: Request, house: TheHouse, by: ByToken) -> Response:
    """An administrator makes it, and hands it over by another way than this one."""
    said = read_into(Invite, parse(await read_body(request)), currency="")
    made = await run_in_threadpool(invite, house, by, said.person)
    invited(by.person, said.person)
    document = {"person": said.person, "secret": made.secret, "until": made.until.isoformat()}
    return JSONResponse(document, 201, {"Cache-Control": "no-store"})
