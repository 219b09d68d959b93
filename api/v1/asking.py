"""Asking over HTTP: lists, things, timelines, actions, balances."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.v1 import shown
from api.v1.masks import NO_FILTERS, mask_of
from api.words import Words, language_of
from application.actions import actions
from application.decide import Times, perform
from application.docket import Docket
from application.kinds import KINDS, PLURALS
from application.principals import Principal
from application.questions import Found, House, Moment
from application.visibility import sight
from domain.errors import Invalid, NotFound, Reason, Word
from domain.kernel import Aggregate

PAGE = 20
LARGEST_PAGE = 100
RESERVED = ("limit", "starting_after", "q")


def listed(request: Request, house: House, view: str, principal: Principal | None) -> Response:
    """A page of a list; every column is a filter."""
    asked = {name: checked_text(name, value) for name, value in request.query_params.items()}
    names = {column.name for column in house.questions.columns(view)} - {*NO_FILTERS}
    unknown = [name for name in asked if name not in names and name not in RESERVED]
    if unknown:
        raise Invalid(
            Reason(
                "list.filter",
                "“{name}” is no filter of this list.",
                {"name": unknown[0][:60]},
                f"?{unknown[0][:60]}",
            )
        )
    page = house.questions.page(
        view,
        sight(view, principal),
        filters={name: value for name, value in asked.items() if name not in RESERVED},
        q=asked.get("q", ""),
        limit=limit_of(asked.get("limit", str(PAGE))),
        after=asked.get("starting_after", ""),
    )
    data = [shown.thing(view, row, principal) for row in page.rows]
    return JSONResponse({"data": data, "has_more": bool(page.next), "next": page.next})


def checked_text(name: str, value: str) -> str:
    """A query parameter, if the database can compare with it."""
    if any("\ud800" <= c <= "\udfff" or c == "\x00" for c in name + value):
        raise Invalid(
            Reason(
                "json.text",
                "This text has characters that cannot be kept (control characters "
                "or half characters).",
                {},
                "?",
            )
        )
    return value


def limit_of(text: str) -> int:
    """How many rows a page has."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not 1 <= number <= LARGEST_PAGE:
        raise Invalid(Reason("list.limit", "A page has 1 to 100 rows.", {}, "?limit"))
    return number


def find(house: House, view: str, id: str, principal: Principal | None) -> Found:
    """The thing, if the person may see it; otherwise it is not there."""
    found = house.questions.one(view, sight(view, principal), checked_text("", id))
    if found is None:
        noun = Word("noun", shown.noun_of(view) or view)
        raise NotFound(
            Reason("found", "There is no {noun} “{id}”.", {"noun": noun, "id": id[:100]})
        )
    return found


def entity_tag(view: str, found: Found) -> str:
    """The tag by which the caller recognises what it has; a part of a thing has no versions."""
    if shown.noun_of(view):
        return f'"{found.values["version"]}"'
    content = sorted((name, str(value)) for name, value in found.values.items())
    return f'"{hashlib.sha256(repr(content).encode()).hexdigest()[:20]}"'


def one(
    request: Request, house: House, view: str, id: str, principal: Principal | None
) -> Response:
    """A thing with all that the person may see of it."""
    found = find(house, view, id, principal)
    tag = entity_tag(view, found)
    headers = {"ETag": tag, "Vary": "Authorization, Cookie"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return JSONResponse(shown.thing(view, found, principal), headers=headers)


def moment_of(request: Request, house: House) -> Moment:
    """The moment that the query asks about."""
    asked = {name: checked_text(name, value) for name, value in request.query_params.items()}
    return house.questions.moment(asked.get("as_of"), asked.get("known_at"))


def timeline(
    request: Request, house: House, noun: str, id: str, principal: Principal | None
) -> Response:
    """Everything that happened to a thing, oldest first."""
    view = PLURALS[noun]
    found = find(house, view, id, principal)
    if not found.full:
        raise HTTPException(401 if principal is None else 404)
    moment = moment_of(request, house)
    mask = mask_of(view, found, principal)
    lines = house.questions.timeline(f"{noun}:{id}", moment)
    events = [shown.event(position, line, mask) for position, line in lines]
    return JSONResponse({"events": [event for event in events if is_true_by(event, moment)]})


def is_true_by(event: dict[str, Any], moment: Moment) -> bool:
    """Whether an event had taken effect by the moment."""
    if moment.before is None:
        return True
    return datetime.fromisoformat(event["effective_at"]) < moment.before


def offered(request: Request, house: House, noun: str, id: str, principal: Principal) -> Response:
    """What the person may do with a thing, and why not."""
    find(house, PLURALS[noun], id, principal)
    words = Words(language_of(request.headers.get("accept-language")))
    with house.shelf() as shelf:
        thing, docket, times = opened(house, shelf, noun, id)
        found = actions(thing, principal, docket, times)
    return JSONResponse(
        [
            {
                "verb": action.verb,
                "permitted": action.permitted,
                "why_not": [
                    {"rule": reason.rule, "message": words.sentence(reason)}
                    for reason in action.why_not
                ],
            }
            for action in found
        ]
    )


def opened(house: House, shelf: Any, noun: str, id: str) -> tuple[Aggregate, Docket, Times]:
    """A thing on a docket of its own, for a question to the domain that saves nothing."""
    now = house.clock.now()
    docket = Docket(
        shelf, now=now, entropy=house.entropy, calendars=house.calendars, perform=perform
    )
    return docket.load(KINDS[noun], id), docket, Times(now, house.zone)
