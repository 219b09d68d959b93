"""One grant from its call to its close: by HTTP, as nine people, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.story.books import Books
from tests.story.ending import ending
from tests.story.judging import judging
from tests.story.opening import opening
from tests.story.paying import paying
from tests.story.people import NINE, with_tokens
from tests.story.server import a_system, serving
from tests.story.telling import Story


@pytest.fixture
def story(database_url: str, tmp_path: Path) -> Iterator[Story]:
    """The first morning: a server, the officers with their tokens, and empty books."""
    with a_system(database_url, tmp_path / "files") as system, serving(system) as client:
        people = with_tokens(system, client)
        yield Story(system, Books(people["fund_manager"], "2026-03-02"), people)


def test_one_grant_from_its_call_to_its_close(story: Story) -> None:
    opening(story)
    judging(story)
    paying(story)
    ending(story)

    every_earlier_table_can_be_asked_again(story)
    the_timelines_say_who_and_why(story)
    each_of_the_nine_had_a_hand_in_it(story)


def every_earlier_table_can_be_asked_again(story: Story) -> None:
    books = story.books
    for position, written in books.positions.items():
        assert books.held(known_at=f"position:{position}") == written
    for day, written in books.days.items():
        assert books.held(as_of=day) == written
        assert books.held(known_at=day) == written
        assert books.held(as_of=f"{day}T23:59:59+08:00", known_at=day) == written
    assert books.held(as_of="2026-01-01") == {}


def the_timelines_say_who_and_why(story: Story) -> None:
    """Every event of the fund and the grant names its actor; pairs name both."""
    fund = story["leader"].get(f"/funds/{story.fund}/timeline").json()["events"]
    appropriated = next(e for e in fund if e["type"] == "fund.appropriation_recorded")
    assert appropriated["actor"]["id"] == "person:zhou"
    assert appropriated["actor"]["role"] == "finance_approver"
    assert appropriated["on_behalf_of"] == {"prepared_by": "person:yang"}
    assert appropriated["authority_ref"] == "南财〔2026〕1号"
    assert appropriated["reason"] == "年度预算下达。"

    grant = story["leader"].get(f"/grants/{story.grant}/timeline").json()["events"]
    told = [(e["type"], e["actor"]["role"]) for e in grant if e["type"] != "ledger.moved"]
    assert told == GRANT
    assert [e["version"] for e in grant] == list(range(1, len(grant) + 1))
    waived = next(e for e in grant if e["type"] == "grant.audit_waived")
    assert waived["reason"] == "低于审计起点。"


GRANT = [
    ("grant.opened", "leader"),
    ("grant.agreement_signed", "district_officer"),
    ("grant.activated", "finance_approver"),
    ("grant.progress_reported", "applicant"),
    ("grant.cost_questioned", "evaluator"),
    ("grant.costs_accepted", "finance_approver"),
    ("grant.cost_allowed", "finance_approver"),
    ("grant.midterm_due", "clock"),
    ("grant.midterm_submitted", "applicant"),
    ("grant.midterm_evaluated", "evaluator"),
    ("grant.accepted_costs_posted", "reconciler"),
    ("grant.progress_reported", "applicant"),
    ("grant.costs_accepted", "finance_approver"),
    ("grant.period_ended", "clock"),
    ("grant.final_submitted", "legal_representative"),
    ("grant.final_evaluated", "evaluator"),
    ("grant.audit_waived", "leader"),
    ("grant.settled", "finance_approver"),
    ("grant.refund_received", "reconciler"),
    ("grant.closed", "district_officer"),
]


def each_of_the_nine_had_a_hand_in_it(story: Story) -> None:
    """All of them acted, and the first payment went through four people."""
    hands: set[str] = set()
    for _, line in story.system.questions.behind(0, 10_000):
        record = msgspec.json.decode(line)
        hands |= {record["actor"]["id"], record.get("on_behalf_of", {}).get("prepared_by", "")}
    assert hands - {"", "clock", "operator"} == set(NINE)
    first = story["leader"].get(f"/tranches/{story.tranches[0]}").json()
    assert first["checker"] == "person:yang"
    assert first["approvers"] == ["person:zhou"]
    assert first["sender"] == "person:wu"
    assert first["stage"] == "reconciled"
