"""Coming in by invitation: the one-time secret, then a name and a password, or the provider."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.identity import address_of
from api.trail import noted
from api.web.entry import INVITATION, drop, entered, keep, kept
from api.web.faulty import Faults, faults_of
from api.web.typed import first, read_form
from api.web.visit import Visit, Visiting, check_origin
from application.entering import Chosen, Proof, set_password
from domain.errors import Refusal

router = APIRouter(include_in_schema=False)

SECONDS = 30 * 60
"""How long the browser remembers the secret, which is typed once and stands in no address."""


@router.get("/invitation")
def ask(visit: Visiting) -> Response:
    """The page on which the secret is typed."""
    return visit.render("invitation.html", fault="")


@router.post("/invitation")
async def open_(visit: Visiting) -> Response:
    """Takes the secret; a wrong one counts as a wrong try."""
    check_origin(visit.request)
    secret = first(await read_form(visit.request), "secret")
    if not await run_in_threadpool(is_good, visit, secret):
        noted(visit.request, "invitation", "wrong")
        text = visit.words.text("This invitation is unknown, used or over.")
        return visit.render("invitation.html", 422, fault=text)
    response = RedirectResponse("/invitation/accept", 303)
    keep(visit, response, INVITATION, secret.strip(), SECONDS)
    return response


def is_good(visit: Visit, secret: str) -> bool:
    """Whether an invitation has this secret."""
    address, limits = address_of(visit.request), visit.house.limits
    tries = (f"an invitation from {address}", address)
    limits.check_tries(*tries)
    if secret.isascii() and secret.isprintable() and visit.house.credentials.invited(secret):
        return True
    limits.wrong_try(*tries)
    return False


def page(visit: Visit, person: str, faults: Faults, name: str = "", status: int = 200) -> Response:
    """The form for a name and a password."""
    return visit.render(
        "accept.html",
        status,
        faults=faults,
        name=name,
        called=visit.house.identity.names().get(person, ""),
        provider=visit.house.openid.label if visit.house.openid else "",
    )


@router.get("/invitation/accept")
def choose(visit: Visiting) -> Response:
    """The page on which whoever is invited chooses how to sign in."""
    person = visit.house.credentials.invited(kept(visit, INVITATION))
    return page(visit, person, {}) if person else RedirectResponse("/invitation", 303)


@router.post("/invitation/accept")
async def accept(visit: Visiting) -> Response:
    """Sets the name and the password, uses up the invitation, and opens a session."""
    check_origin(visit.request)
    typed, secret = await read_form(visit.request), kept(visit, INVITATION)
    person = await run_in_threadpool(visit.house.credentials.invited, secret)
    if not person:
        return RedirectResponse("/invitation", 303)
    chosen = Chosen(first(typed, "name"), first(typed, "password"), first(typed, "again"))
    try:
        await run_in_threadpool(set_password, visit.house, person, chosen, secret=secret)
    except Refusal as refused:
        faults = faults_of(visit, refused)
        return await run_in_threadpool(page, visit, person, faults, chosen.name, 422)
    response = await entered(visit, person, Proof("password"), "/")
    response = response or RedirectResponse("/sign-in", 303)
    drop(visit, response, INVITATION)
    return response
