"""The page of refused commands: who tried what about money, and why it was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from api.v1 import asking
from api.v1.refusals import part
from api.web.names import Names
from api.web.visit import Visit, Visiting
from application.kinds import PLURALS
from application.refusals import FILTERS, Kept

router = APIRouter(include_in_schema=False)

WHY = {
    "permission": "no role for it",
    "absence": "no such thing",
    "version": "the thing had changed",
    "key": "sent under a used key",
    "fields": "fields that cannot be accepted",
    "rule": "against the rules",
    "more": "beyond the limit of one hour, only counted",
}
"""How a page says why something was refused."""


@router.get("/refusals")
def page(visit: Visiting) -> Response:
    """For auditors everywhere, for oversight officers in their place."""
    asked = visit.request.query_params
    query = {name: asked[name] for name in (*FILTERS, "starting_after") if asked.get(name)}
    found, following = part(visit.house, visit.needs().principal, query, asking.PAGE)
    names = Names(visit)
    for one in found:
        names.want(PLURALS[one.tried.noun], one.tried.target)
    names.load()
    return visit.render(
        "refusals.html",
        names=names,
        rows=[shown(visit, names, one) for one in found],
        chips=chips_of(visit, names, query),
        back=address(query, "starting_after") if "starting_after" in query else "",
        next=address(query, "starting_after", following) if following else "",
    )


def shown(visit: Visit, names: Names, one: Kept) -> dict[str, Any]:
    """A row as the page shows it: names and words in the place of ids."""
    tried, words = one.tried, visit.words
    return {
        "first": visit.local(one.first_at),
        "last": visit.local(one.last_at),
        "count": one.count,
        "person": names.person(tried.person),
        "of_person": address({"person": tried.person}),
        "roles": words.listed(
            [words.word("role", role) for role in tried.roles.split(",") if role]
        ),
        "noun": visit.label("noun", tried.noun),
        "of_noun": address({"noun": tried.noun}),
        "verb": visit.label("verb", tried.verb, tried.noun) if tried.verb else "",
        "view": PLURALS[tried.noun],
        "target": tried.target,
        "why": words.text(WHY[tried.sort]),
        "rules": words.listed([rule for rule in tried.rules.split(",") if rule]),
    }


def chips_of(visit: Visit, names: Names, query: dict[str, str]) -> list[tuple[str, str]]:
    """What the list is narrowed to, each with the address without it."""
    said: dict[str, Callable[[str], str]] = {
        "person": names.person,
        "noun": lambda noun: visit.label("noun", noun),
    }
    return [
        (said.get(name, str)(query[name]), address(query, name))
        for name in FILTERS
        if name in query
    ]


def address(query: dict[str, str], name: str = "", value: str = "") -> str:
    """The address of this list with one value changed, or without it; it begins anew."""
    others = {n: v for n, v in query.items() if n not in (name, "starting_after")}
    return "/refusals?" + urlencode({**others, **({name: value} if value else {})})
