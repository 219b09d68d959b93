"""What the tests of refusals share: who is refused, by which rules, and nothing was written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from application.actions import blank
from application.decide import Sent
from application.handlers import HANDLERS
from application.permissions import PERMISSIONS
from application.principals import CLOCK, Held
from domain.errors import Refusal
from infrastructure.clocks import SimulatedClock
from tests.application.cases import Case, of
from tests.district import DISTRICT, District
from tests.played import Path

OFFICES = (
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
)


def head(district: District) -> int:
    """The position of the last event."""
    return district.system.store.recorder.max_notification_id() or 0


def stand_at(district: District, moment: datetime) -> None:
    """Lets time pass without asking the clock what is due."""
    clock = district.system.clock
    assert isinstance(clock, SimulatedClock)
    clock.advance(moment)


def refused(
    district: District, who: str, nouns: str, verb: str, id: str = "", **fields: Any
) -> Refusal:
    """The refusal of a command, which has left no event behind."""
    before = head(district)
    with pytest.raises(Refusal) as caught:
        district.tell(who, nouns, verb, id, **fields)
    assert head(district) == before
    return caught.value


def refused_blank(district: District, who: str, noun: str, verb: str, id: str) -> Refusal:
    """The refusal of a command with nothing said in it, which has left no event behind."""
    by = CLOCK if PERMISSIONS[noun][verb].first == ("clock",) else district.people[who]
    command = blank(HANDLERS[noun][verb][0])
    before = head(district)
    with pytest.raises(Refusal) as caught:
        district.system.desk.send(Sent(noun=noun, verb=verb, command=command, by=by, id=id))
    assert head(district) == before
    return caught.value


def rules(refusal: Refusal) -> list[str]:
    """The rules that refuse, in the order in which they are named."""
    return [reason.rule for reason in refusal.reasons]


def everybody(path: Path, name: str = "everybody") -> str:
    """A person who holds every office and acts for the organisation too."""
    if name in path.district.people:
        return name
    offices = [Held(role, DISTRICT) for role in OFFICES]
    mine = [Held(role, "", path.organisation) for role in ("applicant", "legal_representative")]
    path.district.person(name, *offices, *mine)
    return name


def officer(path: Path, name: str = "officer") -> str:
    """A person who holds every office and belongs to no organisation."""
    path.district.person(name, *(Held(role, DISTRICT) for role in OFFICES))
    return name


def check_refused(path: Path, case: Case) -> None:
    """A command is refused by the rules of the case and in its words."""
    path.district.people.setdefault("clock", CLOCK)
    nouns, verb, id = of(path, case.what)
    refusal = refused(path.district, case.who, nouns, verb, id, **case.fields(path))
    assert (" ".join(rules(refusal)), str(refusal)) == (case.rule, case.sentence)
