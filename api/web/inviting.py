"""Inviting people: for administrators, who hand the one-time secret over themselves."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.trail import invited
from api.web.faulty import Faults, faults_of
from api.web.typed import first, read_form, reference
from api.web.visit import Visit, Visiting, check_form
from application.credentials import Invited
from application.entering import ADMINISTRATOR, invite
from domain.errors import Refusal

router = APIRouter(include_in_schema=False)


def page(
    visit: Visit, faults: Faults, made: Invited | None = None, person: str = "", status: int = 200
) -> Response:
    """The people who cannot sign in yet, and the secret that was just made."""
    if ADMINISTRATOR not in visit.needs().principal.roles:
        raise HTTPException(403)
    able = visit.house.credentials.able()
    names = {id: name for id, name in visit.people.items() if id not in able}
    return visit.render(
        "invitations.html",
        status,
        faults=faults,
        people=sorted(names.items(), key=lambda pair: pair[1]),
        made=made,
        until=visit.local(made.until) if made else "",
        called=visit.people.get(person, person),
    )


@router.get("/invitations")
def ask(visit: Visiting) -> Response:
    """The page on which an administrator chooses whom to invite."""
    return page(visit, {})


@router.post("/invitations")
async def make(visit: Visiting) -> Response:
    """Makes an invitation and shows its secret this once."""
    typed = await read_form(visit.request)
    by = check_form(visit, first(typed, "_token")).principal
    person = reference(typed, "person")
    try:
        made = await run_in_threadpool(invite, visit.house, by, person)
    except Refusal as refused:
        faults = faults_of(visit, refused)
        return await run_in_threadpool(page, visit, faults, None, person, 422)
    invited(by.person, person)
    return await run_in_threadpool(page, visit, {}, made, person)
