"""The books over HTTP: balances, stage counts, and the chronicle itself for auditors."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.identity import Caller, SignedIn, TheHouse
from api.v1 import asking, openapi, shown
from api.v1.masks import NEVER_TOLD, for_the_feed
from application.kinds import PLURALS
from application.principals import Principal
from application.questions import House
from application.veils import VEILED_EVENTS, covers_of
from application.visibility import EVERYTHING, OFFICERS, sight
from domain.errors import Invalid, NotPermitted, Reason, Word
from domain.values import MOST

router = APIRouter(prefix="/v1", tags=["books"])

WAIT_SECONDS = 30
LOOK_SECONDS = 0.5
PAGE = 500


def reading_books(by: Principal, *roles: str) -> None:
    """Refuses whoever holds none of the roles."""
    if by.roles.isdisjoint(roles):
        raise NotPermitted(
            Reason(
                "books.who",
                "This is for these roles: {roles}.",
                {"roles": tuple(Word("role", role) for role in roles)},
            )
        )


@router.get(
    "/balances",
    summary="The balance of every account, as of and known at a moment.",
    operation_id="balances",
    openapi_extra={
        "security": openapi.SIGNED_IN,
        "parameters": [
            *openapi.MOMENTS,
            openapi.parameter("fund", "query", openapi.TEXT, "Only this fund."),
            openapi.parameter("grant", "query", openapi.TEXT, "Only entries of this grant."),
        ],
    },
    responses={
        200: openapi.answers(openapi.OBJECT, "Accounts."),
        **openapi.problems(401, 403, 405, 422, 503),
    },
)
def balances(request: Request, house: TheHouse, by: SignedIn) -> Response:
    """Debit less credit of each account of each fund that the person sees in full."""
    reading_books(by, *EVERYTHING, *OFFICERS)
    asked = {n: asking.checked_text(n, v) for n, v in request.query_params.items()}
    moment = asking.moment_of(request, house)
    rows = house.questions.balances(
        moment, fund=asked.get("fund"), grant=asked.get("grant"), sight=sight("funds", by)
    )
    return JSONResponse(
        {
            "as_of": asked.get("as_of"),
            "known_at": asked.get("known_at"),
            "position": house.questions.head() if moment.upto is None else moment.upto,
            "accounts": [shown.account(row) for row in rows],
        }
    )


@router.get(
    "/stages",
    summary="How many things that you may see stand in each stage.",
    operation_id="stages",
    openapi_extra={"security": openapi.ANYBODY},
    responses={200: openapi.answers(openapi.OBJECT, "Counts."), **openapi.problems(401, 405, 503)},
)
def stages(house: TheHouse, by: Caller) -> Response:
    """Counts by noun and stage."""
    counts = {
        view: house.questions.stage_counts(view, sight(view, by)) for view in PLURALS.values()
    }
    return JSONResponse({"stages": counts})


@router.get(
    "/events",
    summary="The chronicle as JSON lines behind a position; waits for news.",
    operation_id="events",
    response_class=Response,
    openapi_extra={
        "security": openapi.SIGNED_IN,
        "parameters": [
            openapi.parameter(
                "after",
                "query",
                {"type": "integer", "minimum": 0, "maximum": MOST},
                "The last position that you have.",
            )
        ],
    },
    responses={
        200: {"description": "Lines.", "content": {"application/x-ndjson": {}}},
        **openapi.problems(401, 403, 405, 422, 503),
    },
)
async def events(request: Request, house: TheHouse, by: SignedIn) -> Response:
    """Each line has a position and the record as it is stored, or its hash where it is withheld."""
    reading_books(by, *EVERYTHING)
    after = request.query_params.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) < 17 and int(after) <= MOST):
        raise Invalid(Reason("events.after", "`after` is a position.", {}, "?after"))
    lines = await news(house, int(after))
    body = await run_in_threadpool(fed_all, house, lines, by)
    return Response(body, media_type="application/x-ndjson")


def fed_all(house: House, lines: list[tuple[int, bytes]], by: Principal) -> bytes:
    """The lines of the feed, for one who may read it."""
    return b"".join(fed(position, line, by, house) for position, line in lines)


def fed(position: int, line: bytes, by: Principal, house: House) -> bytes:
    """A line of the feed; of what it withholds only the leaf hash, so that the tree still adds up.

    The salt inside keeps anybody from guessing what was hashed.
    """
    name = withheld(line, by, house)
    if not name:
        return b'{"position":%d,"record":%b}\n' % (position, for_the_feed(line, by))
    leaf = hashlib.sha256(b"\0" + line).hexdigest()
    return b'{"position":%d,"withheld":"%b","leaf":"%b"}\n' % (
        position,
        name.encode(),
        leaf.encode(),
    )


def withheld(line: bytes, by: Principal, house: House) -> str:
    """The name of the event, if the feed withholds it from this reader, for good or for now."""
    if not any(b'"%b"' % name.encode() in line for name in NEVER_TOLD | VEILED_EVENTS):
        return ""
    record = msgspec.json.decode(line, type=dict[str, Any])
    name: str = record["event"]["type"]
    if name in NEVER_TOLD:
        return name
    noun, _, id = record["stream"].partition(":")
    if name not in VEILED_EVENTS:
        return ""
    found = house.questions.one(PLURALS[noun], sight(PLURALS[noun], by), id)
    covers = covers_of(PLURALS[noun], found.veils) if found else ()
    return name if any(name in cover.events for cover in covers) else ""


async def news(house: House, after: int) -> list[tuple[int, bytes]]:
    """The records behind a position; waits for the first one up to half a minute."""
    for _ in range(int(WAIT_SECONDS / LOOK_SECONDS)):
        found = await run_in_threadpool(house.questions.behind, after, PAGE)
        if found:
            return found
        await asyncio.sleep(LOOK_SECONDS)
    return []
