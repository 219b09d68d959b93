"""Signing in at a provider of identities: sent there, and what is made of the way back."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.trail import noted
from api.web.entry import (
    INVITATION,
    OPENID,
    back_address,
    drop,
    entered,
    keep,
    kept,
    next_of,
)
from api.web.signing import page
from api.web.visit import Visit, Visiting
from application.entering import Proof, link
from application.openid import Found, OpenId, Unproved
from domain.errors import Refusal

router = APIRouter(include_in_schema=False)

SECONDS = 600
"""How long the browser keeps what binds the provider's answer to it."""


def provider_of(visit: Visit) -> OpenId:
    """The provider; 404 where there is none."""
    if visit.house.openid is None:
        raise HTTPException(404)
    return visit.house.openid


def back_of(visit: Visit) -> str:
    """Where the provider sends the browser back to."""
    return back_address(visit.request, visit.house.secure_cookies)


@router.get("/sign-in/openid")
async def send(visit: Visiting) -> Response:
    """Sends the browser to the provider."""
    provider, is_invited = provider_of(visit), "invited" in visit.request.query_params
    after = next_of(visit, "")
    try:
        begun = await run_in_threadpool(
            provider.begin, back_of(visit), after=after, invitation="1" if is_invited else ""
        )
    except Unproved as failed:
        return await unproved(visit, failed)
    response = RedirectResponse(begun.address, 303)
    keep(visit, response, OPENID, begun.secret, SECONDS)
    return response


@router.get("/sign-in/openid/back")
async def come_back(visit: Visiting) -> Response:
    """Opens a session for whoever the provider says this is, if we know them."""
    provider, said = provider_of(visit), dict(visit.request.query_params)
    try:
        found = await run_in_threadpool(provider.finish, kept(visit, OPENID), back_of(visit), said)
        person = await run_in_threadpool(person_of, visit, found)
    except Unproved as failed:
        return await unproved(visit, failed)
    except Refusal as refused:
        noted(visit.request, "openid", "refused")
        sentence = " ".join(visit.words.sentence(reason) for reason in refused.reasons)
        return await run_in_threadpool(page, visit, 403, sentence, "openid")
    response = await entered(visit, person, Proof("openid"), found.after) if person else None
    if response is None:
        return await unknown(visit)
    for cookie in (OPENID, INVITATION):
        drop(visit, response, cookie)
    return response


def person_of(visit: Visit, found: Found) -> str:
    """The person that the subject is; an invitation links it first."""
    if found.invitation:
        return link(visit.house, found.issuer, found.subject, kept(visit, INVITATION))
    return visit.house.credentials.by_subject(found.issuer, found.subject)


async def unknown(visit: Visit) -> Response:
    """What somebody is told whom the provider knows and we do not."""
    noted(visit.request, "openid", "unknown")
    text = visit.words.text(
        "This account is linked to nobody here. Ask the administrator for an invitation, open it, "
        "and sign in with this account there."
    )
    return await run_in_threadpool(page, visit, 403, text, "openid")


async def unproved(visit: Visit, failed: Unproved) -> Response:
    """What somebody is told where the provider's answer proves nothing."""
    noted(visit.request, "openid", failed.check)
    text = visit.words.text(
        "The provider's answer could not be accepted. Begin again; if it happens again, tell the "
        "administrator."
    )
    return await run_in_threadpool(page, visit, 422, text, "openid")
