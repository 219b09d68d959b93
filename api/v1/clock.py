"""The simulated clock over HTTP; it exists in tests and demonstrations only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.door import parse
from api.identity import ByToken, TheHouse
from api.shapes import adapter, in_utc, read_into
from api.v1 import bodies, openapi
from api.v1.telling import read_body

router = APIRouter(prefix="/v1/clock", tags=["clock"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """Moves the simulated clock forward to a moment, and does what falls due."""

    to: datetime


@router.post(
    "/advance",
    summary="Moves the simulated clock forward, and does what falls due.",
    operation_id="clock_advance",
    responses={
        200: openapi.answers(openapi.OBJECT, "The new time."),
        **openapi.problems(400, 401, 403, 405, 409, 413, 415, 422, 429, 503),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": bodies.strict(bodies.inlined(adapter(Advance))),
                    "example": {"to": "2026-04-01T09:00:00+08:00"},
                }
            },
        },
        "security": openapi.SIGNED_IN,
    },
)
async def advance(request: Request, house: TheHouse, by: ByToken) -> Response:
    """Anybody who is signed in may let time pass where time is not real."""
    said = in_utc(read_into(Advance, parse(await read_body(request)), currency=""))
    ticked = await run_in_threadpool(house.advance, said.to)
    return JSONResponse({"now": house.clock.now().isoformat(), "taken": ticked.taken})
