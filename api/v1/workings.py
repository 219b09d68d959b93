"""Working papers over HTTP: the best allocation of a round, the best assignment of a panel."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Response

from api.identity import SignedIn, TheHouse
from api.v1 import openapi
from application.principals import Principal
from application.questions import House
from application.workings import allocated, assigned

router = APIRouter(prefix="/v1", tags=["workings"])

Working = Callable[[House, Principal, str], bytes]


def add(path: str, name: str, summary: str, work_out: Working) -> None:
    """The address at which something is worked out; nothing is kept."""

    def endpoint(house: TheHouse, id: str, by: SignedIn) -> Response:
        content = work_out(house, by, id)
        return Response(content, media_type="application/json", headers=UNKEPT)

    router.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        summary=summary,
        operation_id=name,
        openapi_extra={"security": openapi.SIGNED_IN},
        responses={
            200: openapi.answers(openapi.OBJECT, "The working paper, one line of JSON."),
            **openapi.problems(401, 403, 404, 405, 409, 422, 503),
        },
    )


UNKEPT = {"Cache-Control": "no-store"}

add(
    "/rounds/{id}/allocation",
    "round_allocation",
    "The allocation that buys the most points with what the round still has.",
    allocated,
)
add(
    "/panels/{id}/assignment",
    "panel_assignment",
    "Who reads what: loads as even as can be, no conflict, fields as near as can be.",
    assigned,
)
