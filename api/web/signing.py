"""Signing in with a name and a password, with a token, or as one of a demonstration's people."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.identity import COOKIE, address_of
from api.trail import noted
from api.web.entry import drop, entered, next_of
from api.web.typed import Typed, first, read_form
from api.web.visit import Visit, Visiting, check_form, check_origin
from application.credentials import TooMany
from application.entering import Proof

router = APIRouter(include_in_schema=False)

MOST_PEOPLE = 100
"""How many people a demonstration offers to sign in as."""

WRONG = {
    "password": "The sign-in name or the password is wrong.",
    "token": "This token is unknown or revoked, or it is limited to less than pages need.",
    "demonstration": "This person is not there any more.",
}
"""What is said of each way that led nowhere; never which part of it was wrong."""


def page(visit: Visit, status: int = 200, fault: str = "", way: str = "") -> Response:
    """The forms for a name with a password and for a token; the people of a demonstration."""
    people = demonstration_people(visit) if visit.house.is_demonstration else []
    return visit.render(
        "sign-in.html",
        status,
        fault=fault,
        way=way,
        people=people,
        next=next_of(visit, ""),
        provider=visit.house.openid.label if visit.house.openid else "",
    )


def demonstration_people(visit: Visit) -> list[tuple[str, str, list[str]]]:
    """The people of a demonstration: id, name and roles."""
    identity, words = visit.house.identity, visit.words
    known, found = identity.principals(), []
    for id, name in list(identity.names().items())[:MOST_PEOPLE]:
        roles = dict.fromkeys(held.role for held in known[id].held) if id in known else {}
        if roles:
            found.append((id, name, [words.word("role", role) for role in roles]))
    return found


@router.get("/sign-in")
def ask(visit: Visiting) -> Response:
    """The page on which people sign in."""
    return page(visit)


@router.post("/sign-in")
async def sign_in(visit: Visiting) -> Response:
    """Opens a session for whoever has proved who they are."""
    check_origin(visit.request)
    typed = await read_form(visit.request)
    try:
        person, proof = await who(visit, typed)
    except TooMany:
        noted(visit.request, "sign-in", "limited")
        raise
    if person:
        response = await entered(visit, person, proof, next_of(visit, first(typed, "next")))
        if response is not None:
            return response
    else:
        noted(visit.request, proof.method, "wrong")
    text = visit.words.text(WRONG[proof.method])
    return await run_in_threadpool(page, visit, 422, text, proof.method)


async def who(visit: Visit, typed: Typed) -> tuple[str, Proof]:
    """The person who signs in, empty where there is none, and how they tried."""
    if person := first(typed, "person"):
        if not visit.house.is_demonstration:
            raise HTTPException(403)
        names = await run_in_threadpool(visit.house.identity.names)
        return person if person in names else "", Proof("demonstration")
    if "name" in typed:
        found = visit.house.credentials.by_password(
            first(typed, "name"), first(typed, "password"), address_of(visit.request)
        )
        return await asyncio.wrap_future(found), Proof("password")
    token = first(typed, "token").strip()
    return await run_in_threadpool(by_token, visit, token), Proof("token", token)


def by_token(visit: Visit, token: str) -> str:
    """The person whom a token speaks for; a limited one is for programs alone."""
    address, limits = address_of(visit.request), visit.house.limits
    tries = (f"a token from {address}", address)
    limits.check_tries(*tries)
    found = visit.house.identity.by_token(token) if token.isascii() else None
    if found is None or found.scope:
        limits.wrong_try(*tries)
        return ""
    return found.person


@router.post("/sign-out")
async def sign_out(visit: Visiting) -> Response:
    """Ends the session."""
    typed = await read_form(visit.request)
    check_form(visit, first(typed, "_token"))
    await run_in_threadpool(visit.house.identity.sign_out, visit.cookie)
    response = RedirectResponse("/", 303)
    drop(visit, response, COOKIE)
    return response
