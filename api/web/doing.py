"""Forms that come in: read as the command, handed to the desk, answered with a page."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.errors import STATUS
from api.refused import noting
from api.shapes import parts_of, read_command
from api.v1 import asking
from api.v1.telling import KEY, digest_of
from api.web import lists, things
from api.web.controls import read, read_part
from api.web.forms import BESIDE
from api.web.offers import NEW, Attempt
from api.web.typed import Typed, compact, first, indices, read_form
from api.web.visit import FLASH_COOKIE, Visit, Visiting, check_form
from application.decide import Sent
from application.desk import Answer, Unavailable
from application.handlers import HANDLERS
from application.kinds import NOUNS, PLURALS
from application.principals import Grounds, Principal
from application.questions import Found
from domain.errors import NotFound, Reason, Refusal
from domain.money import HOME_CURRENCY

router = APIRouter(include_in_schema=False)


async def submitted(visit: Visit, view: str, id: str, verb: str) -> Response:
    """Takes a form for a verb, and answers with the thing or with the form again."""
    noun, typed = NOUNS[view], await read_form(visit.request)
    session = check_form(visit, first(typed, "_token"))
    if verb not in HANDLERS[noun] or (noun, verb) == ("document", "store"):
        raise HTTPException(404)
    found = None
    if id != NEW:
        with noting(visit.house, session.principal, noun, verb, id):
            found = await run_in_threadpool(asking.find, visit.house, view, id, session.principal)
    if wanted := first(typed, "_add"):
        attempt = Attempt(verb=verb, typed=typed, least_rows={wanted: rows_after(typed, wanted)})
        return await run_in_threadpool(shown_again, visit, view, id, attempt, 200)
    typed = compact(HANDLERS[noun][verb][0], typed)
    try:
        sent = sent_of(visit, session.principal, noun, verb, found, typed)
        with noting(visit.house, sent.by, noun, verb, sent.id):
            answer = await asyncio.wrap_future(visit.house.desk.post(sent))
    except (Refusal, Unavailable) as refused:
        attempt = Attempt(verb=verb, typed=typed, reasons=reasons_of(refused))
        status = status_of(refused)
        return await run_in_threadpool(shown_again, visit, view, id, attempt, status)
    thing = found.values if found and noun == "approval" and verb == "approve" else None
    return await run_in_threadpool(moved_on, visit, noun, verb, answer, thing)


def address_of(visit: Visit, answer: Answer, approval: dict[str, Any] | None) -> str:
    """The page of what the command concerned; the first page where its sender may not see it."""
    if approval is not None:
        plural, thing = PLURALS[approval["thing_noun"]], approval["thing"]
        return f"/{plural}/{thing}" if thing else f"/{plural}"
    plural = PLURALS[answer.noun]
    seen = visit.house.questions.one(plural, visit.sight(plural), answer.id)
    return "/" if seen is None else f"/{plural}/{answer.id}"


def sent_of(
    visit: Visit, by: Principal, noun: str, verb: str, found: Found | None, typed: Typed
) -> Sent:
    """The command that a form stands for; refused with every fault of its fields."""
    command_type, _ = HANDLERS[noun][verb]
    value = value_of(command_type, typed, visit)
    id = found.values["id"] if found else ""
    currency = str((found and found.values["currency"]) or HOME_CURRENCY)
    command, grounds = read_command(command_type, value, currency=currency)
    return Sent(
        noun=noun,
        verb=verb,
        command=command,
        by=by,
        id=id,
        grounds=grounds,
        expected_version=version_of(typed),
        key=f"{by.person} {key_of(typed)}",
        digest=digest_of(noun, verb, id, value),
    )


def value_of(command_type: Any, typed: Typed, visit: Visit) -> dict[str, Any]:
    """The command and its grounds as JSON values."""
    value = read(command_type, typed, visit.house.zone)
    own = command_type.__dataclass_fields__
    for name in BESIDE:
        if name not in own:
            said = read_part(name, parts_of(Grounds)[name], typed, visit.house.zone, name)
            if said is not None:
                value[name] = said
    return value


def rows_after(typed: Typed, path: str) -> int:
    """How many rows a list has when one is added."""
    return max(indices(typed, path), default=-1) + 2


def version_of(typed: Typed) -> int | None:
    """The version that the page showed."""
    text = first(typed, "_version")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def key_of(typed: Typed) -> str:
    """The idempotency key that the page gave the form."""
    key = first(typed, "_key")
    if not KEY.fullmatch(key):
        raise HTTPException(400)
    return key


def reasons_of(refused: Refusal | Unavailable) -> tuple[Reason, ...]:
    """Why it was not carried out."""
    if isinstance(refused, Refusal):
        return tuple(refused.reasons)
    sentence = (
        "The database does not answer, or cannot be written, at the moment. Send the form again: "
        "nothing is carried out twice."
    )
    return (Reason("unavailable", sentence),)


def status_of(refused: Refusal | Unavailable) -> int:
    """The status of the page; something that a field names and is not there is a wrong field."""
    if isinstance(refused, NotFound):
        return 422
    kind = next(kind for kind in type(refused).__mro__ if kind in STATUS)
    return STATUS[kind][0]


def shown_again(visit: Visit, view: str, id: str, attempt: Attempt, status: int) -> Response:
    """The page on which the form stood, with all that was typed."""
    if id == NEW:
        return lists.new_page(visit, view, attempt, status)
    return things.page(visit, view, id, attempt, status)


def moved_on(
    visit: Visit, noun: str, verb: str, answer: Answer, approval: dict[str, Any] | None
) -> Response:
    """Sends the browser to what the command concerned, with a sentence to be said there."""
    address = address_of(visit, answer, approval)
    if approval is not None:
        noun, verb = approval["thing_noun"], approval["verb"]
    response = RedirectResponse(address, 303)
    flash = f"{'waits' if answer.prepared else 'done'}.{noun}.{verb}"
    response.set_cookie(
        FLASH_COOKIE, flash, httponly=True, samesite="lax", secure=visit.house.secure_cookies
    )
    return response


def add(view: str) -> None:
    """The address to which the forms of a noun are sent."""

    async def endpoint(visit: Visiting, id: str, verb: str) -> Response:
        return await submitted(visit, view, id, verb)

    router.add_api_route(f"/{view}/{{id}}/{{verb}}", endpoint, methods=["POST"])


for each in PLURALS.values():
    add(each)
