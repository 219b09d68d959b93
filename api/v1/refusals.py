"""Refused commands over HTTP: who tried what about money, for auditors and overseers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.identity import SignedIn, TheHouse
from api.v1 import asking, openapi
from application.principals import Principal
from application.questions import House
from application.refusals import FILTERS, Kept, check_watcher
from domain.errors import Invalid, Reason

router = APIRouter(prefix="/v1/refusals", tags=["refusals"])

PLACE = {**openapi.TEXT, "pattern": "^[1-9][0-9]{0,14}$"}
PARAMETERS = (
    openapi.parameter("limit", "query", {**openapi.NUMBER, "minimum": 1, "maximum": 100}, "Rows."),
    openapi.parameter("starting_after", "query", PLACE, "The “next” of the part before."),
    *(
        openapi.parameter(name, "query", openapi.WORDS, "Only these; several parted by commas.")
        for name in FILTERS
    ),
)


@router.get(
    "",
    summary="Refused commands about money that you may see, the newest first.",
    operation_id="refusals_list",
    responses={
        200: openapi.answers(openapi.LIST_SCHEMA, "A part of the list."),
        **openapi.problems(400, 401, 403, 405, 422, 503),
    },
    openapi_extra={"parameters": [*PARAMETERS], "security": openapi.SIGNED_IN},
)
def listed(request: Request, house: TheHouse, by: SignedIn) -> Response:
    """For auditors everywhere, for oversight officers in their place."""
    rows, following = part(house, by, request.query_params, asking.PAGE)
    data = [shown(row) for row in rows]
    body = {"data": data, "has_more": bool(following), "next": following}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


def part(
    house: House, by: Principal, query: Mapping[str, str], usual: int
) -> tuple[list[Kept], str]:
    """A part of the list, and where the next part begins (empty at the end); for watchers."""
    places = check_watcher(by)
    asked = {name: asking.checked_text(name, value) for name, value in query.items()}
    unknown = [name for name in asked if name not in (*FILTERS, "limit", "starting_after")]
    if unknown:
        name = unknown[0][:60]
        text = "“{name}” is no filter of this list."
        raise Invalid(Reason("list.filter", text, {"name": name}, f"?{name}"))
    limit = asking.limit_of(asked.get("limit", str(usual)))
    filters = {name: value for name, value in asked.items() if name in FILTERS}
    after = number_of(asked.get("starting_after", ""))
    rows = house.refusals.page(places, filters=filters, limit=limit + 1, after=after)
    shown = rows[:limit]
    return shown, str(shown[-1].no) if len(rows) > limit else ""


def number_of(text: str) -> int:
    """The place in the list that a cursor stands for; 0 for its beginning."""
    if text and not (text.isascii() and text.isdigit() and len(text) < 16 and int(text)):
        raise Invalid(
            Reason("list.cursor", "This is no cursor that a list has given.", {}, "?starting_after")
        )
    return int(text or 0)


def shown(row: Kept) -> dict[str, Any]:
    """A row as JSON; ids and words alone."""
    tried = row.tried
    return {
        "id": str(row.no),
        "person": tried.person,
        "roles": [role for role in tried.roles.split(",") if role],
        "noun": tried.noun,
        "target": tried.target,
        "verb": tried.verb,
        "sort": tried.sort,
        "rules": [rule for rule in tried.rules.split(",") if rule],
        "place": row.place,
        "first_at": written(row.first_at),
        "last_at": written(row.last_at),
        "count": row.count,
    }


def written(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC."""
    return moment.isoformat().replace("+00:00", "Z")
