"""A small district for tests: its people, its rules, and one way of telling it things."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from application.decide import Sent
from application.desk import Answer
from application.handlers import HANDLERS
from application.kinds import NOUNS
from application.principals import Grounds, Held, Principal
from infrastructure.settings import Settings
from infrastructure.system import System

DISTRICT = "220102"

RULES: dict[str, Any] = {
    "cap_minor": 10_000_000,
    "cap_percent": 80,
    "match_min_percent": 20,
    "per_organisation_limit": 2,
    "line_caps": [{"line": "management", "percent": 10}],
    "line_shift_percent": 10,
    "corrections_max": 2,
    "correction_days": 5,
    "reviewers_min": 1,
    "rubric": [
        {"code": "need", "title": "需求", "weight": 40},
        {"code": "plan", "title": "方案", "weight": 60},
    ],
    "aggregation": "mean",
    "notice_days": 5,
    "sign_days": 30,
    "tranches": [
        {"percent": 60, "condition": "signature"},
        {"percent": 40, "condition": "midterm"},
    ],
    "questioned_limit_minor": 0,
    "payment_threshold_minor": 20_000_000,
    "final_days": 30,
    "audit_threshold_minor": 10_000_000,
    "grade_bands": [
        {"grade": "excellent", "from_milli": 90_000},
        {"grade": "good", "from_milli": 80_000},
        {"grade": "pass", "from_milli": 60_000},
        {"grade": "fail", "from_milli": 0},
    ],
    "unspent": "reuse",
    "calendar": "CN-2026.1",
}
"""The rules of a round that the tests play; the figures are examples."""


def uscc(number: int) -> str:
    """A valid unified social credit code of a social organisation, made for tests."""
    from stdnum.cn import uscc as code

    body = f"5222010{2:01d}{number:09d}"
    return body + code.calc_check_digit(body)


@cache
def reader(kind: Any) -> TypeAdapter[Any]:
    """What makes a command of that kind from its fields."""
    made: TypeAdapter[Any] = TypeAdapter(kind)
    return made


class District:
    """A system under a simulated clock, and people who act in it by name."""

    def __init__(self, url: str, start: datetime = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)) -> None:
        settings = Settings(
            database_url=url,
            clock="simulated",
            simulated_start=start,
            seed="district",
            limit_commands="",
        )
        self.system = System(settings, migrating=True)
        self.people: dict[str, Principal] = {}

    def person(self, name: str, *held: Held) -> Principal:
        """Adds a person with roles; they are known by name from now on."""
        self.system.admit(f"person:{name}", name, *held)
        return self.pretender(name, *held)

    def pretender(self, name: str, *held: Held) -> Principal:
        """Somebody who comes to the desk with roles that nobody has granted, or could."""
        interests = frozenset(h.organisation for h in held if h.organisation)
        self.people[name] = Principal(f"person:{name}", held, interests)
        return self.people[name]

    def seated(self, *names: str) -> None:
        """Lets people come to the desk with the roles that they hold by now, and no others."""
        with self.system.store.shelf() as shelf:
            known: Any = shelf.fetch([f"person:{name}" for name in names])
        for name in names:
            current = known[f"person:{name}"].current
            self.pretender(name, *(Held(one.role, one.place, one.organisation) for one in current))

    def officers(self) -> None:
        """Adds the officers that the path needs, one person for each role."""
        for role in (
            "district_officer",
            "round_secretary",
            "reviewer",
            "panel_chair",
            "leader",
            "fund_manager",
            "finance_approver",
            "cashier",
            "reconciler",
            "evaluator",
            "oversight_officer",
            "auditor",
            "administrator",
        ):
            self.person(role, Held(role, DISTRICT))
        self.person("second_secretary", Held("round_secretary", DISTRICT))

    def tell(
        self,
        who: str,
        nouns: str,
        verb: str,
        id: str = "",
        *,
        key: str = "",
        version: int | None = None,
        grounds: Grounds | None = None,
        **fields: Any,
    ) -> Answer:
        """Sends a command as somebody; raises its refusal."""
        noun = NOUNS[nouns]
        kind: Any = HANDLERS[noun][verb][0]
        command = reader(kind).validate_python(fields)
        sent = Sent(
            noun=noun,
            verb=verb,
            command=command,
            by=self.people[who],
            id=id,
            key=key,
            digest=repr((noun, verb, id, fields)).encode(),
            expected_version=version,
            grounds=grounds or Grounds(),
        )
        return self.system.desk.send(sent)

    def pair(
        self, first: str, second: str, nouns: str, verb: str, id: str = "", **fields: Any
    ) -> Answer:
        """Prepares a command as one person and carries it out as another."""
        waiting = self.tell(first, nouns, verb, id, **fields)
        assert waiting.prepared, f"{verb} is not a pair"
        return self.tell(second, "approvals", "approve", waiting.id)

    def only(self, nouns: str, **where: str) -> str:
        """The id of the one thing that a question finds."""
        found = self.all(nouns, **where)
        assert len(found) == 1, found
        return found[0]

    def all(self, nouns: str, **where: str) -> list[str]:
        """The ids of the things that a question finds, oldest first."""
        with self.system.store.shelf() as shelf:
            return shelf.ids(NOUNS[nouns], where)

    @property
    def today(self) -> date:
        """The local day."""
        return self.system.clock.now().astimezone(self.system.settings.zone).date()

    def wait(self, days: int = 0, hours: int = 0) -> None:
        """Lets time pass, then does what is due."""
        self.system.advance(self.system.clock.now() + timedelta(days=days, hours=hours))

    def close(self) -> None:
        """Ends the system."""
        self.system.close()
