"""Who is calling: an API token in the header, or a session in the cookie."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.crossing import crossing_of
from application.principals import Principal
from application.questions import House

COOKIE = "fundtrail_session"


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


async def caller(request: Request) -> Principal | None:
    """The person behind a token or a session; None for anybody else; 401 for a wrong token."""
    identity = house_of(request).identity
    if "authorization" in request.headers:
        found = await crossing_of(request).porter.by_token(identity, bearer(request))
        if found is None:
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
        return found
    if secret := request.cookies.get(COOKIE):
        session = await run_in_threadpool(identity.by_session, secret)
        return session.principal if session else None
    return None


async def signed_in(found: Annotated[Principal | None, Depends(caller)]) -> Principal:
    """The person who is calling; 401 for nobody in particular."""
    if found is None:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return found


async def token_holder(request: Request) -> Principal:
    """The person behind a token: commands over the API are not taken from a cookie."""
    if "authorization" not in request.headers:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return await signed_in(await caller(request))


Caller = Annotated[Principal | None, Depends(caller)]
SignedIn = Annotated[Principal, Depends(signed_in)]
ByToken = Annotated[Principal, Depends(token_holder)]
TheHouse = Annotated[House, Depends(the_house)]
