"""A proposal, a notice, a calendar: what tests of rounds and of their proposals stand on."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import TypeAdapter

from domain.calendar import Calendar
from domain.kernel import Mandate
from domain.proposals.content import BudgetLine, Content, Indicator
from domain.proposals.proposal import Proposal
from domain.rounds.decision import Notice
from domain.rounds.rules import Budgeted, Rules
from tests.district import RULES
from tests.domain.test_decisions import TODAY

CALENDAR = Calendar(
    version="c", first=date(2026, 1, 1), last=date(2026, 12, 31), days_off=frozenset(),
    days_worked=frozenset(),
)  # fmt: skip
GRANTS = (Budgeted(line="grants", amount_minor=100),)
NOTICE = Notice(starts=TODAY, ends=date(2026, 3, 6), contact="0431")
BUDGET = (BudgetLine(line="activity", amount_minor=100),)
CONTENT = Content(
    title="为老", summary="陪伴", budget=BUDGET, requested_minor=80, match_minor=20,
    indicators=(Indicator(name="人次", unit="person_times", target=9),),
    starts=date(2026, 4, 1), ends=date(2026, 10, 31),
)  # fmt: skip


def rules(**changes: Any) -> Rules:
    return TypeAdapter(Rules).validate_python({**RULES, **changes})


def proposal_in(stage: str, id: str = "p", **state: Any) -> Proposal:
    known: dict[str, Any] = {
        "no": id, "budget": BUDGET, "requested_minor": 80, "match_minor": 20, "content": CONTENT,
        "organisation": "o", "round": "x", "fund": "f", "until": TODAY, **state,
    }  # fmt: skip
    return Proposal(id=id, currency="CNY", stage=stage, **known)


def codes(by: Mandate) -> list[tuple[str, int]]:
    return [(p.code, p.amount_minor) for record in by.records for p in record.postings]
