"""Personal data over HTTP: kept by the administrator, corrected by whom they concern.

Whatever is given out is noted before; who has read what is told to that person and to auditors.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.door import parse
from api.identity import ByToken, SignedIn, TheHouse
from api.shapes import adapter, read_into
from api.v1 import asking, bodies, openapi
from api.v1.telling import read_body
from application.people import PERSON
from application.personal import (
    KEEPER,
    OWN,
    WATCHER,
    Contact,
    Personal,
    Read,
    is_keeper,
    is_watcher,
    shown_person,
)
from application.principals import Principal
from application.questions import House
from domain.errors import Invalid, NotFound, NotPermitted, Reason, Word
from domain.people.person import Person

router = APIRouter(prefix="/v1/people", tags=["people"])

NO_STORE = {"Cache-Control": "no-store"}
ONE_LINE = {
    **openapi.TEXT,
    "pattern": r"^[^\s\u0000-\u001f]([^\u0000-\u001f]*[^\s\u0000-\u001f])?$",
    "minLength": 1,
    "maxLength": 200,
}
PURPOSE = openapi.parameter(
    "purpose", "query", ONE_LINE, "What for: it is noted, and told to the person."
)
BEFORE = openapi.parameter("before", "query", openapi.NUMBER, "Only what was read before that no.")


def extra(*parameters: dict[str, Any], body: type[Any] | None = None) -> dict[str, Any]:
    """What the OpenAPI document says of an address here."""
    found: dict[str, Any] = {"parameters": list(parameters), "security": openapi.SIGNED_IN}
    if body is not None:
        schema = bodies.strict(bodies.inlined(adapter(body)))
        content = {"application/json": {"schema": schema, "example": SAMPLES[body]}}
        found["requestBody"] = {"required": True, "content": content}
    return found


SAMPLES: dict[type[Any], dict[str, str]] = {
    Contact: {"phone": "0431-85550000", "email": "someone@example.org"},
    Personal: {"name": "某某", "phone": "0431-85550000"},
}
QUESTION = {
    200: openapi.answers(openapi.OBJECT, "What there is."),
    **openapi.problems(400, 401, 403, 404, 405, 422, 503),
}
KEPT: openapi.Responses = {
    204: {"description": "It is kept."},
    **openapi.problems(400, 401, 403, 404, 405, 409, 413, 415, 422, 503),
}


@router.get(
    "/me",
    summary="What the chronicle knows of you: your roles, and what you have agreed to.",
    operation_id="me",
    responses=QUESTION,
    openapi_extra=extra(),
)
def me(house: TheHouse, by: SignedIn) -> Response:
    """Nothing of this is personal, so nothing is noted."""
    return JSONResponse(shown_person(person_of(house, by.person)), headers=NO_STORE)


@router.get(
    "/me/personal",
    summary="What is kept of you.",
    operation_id="me_personal",
    responses=QUESTION,
    openapi_extra=extra(),
)
def own(house: TheHouse, by: SignedIn) -> Response:
    """Whoever has taken somebody's token is found by this, so it is noted too."""
    return given(house, by.person, by, OWN)


@router.put(
    "/me/personal",
    summary="Corrects how you are reached and paid; what is left out is forgotten.",
    operation_id="me_personal_correct",
    status_code=204,
    responses=KEPT,
    openapi_extra=extra(body=Contact),
)
async def correct(request: Request, house: TheHouse, by: ByToken) -> Response:
    """A name and an identity number are corrected by the administrator, who has seen a paper."""
    said = read_into(Contact, parse(await read_body(request)), currency="")
    await run_in_threadpool(house.vault.correct, by.person, said)
    return Response(status_code=204)


@router.get(
    "/me/reads",
    summary="Who has read what is kept of you, the newest first.",
    operation_id="me_reads",
    responses=QUESTION,
    openapi_extra=extra(BEFORE),
)
def own_reads(request: Request, house: TheHouse, by: SignedIn) -> Response:
    """Everybody sees that of themself."""
    return listed(request, house, by.person)


@router.get(
    "/reads",
    summary="Who has read what is kept of anybody, the newest first.",
    operation_id="people_reads",
    responses=QUESTION,
    openapi_extra=extra(BEFORE),
)
def all_reads(request: Request, house: TheHouse, by: SignedIn) -> Response:
    """For auditors."""
    check_may(by, is_watcher, WATCHER)
    return listed(request, house, None)


@router.get(
    "/{id}/personal",
    summary="What is kept of somebody, and why you ask; that is noted.",
    operation_id="person_personal",
    responses=QUESTION,
    openapi_extra=extra({**PURPOSE, "required": True}),
)
def personal(request: Request, house: TheHouse, id: str, by: SignedIn) -> Response:
    """For the administrator, who says what for."""
    check_may(by, is_keeper, KEEPER)
    purpose = asking.checked_text("purpose", request.query_params.get("purpose", "")).strip()
    return given(house, person_of(house, f"{PERSON}{id}").stream, by, checked_purpose(purpose))


@router.put(
    "/{id}/personal",
    summary="Keeps what is known of somebody; what is left out is forgotten.",
    operation_id="person_personal_keep",
    status_code=204,
    responses=KEPT,
    openapi_extra=extra(body=Personal),
)
async def keep(request: Request, house: TheHouse, id: str, by: ByToken) -> Response:
    """For the administrator; nothing of it goes into an event, a receipt or a log."""
    check_may(by, is_keeper, KEEPER)
    said = read_into(Personal, parse(await read_body(request)), currency="")
    await run_in_threadpool(kept, house, f"{PERSON}{id}", said, by)
    return Response(status_code=204)


def kept(house: House, person: str, said: Personal, by: Principal) -> None:
    """Keeps it of somebody who was let in."""
    house.vault.keep(person_of(house, person).stream, said, keeper=by.person)


def person_of(house: House, person: str) -> Person:
    """The person as the chronicle knows them; refused where there is none."""
    asking.checked_text("", person)
    with house.shelf() as shelf:
        found = shelf.fetch((person,)).get(person)
    if not isinstance(found, Person):
        values = {"noun": Word("noun", "person"), "id": person.removeprefix(PERSON)[:100]}
        raise NotFound(Reason("found", "There is no {noun} “{id}”.", values))
    return found


def check_may(by: Principal, may: Callable[[Principal], bool], role: str) -> None:
    """Refuses whoever has not the role."""
    if not may(by):
        raise NotPermitted(
            Reason("vault.who", "This is for the {role} alone.", {"role": Word("role", role)})
        )


def checked_purpose(purpose: str) -> str:
    """The purpose, if there is one."""
    if not 0 < len(purpose) <= 200:
        raise Invalid(
            Reason("vault.purpose", "Say in a line what you need it for.", {}, "?purpose")
        )
    return purpose


def given(house: House, person: str, by: Principal, purpose: str) -> Response:
    """What is kept of somebody, after it was noted that it is read."""
    found = house.vault.read(person, reader=by.person, purpose=purpose)
    return JSONResponse({"person": person, **found}, headers=NO_STORE)


def listed(request: Request, house: House, person: str | None) -> Response:
    """Who has read what."""
    text = request.query_params.get("before", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Invalid(Reason("list.before", "“before” is the number of a reading.", {}, "?before"))
    found = house.vault.reads(person, before=int(text or 0), limit=asking.LARGEST_PAGE)
    return JSONResponse({"data": [shown_read(one) for one in found]}, headers=NO_STORE)


def shown_read(read: Read) -> dict[str, Any]:
    """A reading, as it is told."""
    return {
        "no": read.no,
        "at": read.at.isoformat().replace("+00:00", "Z"),
        "reader": read.reader,
        "person": read.person,
        "fields": list(read.fields),
        "purpose": read.purpose,
    }
