"""Lists with their filters, single things, and forms for new ones."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from api.v1 import asking
from api.v1.masks import NO_FILTERS
from api.web import inbox, offers, registers, tables, things
from api.web.facts import Reader, Shown
from api.web.names import Names
from api.web.offers import NEW, Attempt
from api.web.visit import Visit, Visiting
from application.kinds import KINDS, NOUNS
from application.questions import Page
from application.visibility import SEES

router = APIRouter(include_in_schema=False)


def page(visit: Visit, view: str) -> Response:
    """A part of a list."""
    if not visit.may_list(view):
        raise HTTPException(401 if visit.principal is None else 403)
    reader = Reader(visit, Names(visit))
    noun = NOUNS.get(view, view[:-1])
    query = {n: asking.checked_text(n, v) for n, v in visit.request.query_params.items()}
    known = {column.name for column in visit.house.questions.columns(view)} - {*NO_FILTERS}
    filters = {name: value for name, value in query.items() if name in known and value}
    found = asked(visit, view, query, filters)
    context: dict[str, Any] = {
        "table": tables.table(visit, reader, view, found.rows),
        "stages": stages_of(visit, view, noun, query),
        "chips": chips_of(visit, reader, noun, query, filters),
        "q": query.get("q", ""),
        "kept": filters,
        "next": with_value(query, "starting_after", found.next) if found.next else "",
        "back": without(query, "starting_after") if query.get("starting_after") else "",
        "may_import": view == "organisations" and registers.may(visit),
        "may_create": view in NOUNS and bool(offers.creating(visit.principal, noun)),
    }
    reader.names.load()
    return visit.render("list.html", names=reader.names, view=view, noun=noun, **context)


def asked(visit: Visit, view: str, query: dict[str, str], filters: dict[str, str]) -> Page:
    """The rows that the address asks for."""
    return visit.house.questions.page(
        view,
        visit.sight(view),
        filters=filters,
        q=query.get("q", "").strip(),
        limit=asking.PAGE,
        after=query.get("starting_after", ""),
    )


def chips_of(
    visit: Visit, reader: Reader, noun: str, query: dict[str, str], filters: dict[str, str]
) -> list[tuple[str, Shown | None, str]]:
    """What a list is narrowed to beside its stage, each with the address without it."""
    return [
        (visit.label("field", name), reader.shown(name, value, noun), without(query, name))
        for name, value in filters.items()
        if name != "stage"
    ]


def stages_of(visit: Visit, view: str, noun: str, query: dict[str, str]) -> list[dict[str, Any]]:
    """The stages of a list as links, each with how many stand in it."""
    counts = visit.house.questions.stage_counts(view, visit.sight(view))
    chosen = query.get("stage", "")
    links = [
        {
            "word": visit.words.text("all"),
            "count": sum(counts.values()),
            "href": without(query, "stage"),
            "chosen": not chosen,
        }
    ]
    order = [str(stage) for stage in KINDS[noun].lifecycle.stages] if noun in KINDS else []
    for stage in [*(s for s in order if s in counts), *(s for s in counts if s not in order)]:
        links.append(
            {
                "word": visit.words.word("stage", stage, noun),
                "count": counts[stage],
                "href": with_value(query, "stage", stage),
                "chosen": chosen == stage,
            }
        )
    return links


def with_value(query: dict[str, str], name: str, value: str) -> str:
    """The query with one value changed; a list that is narrowed begins at its first page."""
    kept = {n: v for n, v in query.items() if n not in ("starting_after", "lang")}
    return "?" + urlencode({**kept, name: value})


def without(query: dict[str, str], name: str) -> str:
    """The query without one value."""
    gone = (name, "starting_after", "lang")
    return "?" + urlencode({n: v for n, v in query.items() if n not in gone})


def new_page(
    visit: Visit, view: str, attempt: Attempt | None = None, status: int = 200
) -> HTMLResponse:
    """The forms that make a new thing."""
    session = visit.needs()
    noun = NOUNS[view]
    if not offers.creating(session.principal, noun):
        raise HTTPException(403)
    offered = offers.for_new(visit, session.principal, noun, attempt)
    faults = [fault for form in offered.forms for fault in form.faults]
    return visit.render("new.html", status, view=view, noun=noun, offered=offered, faults=faults)


def add(view: str) -> None:
    """The addresses of a read model."""

    def read_list(visit: Visiting) -> Response:
        if view == "approvals" and not visit.request.query_params.keys() - {"lang"}:
            return inbox.page(visit)
        return page(visit, view)

    def read_one(visit: Visiting, id: str) -> Response:
        if id == NEW and view in NOUNS:
            return new_page(visit, view)
        return things.page(visit, view, id)

    router.add_api_route(f"/{view}", read_list, methods=["GET"])
    router.add_api_route(f"/{view}/{{id}}", read_one, methods=["GET"])


for each in SEES:
    add(each)
