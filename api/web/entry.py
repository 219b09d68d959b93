"""What every way of signing in shares: the cookie, the session, and where to go behind it."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.identity import COOKIE, cookie_name
from api.trail import noted
from api.web.browsers import kind_of
from api.web.visit import Visit
from application.entering import Proof, enter
from domain.errors import Refusal

INVITATION = "fundtrail_invitation"
OPENID = "fundtrail_openid"


def next_of(visit: Visit, typed: str) -> str:
    """Where to go after signing in: an address of this site."""
    asked = typed or visit.request.query_params.get("next", "")
    is_ours = asked.startswith("/") and not asked.startswith(("//", "/\\"))
    return asked if is_ours and asked.isprintable() and len(asked) < 500 else "/"


async def entered(visit: Visit, person: str, proof: Proof, after: str) -> Response | None:
    """Opens a session and sends the browser on; None where the person may not come in."""
    browser = kind_of(visit.request.headers.get("user-agent", ""))
    try:
        secret = await run_in_threadpool(
            enter, visit.house, person, proof, browser=browser, instead=visit.cookie
        )
    except Refusal:
        noted(visit.request, proof.method, "gone")
        return None
    noted(visit.request, proof.method)
    response = RedirectResponse(after, 303)
    keep(visit, response, COOKIE, secret)
    return response


def keep(
    visit: Visit, response: Response, name: str, secret: str, seconds: int | None = None
) -> None:
    """Gives the browser a cookie that no script reads and no other site sends."""
    response.set_cookie(
        cookie_name(visit.house, name),
        secret,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=visit.house.secure_cookies,
    )


def drop(visit: Visit, response: Response, name: str) -> None:
    """Takes a cookie from the browser."""
    response.delete_cookie(
        cookie_name(visit.house, name),
        httponly=True,
        samesite="lax",
        secure=visit.house.secure_cookies,
    )


def kept(visit: Visit, name: str) -> str:
    """What a cookie holds; empty where there is none."""
    return visit.request.cookies.get(cookie_name(visit.house, name), "")


def back_address(request: Request, is_secure: bool) -> str:
    """The address to which a provider sends the browser back."""
    scheme = "https" if is_secure else request.url.scheme
    return f"{scheme}://{request.url.netloc}/sign-in/openid/back"
