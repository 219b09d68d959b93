"""What belongs to a score sheet over HTTP: whom it may concern, and the reviewer's own draft."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.door import parse
from api.identity import ByToken, SignedIn, TheHouse
from api.v1 import asking, openapi
from api.v1.shown import utc
from api.v1.telling import expected_version, read_body
from application.drafts import Draft, check_open, check_own, no_draft, typed_of
from application.principals import Principal
from application.questions import House

router = APIRouter(prefix="/v1/reviews", tags=["reviews"])

TYPED: openapi.Schema = {
    "type": "object",
    "additionalProperties": openapi.WORDS,
    "maxProperties": 400,
    "propertyNames": {"minLength": 1, "maxLength": 200, "pattern": "^[^\\u0000]*$"},
}
EXAMPLE = {"scores.0.points": "90", "comment": "需求明确。"}
BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": TYPED, "example": EXAMPLE}},
    }
}
SIGNED: dict[str, Any] = {"security": openapi.SIGNED_IN}
NO_STORE = {"Cache-Control": "no-store"}


@router.get(
    "/{id}/parties",
    summary="The organisations in which its reviewer may have an interest, by name.",
    operation_id="review_parties",
    openapi_extra=SIGNED,
    responses={
        200: openapi.answers(openapi.OBJECT, "Names, and whether they are those of the round."),
        **openapi.problems(401, 403, 404, 405, 422, 503),
    },
)
def parties(house: TheHouse, id: str, by: SignedIn) -> Response:
    """What a declaration needs, before anything else of the proposal is shown."""
    asking.find(house, "reviews", id, by)
    found = house.questions.parties(id)
    return JSONResponse({"names": list(found.names), "is_of_round": found.is_of_round})


@router.get(
    "/{id}/draft",
    summary="What you have typed into the score sheet and not handed in; nobody else reads it.",
    operation_id="review_draft",
    openapi_extra=SIGNED,
    responses={
        200: openapi.answers(openapi.OBJECT, "Your draft.", "ETag"),
        **openapi.problems(401, 403, 404, 405, 422, 503),
    },
)
def read(house: TheHouse, id: str, by: SignedIn) -> Response:
    """The reviewer's own, whatever office anybody else holds."""
    own_review(house, id, by)
    found = house.drafts.read(by.person, id)
    if found is None:
        raise no_draft()
    return JSONResponse(shown(found) | {"typed": dict(found.typed)}, headers=heads(found))


@router.put(
    "/{id}/draft",
    summary="Keeps what you have typed into the score sheet, in the place of what was kept before.",
    operation_id="review_draft_keep",
    openapi_extra={**SIGNED, **BODY},
    responses={
        200: openapi.answers(openapi.OBJECT, "It is kept.", "ETag"),
        **openapi.problems(400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429, 503),
    },
)
async def keep(request: Request, house: TheHouse, id: str, by: ByToken) -> Response:
    """The last to write wins, unless If-Match names the version that the caller has seen."""
    typed = typed_of(parse(await read_body(request)))
    expected = expected_version(request)
    found = await run_in_threadpool(kept, house, id, by, typed, expected)
    return JSONResponse(shown(found), headers=heads(found))


@router.delete(
    "/{id}/draft",
    summary="Forgets what you have typed into the score sheet.",
    operation_id="review_draft_drop",
    status_code=204,
    openapi_extra=SIGNED,
    responses={
        204: {"description": "It is forgotten."},
        **openapi.problems(401, 403, 404, 405, 422, 429, 503),
    },
)
def drop(house: TheHouse, id: str, by: ByToken) -> Response:
    """Also where there is none."""
    own_review(house, id, by)
    house.drafts.drop(by.person, id)
    return Response(status_code=204)


def own_review(house: House, id: str, by: Principal) -> dict[str, Any]:
    """The review, if it is the caller's own; for everybody else there is no draft."""
    found = asking.find(house, "reviews", id, by)
    check_own(found.values, by.person)
    return found.values


def kept(
    house: House, id: str, by: Principal, typed: dict[str, str], expected: int | None
) -> Draft:
    """The draft as it is kept now; refused where the sheet is not open."""
    check_open(own_review(house, id, by))
    return house.drafts.keep(by.person, id, typed, expected)


def shown(draft: Draft) -> dict[str, Any]:
    """How often a draft was kept, and when last."""
    return {"version": draft.version, "saved_at": utc(draft.saved_at.isoformat())}


def heads(draft: Draft) -> dict[str, str]:
    """What stands at the head of an answer about a draft."""
    return {"ETag": f'"{draft.version}"', **NO_STORE}
