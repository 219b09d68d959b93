"""The first page: what waits for whoever has signed in, or what this is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from api.web import inbox, offers, tables
from api.web.facts import Reader
from api.web.names import Names
from api.web.visit import Visit, Visiting
from application.kinds import KINDS, NOUNS, PLURALS
from application.permissions import PERMISSIONS
from application.principals import Principal
from application.questions import Found

router = APIRouter(include_in_schema=False)

AT_MOST = 60
"""How many things of a noun are looked at."""

AT_WILL = frozenset(
    {
        *("edit", "withdraw", "take-back", "cancel", "freeze", "start-closing", "close-period"),
        *("record-appropriation", "record-opening-balance", "amend-appropriation"),
        *("receive-contribution", "record-refund", "report-progress", "waive-audit"),
        *("pledge-contribution", "withdraw-pledge", "apply-allocation-rule", "transfer"),
        *("reverse-entry", "carry-over", "lapse-authority", "close-year", "reopen"),
        *("return-money", "declare-left-over", "record-interest", "record-bank-fee"),
        *("park-receipt", "send-back-receipt", "assign-receipt"),
        *("accept-costs", "question-cost", "allow-cost", "disallow-cost"),
        *("return-request", "return-for-correction", "return-final", "reject-intake"),
        *("record-bank-return", "record-late-return", "refuse", "decline"),
        "refuse-invitation",
    }
)
"""Verbs that may be used when somebody has cause to; nothing waits for them by itself."""

COSTS = {"reported": "accept-costs", "questioned": "allow-cost"}
"""Costs wait on the page of their grant, in these stages for these verbs."""


@dataclass(frozen=True, slots=True)
class Task:
    """Things of one noun that wait for the same verb of the visitor."""

    view: str
    noun: str
    verb: str
    title: str
    rows: list[dict[str, Any]]


def verbs_of(by: Principal, noun: str) -> dict[str, set[str]]:
    """The verbs that wait for one of the person's roles, each with those roles."""
    return {
        verb: found
        for verb, permission in PERMISSIONS[noun].items()
        if verb not in AT_WILL and (found := set(permission.first) & by.roles)
    }


def tasks(visit: Visit, by: Principal, names: Names, busy: set[tuple[str, str]]) -> Iterator[Task]:
    """What waits, noun by noun, in the order of the tables; one question for each noun."""
    nouns = ("round", "proposal", "review", "objection", "appeal", "grant", "tranche", "order")
    for noun in (*nouns, "fund", "panel"):
        verbs = verbs_of(by, noun)
        table = KINDS[noun].lifecycle
        stages = {str(s): [v for v in table.allows(s) if v in verbs] for s in table.stages}
        wanted = [stage for stage, found in stages.items() if found]
        if not wanted:
            continue
        rows = look(visit, PLURALS[noun], ",".join(wanted))
        for verb, roles in verbs.items():
            mine = [
                row.values
                for row in rows
                if verb in stages[row.values["stage"]]
                and is_for(by, roles, row)
                and (row.values["id"], verb) not in busy
            ]
            yield from gathered(visit, names, PLURALS[noun], noun, verb, mine)


def gathered(
    visit: Visit, names: Names, view: str, noun: str, verb: str, rows: list[dict[str, Any]]
) -> Iterator[Task]:
    """The task, if anything waits."""
    if rows:
        for values in rows:
            names.know(view, values)
            names.want("organisations", values["organisation"])
        yield Task(view, noun, verb, visit.label("verb", verb, noun), rows)


def costs(visit: Visit, by: Principal, names: Names, busy: set[tuple[str, str]]) -> Iterator[Task]:
    """Grants with costs that nobody has decided."""
    decides = {
        stage: roles
        for stage, verb in COSTS.items()
        if (roles := set(PERMISSIONS["grant"][verb].first) & by.roles)
    }
    if not decides or not visit.may_list("costs"):
        return
    rows = look(visit, "costs", ",".join(decides))
    for stage, roles in decides.items():
        mine = [r for r in rows if r.values["stage"] == stage and is_for(by, roles, r)]
        verb = COSTS[stage]
        named = dict.fromkeys(row.values["grant"] for row in mine)
        grants = [id for id in named if (id, verb) not in busy]
        for id in grants:
            names.want("grants", id)
        if grants:
            found = [{"id": id, "stage": "", "organisation": ""} for id in grants]
            yield Task("grants", "grant", verb, visit.label("verb", verb, "grant"), found)


def look(visit: Visit, view: str, stages: str) -> tuple[Found, ...]:
    """The things in these stages that the visitor sees in full."""
    page = visit.house.questions.page(
        view, visit.sight(view), filters={"stage": stages}, q="", limit=AT_MOST, after=""
    )
    return tuple(row for row in page.rows if row.full)


def is_for(by: Principal, roles: set[str], row: Found) -> bool:
    """Whether a thing waits for this person, not just for their role."""
    if row.values.get("member", by.person) != by.person and roles == {"reviewer"}:
        return False
    return inbox.holds_one_of(by, roles, row.values)


@router.get("/")
def home(visit: Visiting) -> Response:
    """What waits for the visitor; for strangers, what this is."""
    if visit.principal is None:
        return welcome(visit)
    by = visit.principal
    names = Names(visit)
    waiting = inbox.prepared(visit)
    busy = {(row.values["thing"], row.values["verb"]) for row in waiting}
    decide = [row.values for row in waiting if inbox.may_decide(by, row)]
    own = [row.values for row in waiting if row.values["prepared_by"] == by.person]
    for values in (*decide, *own):
        names.know("approvals", values)
    found = [*tasks(visit, by, names, busy), *costs(visit, by, names, busy)]
    new = [(PLURALS[noun], verb) for noun in KINDS for verb in offers.creating(by, noun)]
    names.load()
    return visit.render(
        "waiting.html",
        names=names,
        decide=decide,
        own=own,
        tasks=found,
        new=[
            (view, visit.plural(view), visit.label("verb", verb, NOUNS[view])) for view, verb in new
        ],
        count=len(decide) + sum(len(task.rows) for task in found),
    )


def welcome(visit: Visit) -> Response:
    """What anybody may know: the rounds that are open, and the funds."""
    names = Names(visit)
    reader = Reader(visit, names)
    ask = visit.house.questions.page
    rounds = ask(
        "rounds",
        visit.sight("rounds"),
        filters={"stage": "published,open"},
        q="",
        limit=20,
        after="",
    )
    funds = ask("funds", visit.sight("funds"), filters={}, q="", limit=20, after="")
    shown = [
        tables.table(visit, reader, "rounds", rounds.rows),
        tables.table(visit, reader, "funds", funds.rows),
    ]
    names.load()
    return visit.render("welcome.html", names=names, rounds=shown[0], funds=shown[1])
