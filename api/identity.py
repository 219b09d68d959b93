"""Who is calling: an API token in the header, or a session in the cookie."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.crossing import crossing_of
from application.principals import Principal
from application.questions import House
from application.scopes import READ
from domain.errors import NotPermitted, Reason

COOKIE = "fundtrail_session"
HOST = "__Host-"
"""With this before its name a browser keeps a cookie for this very host, and over TLS alone."""


def cookie_name(house: House, name: str = COOKIE) -> str:
    """The name of a cookie, as strict as the connection allows."""
    return f"{HOST}{name}" if house.secure_cookies else name


def house_of(request: Request) -> House:
    """The house that this server belongs to."""
    return cast(House, request.app.state.house)


async def the_house(request: Request) -> House:
    """The same for routes; it never waits, and a plain function would be sent to a thread."""
    return house_of(request)


def bearer(request: Request) -> str:
    """The token of the Authorization header; empty where there is none."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def bearer_or_address(request: Request) -> str:
    """Whose commands are counted together, without keeping a token."""
    secret = bearer(request)
    return sha256(secret.encode()).hexdigest() if secret else address_of(request)


class OutOfScope(NotPermitted):
    """A token is limited to less than was asked of it; `by` is whom it speaks for."""

    def __init__(self, by: Principal) -> None:
        limits = {"scope": tuple(sorted(by.scope))}
        super().__init__(Reason("scope", "This token is limited to: {scope}.", limits))
        self.by = by


async def caller(request: Request) -> Principal | None:
    """The person behind a token or a session; None for anybody else; 401 for a wrong token."""
    identity = house_of(request).identity
    if "authorization" in request.headers:
        found = await crossing_of(request).porter.by_token(identity, bearer(request))
        if found is None:
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
        check_scope(request, found)
        return found
    if secret := request.cookies.get(cookie_name(house_of(request))):
        session = await run_in_threadpool(identity.by_session, secret)
        return session.principal if session else None
    return None


def check_scope(request: Request, by: Principal) -> None:
    """Refuses what lies outside of what a token is limited to.

    Whatever is asked or told has the plural of its noun in its address; what has not, such as the
    books, is closed to a token that names nouns.
    """
    if not by.scope:
        return
    noun = request.url.path.removeprefix("/v1/").partition("/")[0]
    nouns, is_question = by.scope - {READ}, request.method in ("GET", "HEAD")
    if (nouns and noun not in nouns) or (READ in by.scope and not is_question):
        raise OutOfScope(by)


def address_of(request: Request) -> str:
    """The address that the request comes from."""
    return request.client.host if request.client else ""


async def signed_in(found: Annotated[Principal | None, Depends(caller)]) -> Principal:
    """The person who is calling; 401 for nobody in particular."""
    if found is None:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return found


async def token_holder(request: Request) -> Principal:
    """The person behind a token: commands over the API are not taken from a cookie."""
    house_of(request).limits.take("command", bearer_or_address(request))
    if "authorization" not in request.headers:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return await signed_in(await caller(request))


Caller = Annotated[Principal | None, Depends(caller)]
SignedIn = Annotated[Principal, Depends(signed_in)]
ByToken = Annotated[Principal, Depends(token_holder)]
TheHouse = Annotated[House, Depends(the_house)]
