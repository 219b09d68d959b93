"""The inbox: what waits for a second hand, what it says, and the forms that decide it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi.responses import HTMLResponse

from api.v1 import asking
from api.web.candidates import Candidates
from api.web.facts import Reader, Shown
from api.web.forms import Builder, Form, build
from api.web.names import Names
from api.web.things import asked_fields
from api.web.visit import Visit
from application.kinds import PLURALS
from application.principals import Principal
from application.questions import Found
from domain.money import HOME_CURRENCY
from domain.roles import EVERYWHERE, OF_ORGANISATION
from domain.values import covers


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something prepared: who prepared it, what it says, and what the visitor may do with it."""

    id: str
    values: dict[str, Any]
    verb: str
    noun: str
    said: list[tuple[str, Shown]]
    reason: str
    forms: list[Form]
    due: str


def prepared(visit: Visit) -> tuple[Found, ...]:
    """What waits for a second hand, as far as the visitor sees it."""
    return visit.house.questions.page(
        "approvals",
        visit.sight("approvals"),
        filters={"stage": "prepared"},
        q="",
        limit=asking.LARGEST_PAGE,
        after="",
    ).rows


def holds_one_of(by: Principal, roles: set[str], values: dict[str, Any]) -> bool:
    """Whether one of the roles that a person holds is among these and covers a row."""
    return any(
        held.role in roles
        and (
            held.role in EVERYWHERE
            or (
                bool(held.organisation) and held.organisation == values["organisation"]
                if held.role in OF_ORGANISATION
                else covers(held.place, values["place"])
            )
        )
        for held in by.held
    )


def may_decide(by: Principal, found: Found) -> bool:
    """Whether somebody is the second hand that something waits for."""
    roles = set(found.facts.get("roles", ()))
    return found.values["prepared_by"] != by.person and holds_one_of(by, roles, found.values)


def page(visit: Visit) -> HTMLResponse:
    """The inbox of whoever has signed in."""
    by = visit.needs().principal
    names = Names(visit)
    reader = Reader(visit, names)
    groups: dict[str, list[Waiting]] = {"decide": [], "mine": [], "others": []}
    for found in prepared(visit):
        names.know("approvals", found.values)
        mine = found.values["prepared_by"] == by.person
        verbs = ["withdraw"] if mine else ["approve", "decline"] if may_decide(by, found) else []
        group = "mine" if mine else "decide" if verbs else "others"
        groups[group].append(waiting(visit, reader, found, verbs))
    names.load()
    return visit.render("approvals.html", names=names, groups=groups, plurals=PLURALS)


def waiting(visit: Visit, reader: Reader, found: Found, verbs: list[str]) -> Waiting:
    """One entry of the inbox."""
    values = found.values
    return Waiting(
        values["id"],
        values,
        visit.label("verb", values["verb"], values["thing_noun"]),
        visit.words.word("noun", values["thing_noun"]),
        asked_fields(reader, found) if found.full else [],
        found.facts.get("given_reason", ""),
        [form(visit, found, verb) for verb in verbs],
        visit.words.day(date.fromisoformat(values["due"])),
    )


def form(visit: Visit, found: Found, verb: str) -> Form:
    """A small form that decides what was prepared."""
    builder = Builder(visit, verb, {}, HOME_CURRENCY, Candidates(visit, None, None))
    id = found.values["id"]
    return build(
        builder, "approval", action=f"/approvals/{id}/{verb}", version=found.values["version"]
    )
