"""Signing in with a token, or in a demonstration as one of its people, and signing out."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.identity import COOKIE
from api.web.typed import first, read_form
from api.web.visit import Visit, Visiting, check_form, check_origin

router = APIRouter(include_in_schema=False)

MOST_PEOPLE = 100
"""How many people a demonstration offers to sign in as."""


def page(visit: Visit, status: int = 200, fault: str = "") -> Response:
    """The form for a token, and the people of a demonstration."""
    people = demonstration_people(visit) if visit.house.is_demonstration else []
    return visit.render("sign-in.html", status, fault=fault, people=people, next=next_of(visit, ""))


def demonstration_people(visit: Visit) -> list[tuple[str, str, list[str]]]:
    """The people of a demonstration: id, name and roles."""
    identity, words = visit.house.identity, visit.words
    known, found = identity.principals(), []
    for id, name in list(identity.names().items())[:MOST_PEOPLE]:
        roles = dict.fromkeys(held.role for held in known[id].held) if id in known else {}
        if roles:
            found.append((id, name, [words.word("role", role) for role in roles]))
    return found


def next_of(visit: Visit, typed: str) -> str:
    """Where to go after signing in: an address of this site."""
    asked = typed or visit.request.query_params.get("next", "")
    is_ours = asked.startswith("/") and not asked.startswith(("//", "/\\"))
    return asked if is_ours and asked.isprintable() and len(asked) < 500 else "/"


@router.get("/sign-in")
def ask(visit: Visiting) -> Response:
    """The page on which people sign in."""
    return page(visit)


@router.post("/sign-in")
async def sign_in(visit: Visiting) -> Response:
    """Opens a session for whoever a token speaks for, or for one of a demonstration's people."""
    check_origin(visit.request)
    typed = await read_form(visit.request)
    person = await run_in_threadpool(who, visit, first(typed, "token"), first(typed, "person"))
    if not person:
        text = visit.words.text("This token is unknown or revoked.")
        return await run_in_threadpool(page, visit, 422, text)
    secret = await run_in_threadpool(visit.house.identity.sign_in, person)
    response = RedirectResponse(next_of(visit, first(typed, "next")), 303)
    response.set_cookie(
        COOKIE, secret, httponly=True, samesite="lax", secure=visit.house.secure_cookies
    )
    return response


def who(visit: Visit, token: str, person: str) -> str:
    """The person who signs in; empty where there is none."""
    identity = visit.house.identity
    if person:
        if not visit.house.is_demonstration:
            raise HTTPException(403)
        return person if person in identity.names() else ""
    clean = token.strip()
    found = identity.by_token(clean) if clean.isascii() else None
    return found.person if found else ""


@router.post("/sign-out")
async def sign_out(visit: Visiting) -> Response:
    """Ends the session."""
    typed = await read_form(visit.request)
    check_form(visit, first(typed, "_token"))
    await run_in_threadpool(visit.house.identity.sign_out, visit.cookie)
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE)
    return response
