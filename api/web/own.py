"""What people see and end of their own: sessions, tokens, their password."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.identity import COOKIE, address_of
from api.trail import noted
from api.web.entry import drop, entered
from api.web.faulty import Faults, faults_of
from api.web.typed import first, read_form, reference
from api.web.visit import Visit, Visiting, check_form
from application.entering import Chosen, Proof, change_password
from application.identity import Token
from domain.errors import Refusal
from domain.roles import OF_ORGANISATION

router = APIRouter(include_in_schema=False)

WAYS = {
    "password": "Name and password",
    "openid": "Provider of identities",
    "token": "Access token",
    "demonstration": "One click of the demonstration",
}


@router.get("/sessions")
def sessions(visit: Visiting) -> Response:
    """Where somebody is signed in."""
    person = visit.needs().principal.person
    found = visit.house.identity.sessions.listed(person, visit.cookie)
    rows = [
        (
            one.id,
            one.browser or "–",
            visit.words.text(WAYS.get(one.method, one.method)),
            visit.local(one.opened_at),
            visit.local(one.seen_at),
            one.is_this,
        )
        for one in found
    ]
    return visit.render("sessions.html", rows=rows, own=visit.house.credentials.of(person))


@router.post("/sessions")
async def end(visit: Visiting) -> Response:
    """Ends one session, or all but this one, or all."""
    typed = await read_form(visit.request)
    person = check_form(visit, first(typed, "_token")).principal.person
    kept, id = visit.house.identity.sessions, reference(typed, "id")
    if "id" in typed:
        await run_in_threadpool(kept.end_one, person, id)
    else:
        but = visit.cookie if first(typed, "but") else ""
        await run_in_threadpool(kept.end_all, person, but)
    still = await run_in_threadpool(visit.find_session)
    response = RedirectResponse("/sessions" if still else "/sign-in", 303)
    if not still:
        drop(visit, response, COOKIE)
    return response


@router.get("/tokens")
def tokens(visit: Visiting) -> Response:
    """The tokens that speak for somebody."""
    found = visit.house.identity.list_tokens(visit.needs().principal.person)
    return visit.render("tokens.html", rows=[shown(visit, token) for token in reversed(found)])


def shown(visit: Visit, token: Token) -> tuple[str, str, str, str, str, str]:
    """A token on the page; at the end what has ended it, or nothing."""
    names = ", ".join(filter(None, token.scope.split(",")))
    reach = token.reach if token.role not in OF_ORGANISATION else ""
    made, ended = (datetime.fromisoformat(text) if text else None for text in times(token))
    last = visit.words.text("until {day}", day=token.until) if token.until else ""
    return (
        token.id,
        " ".join((visit.words.word("role", token.role), reach)).strip(),
        names or visit.words.text("everything that the role may do"),
        last,
        visit.local(made) if made else "",
        visit.local(ended) if ended else "",
    )


def times(token: Token) -> tuple[str, str]:
    """When it was made, and when it was ended."""
    return token.created_at, token.revoked_at


@router.post("/tokens")
async def revoke(visit: Visiting) -> Response:
    """Ends a token of whoever asks."""
    typed = await read_form(visit.request)
    person = check_form(visit, first(typed, "_token")).principal.person
    ending = visit.house.identity.revoke_token
    await run_in_threadpool(ending, reference(typed, "id"), datetime.now(UTC), person)
    return RedirectResponse("/tokens", 303)


def password_page(visit: Visit, faults: Faults, status: int = 200) -> Response:
    """The form for another password."""
    own = visit.house.credentials.of(visit.needs().principal.person)
    return visit.render("password.html", status, faults=faults, own=own)


@router.get("/password")
def password(visit: Visiting) -> Response:
    """The page on which people change their password."""
    return password_page(visit, {})


@router.post("/password")
async def change(visit: Visiting) -> Response:
    """Changes the password; every session ends, and this browser gets a new one."""
    typed = await read_form(visit.request)
    person = check_form(visit, first(typed, "_token")).principal.person
    chosen = Chosen("", first(typed, "password"), first(typed, "again"))
    old, address = first(typed, "old"), address_of(visit.request)
    try:
        await run_in_threadpool(change_password, visit.house, person, old, chosen, address)
    except Refusal as refused:
        noted(visit.request, "password", "refused")
        return await run_in_threadpool(password_page, visit, faults_of(visit, refused), 422)
    response = await entered(visit, person, Proof("password"), "/sessions")
    return response or RedirectResponse("/sign-in", 303)
