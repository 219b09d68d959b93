"""Reviews over HTTP."""

from __future__ import annotations

from fastapi import Response
from fastapi.responses import JSONResponse

from api.identity import SignedIn, TheHouse
from api.v1 import asking, openapi
from api.v1.kit import Examples, noun_router

EXAMPLES: Examples = {
    "invite": {"due": "2026-03-27"},
    "accept": {"declaration": "本人与申报单位无利害关系。"},
    "start-scoring": {},
    "submit-score": {
        "scores": [{"criterion": "need", "points": 90}, {"criterion": "plan", "points": 85}],
        "comment": "需求明确。",
    },
    "lock": {},
}

router = noun_router("reviews", EXAMPLES)


@router.get(
    "/{id}/parties",
    summary="The organisations in which its reviewer may have an interest, by name.",
    operation_id="review_parties",
    openapi_extra={"security": openapi.SIGNED_IN},
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
