"""Who is calling: an API token in the header, or a session in the cookie."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from application.principals import Principal
from application.questions import House

COOKIE = "fundtrail_session"


def house_of(request: Request) -> House:
    """The house that this server belongs to."""
    return cast(House, request.app.state.house)


def bearer(request: Request) -> str:
    """The token of the Authorization header; empty where there is none."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def caller(request: Request) -> Principal | None:
    """The person behind a token or a session; None for anybody else; 401 for a wrong token."""
    house = house_of(request)
    if "authorization" in request.headers:
        found = house.identity.by_token(bearer(request))
        if found is None:
            raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
        return found
    if secret := request.cookies.get(COOKIE):
        session = house.identity.by_session(secret)
        return session.principal if session else None
    return None


def signed_in(found: Annotated[Principal | None, Depends(caller)]) -> Principal:
    """The person who is calling; 401 for nobody in particular."""
    if found is None:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return found


def by_token(request: Request, found: Annotated[Principal, Depends(signed_in)]) -> Principal:
    """The person behind a token: commands over the API are not taken from a cookie."""
    if "authorization" not in request.headers:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return found


Caller = Annotated[Principal | None, Depends(caller)]
SignedIn = Annotated[Principal, Depends(signed_in)]
ByToken = Annotated[Principal, Depends(by_token)]
TheHouse = Annotated[House, Depends(house_of)]
