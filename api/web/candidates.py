"""What may be chosen in a form: things that are visible, people, parts that a thing has."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from api.web.names import Names
from api.web.references import REFERS
from api.web.visit import Visit
from domain.grants.grant import Grant
from domain.kernel import Aggregate
from domain.money import written
from domain.proposals.content import PARTS
from domain.reviews.panel import Panel
from domain.reviews.pool import Pool
from domain.rounds.round import Round

Options = tuple[tuple[str, str], ...]

MOST = 200
"""Where there are more candidates than this, the id is typed."""

STAGES = {
    ("draft", "round"): "open",
    ("allot-budget", "fund"): "active",
    ("file", "proposal"): "on_notice,objected",
    ("draw", "round"): "open,intake_closed,reviewing",
}
"""The stages in which a thing may be named by a command."""

PEOPLE = {
    "leader": "",
    "founder": "",
    "members": "",
    "member": "",
    "on_behalf_of": "",
    "holder": "",
    "to_person": "",
}
"""Fields that name people, and the role that they must hold."""


class Candidates:
    """The choices of all forms of one page; each list is asked for once."""

    def __init__(self, visit: Visit, thing: Aggregate | None, round: Round | None) -> None:
        self.visit = visit
        self.thing = thing
        self.round = round
        self.lists: dict[tuple[str, str], Options | None] = {}

    def options(self, verb: str, name: str) -> Options | None:
        """The choices for a control of a form; None where anything may be typed."""
        last = name.rpartition(".")[2]
        if name == "defects" or last == "part":
            return self.parts if last == "part" else None
        if last == "criterion":
            return self.bonuses if name.startswith("bonuses.") else self.criteria
        if last == "line" and name.split(".")[0] in ("cost_lines", "adjusted_lines"):
            return self.budget_lines
        if isinstance(self.thing, Grant) and last in ("cost", "lines"):
            return self.costs
        if last == "member" and self.members:
            return self.members
        if isinstance(self.thing, Pool):
            return self.of_list(self.thing, name, last)
        if last in PEOPLE:
            return self.people(PEOPLE[last])
        if last in REFERS and "." not in name:
            return self.things(REFERS[last], STAGES.get((verb, last), ""))
        return None

    @cached_property
    def parts(self) -> Options:
        """The parts of a proposal's content."""
        return tuple((part, self.visit.label("field", part)) for part in PARTS)

    @cached_property
    def criteria(self) -> Options | None:
        """The criteria of the round's rubric."""
        if self.round is None or self.round.rules is None:
            return None
        return tuple((c.code, f"{c.title}（{c.weight}%）") for c in self.round.rules.rubric)

    @cached_property
    def bonuses(self) -> Options | None:
        """What the round gives points for on top."""
        if self.round is None or self.round.rules is None:
            return None
        return tuple((b.code, f"{b.title}（≤ {b.max_points}）") for b in self.round.rules.bonuses)

    @cached_property
    def budget_lines(self) -> Options | None:
        """The lines of the thing's budget."""
        lines = [line.line for line in getattr(self.thing, "budget", ())]
        return tuple((line, line) for line in dict.fromkeys(lines)) or None

    def of_list(self, pool: Pool, name: str, last: str) -> Options | None:
        """Reviewers and their organisations for a list of experts; who is on it, to leave it."""
        if name == "person":
            people = self.visit.people
            return tuple(
                (each.person, people.get(each.person, each.person)) for each in pool.experts
            )
        if last == "person":
            return self.people("reviewer")
        tied = last in ("employer", "relations", "organisation")
        return self.things("organisations", "") if tied else None

    @cached_property
    def members(self) -> Options:
        """The members of a panel and whoever took a place, who alone vote on it."""
        people, found = self.visit.people, list(getattr(self.thing, "members", ()))
        if isinstance(self.thing, Panel):
            page = self.visit.house.questions.page(
                "reviews", self.visit.sight("reviews"), filters={"panel": self.thing.id}, q="",
                limit=MOST, after="",
            )  # fmt: skip
            found += [str(row.values["member"]) for row in page.rows]
        return tuple((id, people.get(id, id)) for id in dict.fromkeys(found))

    @cached_property
    def costs(self) -> Options | None:
        """The costs that a grant has reported."""
        assert isinstance(self.thing, Grant)
        return tuple((str(cost.no), self.cost(cost)) for cost in self.thing.costs) or None

    def cost(self, cost: Any) -> str:
        """A cost as it is chosen: number, what for, how much, where it stands."""
        assert self.thing is not None
        amount = written(cost.amount_minor, self.thing.currency)
        stage = self.visit.words.word("stage", cost.stage, "cost")
        return f"{cost.no} · {cost.description} · {amount} · {stage}"

    def people(self, role: str) -> Options | None:
        """The people who hold a role, or everybody."""
        key = ("people", role)
        if key not in self.lists:
            known = self.visit.house.identity.principals() if role else {}
            found = [
                (id, name)
                for id, name in sorted(self.visit.people.items(), key=lambda item: item[1])
                if not role or (id in known and role in known[id].roles)
            ]
            self.lists[key] = tuple(found) if len(found) <= MOST else None
        return self.lists[key]

    def things(self, view: str, stages: str) -> Options | None:
        """The things of a read model that the visitor sees, by name."""
        key = (view, stages)
        if key not in self.lists:
            filters = {"stage": stages} if stages else {}
            if view == "documents" and self.thing is not None:
                filters = {"subject": getattr(self.thing, "subject", self.thing.stream)}
            page = self.visit.house.questions.page(
                view, self.visit.sight(view), filters=filters, q="", limit=MOST, after=""
            )
            names = Names(self.visit)
            for row in page.rows:
                names.know(view, row.values)
            names.load()
            rows = [(row.values["id"], names.title(view, row.values["id"])) for row in page.rows]
            is_typed = bool(page.next) or (view == "documents" and not rows)
            self.lists[key] = None if is_typed else tuple(rows)
        return self.lists[key]
