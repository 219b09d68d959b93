"""One's own page, and the page on which the administrator keeps what is known of somebody."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.shapes import read_command, read_into
from api.v1 import asking
from api.v1.personal import check_may, checked_purpose, kept, person_of
from api.web.typed import Typed, first, read_form
from api.web.visit import Visit, Visiting, check_form
from application.decide import Sent
from application.handlers import HANDLERS
from application.identity import Session
from application.people import PERSON
from application.personal import (
    KEEPER,
    KEPT,
    OF_ONESELF,
    OWN,
    SEALED,
    STATEMENT,
    TAKEN_OVER,
    Contact,
    Personal,
    Read,
    is_keeper,
    shown_person,
)
from domain.errors import Refusal

router = APIRouter(include_in_schema=False)

NOTED = {KEPT: "corrected", TAKEN_OVER: "taken over from a register"}
"""The purposes of those who changed something and read nothing."""


def own_page(visit: Visit, status: int = 200, faults: tuple[str, ...] = ()) -> Response:
    """What is kept of the visitor, by whom it was read, and what they have agreed to."""
    by = visit.needs().principal
    known = shown_person(person_of(visit.house, by.person))
    found = visit.house.vault.read(by.person, reader=by.person, purpose=OWN)
    others = [
        shown_read(visit, read)
        for read in visit.house.vault.reads(by.person, before=0, limit=asking.LARGEST_PAGE)
        if read.reader != by.person
    ]
    given = {consent["purpose"]: consent for consent in known["consents"]}
    whole = {name: found.get(name, "") for name in SEALED}
    context = {"known": known, "kept": whole, "reads": others, "given": given, "faults": faults}
    return visit.render("me.html", status, statement=STATEMENT, **context)


def shown_read(visit: Visit, read: Read) -> dict[str, Any]:
    """A reading as a page shows it."""
    who = visit.people.get(read.reader, read.reader)
    purpose = visit.words.text(NOTED[read.purpose]) if read.purpose in NOTED else read.purpose
    return {"when": visit.local(read.at), "who": who, "purpose": purpose}


@router.get("/me")
def me(visit: Visiting) -> Response:
    """One's own page."""
    return own_page(visit)


@router.post("/me")
async def correct(visit: Visiting) -> Response:
    """Corrects how one is reached and paid."""
    typed = await read_form(visit.request)
    by = check_form(visit, first(typed, "_token")).principal
    try:
        said = read_into(Contact, said_in(typed, OF_ONESELF), currency="")
        await run_in_threadpool(visit.house.vault.correct, by.person, said)
    except Refusal as refused:
        return await run_in_threadpool(own_page, visit, 422, sentences(visit, refused))
    return RedirectResponse("/me", 303)


@router.post("/me/{verb}")
async def agree(visit: Visiting, verb: str) -> Response:
    """Agrees to a purpose, or takes that back."""
    if verb not in ("consent", "withdraw-consent"):
        raise HTTPException(404)
    typed = await read_form(visit.request)
    session = check_form(visit, first(typed, "_token"))
    try:
        sent = await run_in_threadpool(consent_of, visit, session, verb, first(typed, "purpose"))
        await asyncio.wrap_future(visit.house.desk.post(sent))
    except Refusal as refused:
        return await run_in_threadpool(own_page, visit, 409, sentences(visit, refused))
    return RedirectResponse("/me", 303)


def consent_of(visit: Visit, session: Session, verb: str, purpose: str) -> Sent:
    """The command that stands for the button."""
    by = session.principal
    command_type, _ = HANDLERS["person"][verb]
    value = {"purpose": purpose, **({"version": STATEMENT} if verb == "consent" else {})}
    command, grounds = read_command(command_type, value, currency="")
    id = person_of(visit.house, by.person).id
    key = f"{by.person} {secrets.token_urlsafe(16)}"
    return Sent(noun="person", verb=verb, command=command, by=by, id=id, grounds=grounds, key=key)


@router.get("/people/{id}/personal")
def ask(visit: Visiting, id: str) -> Response:
    """Asks what for, before anything is shown."""
    check_may(visit.needs().principal, is_keeper, KEEPER)
    return keepers_page(visit, id)


@router.post("/people/{id}/personal/read")
async def read(visit: Visiting, id: str) -> Response:
    """Shows what is kept of somebody, after it was noted who reads it and what for."""
    typed = await read_form(visit.request)
    by = check_form(visit, first(typed, "_token")).principal
    check_may(by, is_keeper, KEEPER)
    return await run_in_threadpool(shown_to_keeper, visit, id, by.person, first(typed, "purpose"))


def shown_to_keeper(visit: Visit, id: str, reader: str, purpose: str) -> Response:
    """The form with what is kept; the question again where no purpose is given."""
    try:
        purpose = checked_purpose(purpose.strip())
        person = person_of(visit.house, f"{PERSON}{id}").stream
        found = visit.house.vault.read(person, reader=reader, purpose=purpose)
    except Refusal as refused:
        return keepers_page(visit, id, 422, faults=sentences(visit, refused))
    return keepers_page(visit, id, found={name: found.get(name, "") for name in SEALED})


@router.post("/people/{id}/personal")
async def keep(visit: Visiting, id: str) -> Response:
    """Keeps what was typed, in the place of what was kept before."""
    typed = await read_form(visit.request)
    by = check_form(visit, first(typed, "_token")).principal
    check_may(by, is_keeper, KEEPER)
    said = said_in(typed, SEALED)
    try:
        command = read_into(Personal, said, currency="")
        await run_in_threadpool(kept, visit.house, f"{PERSON}{id}", command, by)
    except Refusal as refused:
        found = {name: said.get(name, "") for name in SEALED}
        return await run_in_threadpool(
            keepers_page, visit, id, 422, found=found, faults=sentences(visit, refused)
        )
    return RedirectResponse(f"/people/{id}", 303)


def keepers_page(
    visit: Visit,
    id: str,
    status: int = 200,
    *,
    found: dict[str, str] | None = None,
    faults: tuple[str, ...] = (),
) -> Response:
    """The page of the administrator for one person."""
    person = person_of(visit.house, f"{PERSON}{id}")
    context = {"id": person.id, "kept": found, "faults": faults}
    return visit.render("personal.html", status, person=person.stream, **context)


def said_in(typed: Typed, names: tuple[str, ...]) -> dict[str, str]:
    """What was typed under these names; a blank says nothing."""
    said = {name: first(typed, name).strip() for name in names}
    return {name: text for name, text in said.items() if text}


def sentences(visit: Visit, refused: Refusal) -> tuple[str, ...]:
    """Why it was refused, in the visitor's language."""
    return tuple(visit.words.sentence(reason) for reason in refused.reasons)
