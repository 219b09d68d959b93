"""Rounds that change on their way: each guard refuses, and its twin is permitted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.calendar import business_day
from domain.reviews import deliberating
from domain.reviews.panel import Dissent, Panel, Vote
from domain.rounds import asking, changing, decision, nesting
from domain.rounds.decision import Notice, Outcome
from domain.rounds.rules import Noticed
from tests.district import DISTRICT, RULES
from tests.domain.test_decisions import NOW, TODAY, fund, given, mandate, refused, round_in
from tests.domain.turns import CALENDAR, GRANTS, NOTICE, codes, rules


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"stage": "closed"}, "R2a.parent"),
        ({"stage": "planned"}, "R2a.parent"),
        ({"place": "22"}, "R2a.place"),
        ({"balances": {"authority.allotted/grants": 99}}, "R2a.allotted"),
    ],
)
def test_a_parent_hands_down_what_it_has_free(changes: dict[str, Any], rule: str) -> None:
    parent = round_in("open", balances={"authority.allotted/grants": 130})
    child = round_in("planned")
    child.id = "child"
    said: dict[str, Any] = {"fund": fund(), "lines": GRANTS, "proposed_minor": 30}
    for name, value in changes.items():
        setattr(parent, name, value)
    assert refused(nesting.allot_from_parent, child, parent=parent, **said) == [rule]
    parent = round_in("open", balances={"authority.allotted/grants": 130})
    by = mandate()
    nesting.allot_from_parent(child, parent=parent, by=by, **said)
    assert codes(by) == [("P3c", 100), ("P3c", 100)]
    assert child.balance("authority.allotted/grants") == 100


def test_what_is_put_up_for_awards_is_not_handed_down() -> None:
    parent = round_in("open", balances={"authority.allotted/grants": 130})
    said: dict[str, Any] = {"fund": fund(), "lines": GRANTS, "proposed_minor": 31}
    child = round_in("planned")
    assert refused(nesting.allot_from_parent, child, parent=parent, **said) == ["R2a.allotted"]


def test_money_is_handed_down_out_of_an_active_fund_and_each_line_once() -> None:
    frozen = fund()
    frozen.stage = "frozen"
    parent = round_in("open", balances={"authority.allotted/grants": 300})
    said: dict[str, Any] = {"lines": GRANTS * 2, "fund": frozen, "proposed_minor": 0}
    child = round_in("planned")
    found = refused(nesting.allot_from_parent, child, parent=parent, **said)
    assert found == ["R2a.fund", "R2a.lines"]


LOOSER: list[tuple[str, Any]] = [
    ("cap_minor", RULES["cap_minor"] + 1),
    ("match_min_percent", 19),
    ("notice_days", 4),
    ("appeal_days", 9),
    ("question_days", 1),
    ("joint_allowed", True),
    ("reviewers_published", False),
    ("rubric", [{"code": "need", "title": "需求", "weight": 100}]),
    ("eligibility", [{"rule": "dishonest", "years": 1}]),
    ("line_caps", [{"line": "management", "percent": 11}]),
    ("line_caps", []),
    ("spread_limit_milli", None),
    ("tranches", [{"percent": 100, "condition": "signature"}]),
    ("grade_bands", [{"grade": "pass", "from_milli": 0}]),
    ("unspent", "reuse"),
]


@pytest.mark.parametrize(("name", "value"), LOOSER)
def test_a_child_may_not_allow_more_than_its_parent(name: str, value: Any) -> None:
    above = {
        "joint_allowed": False, "unspent": "back", "spread_limit_milli": 20_000,
        "eligibility": [{"rule": "dishonest", "years": 2}],
    }  # fmt: skip
    parent, child = rules(**above), rules(**{**above, name: value})
    assert list(nesting.looser(child, parent)) == [name]
    assert list(nesting.looser(parent, parent)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cap_minor", 1),
        ("match_min_percent", 50),
        ("notice_days", 10),
        ("joint_allowed", False),
        ("line_caps", [{"line": "management", "percent": 1}, {"line": "travel", "percent": 5}]),
        ("spread_limit_milli", 10_000),
        ("unspent", "back"),
        ("calendar", "CN-2027.1"),
    ],
)
def test_a_child_may_be_stricter_than_its_parent(name: str, value: Any) -> None:
    assert list(nesting.looser(rules(**{name: value}), rules())) == []


def test_a_child_lies_in_the_place_of_a_parent_that_has_not_ended() -> None:
    assert given(nesting.may_be_child(round_in("open"), f"{DISTRICT}006", rules())) == []
    assert given(nesting.may_be_child(round_in("cancelled"), "220103", rules())) == [
        "R1.parent",
        "R1.parent_place",
    ]
    looser = rules(cap_percent=81)
    assert given(nesting.may_be_child(round_in("open"), DISTRICT, looser)) == ["R1.stricter"]


def test_a_deadline_moves_only_forward_and_before_it_has_passed() -> None:
    closes = NOW + timedelta(days=1)
    round = round_in("open", closes=closes)
    said: dict[str, Any] = {"calendar": CALENDAR}
    assert refused(changing.extend_deadline, round, closes=closes, **said)[0] == "R5.later"
    far = NOW + timedelta(days=400)
    assert refused(changing.extend_deadline, round, closes=far, **said) == ["R5.calendar"]
    last = datetime.max.replace(tzinfo=UTC)
    assert refused(changing.extend_deadline, round, closes=last, **said) == ["R5.calendar"]
    round.closes = NOW
    new = NOW + timedelta(days=7)
    assert refused(changing.extend_deadline, round, closes=new, **said) == ["R5.before"]
    round.closes = closes
    changing.extend_deadline(round, closes=new, by=mandate(), **said)
    assert (round.closes, round.question_until) == (new, business_day(new))


def test_a_question_is_taken_up_to_the_last_day_of_questions() -> None:
    round = round_in("open", question_until=TODAY - timedelta(days=1))
    assert refused(asking.ask_question, round, text="?") == ["R5a.until"]
    round.question_until = TODAY
    asking.ask_question(round, text="?", by=mandate("applicant"))
    assert [question.no for question in round.questions] == [1]


def test_a_clarification_answers_a_question_that_there_is_or_none() -> None:
    round = round_in("open")
    said = {"question": "问", "answer": "答"}
    assert refused(asking.publish_clarification, round, asked=1, **said) == ["R5b.asked"]
    asking.publish_clarification(round, asked=None, by=mandate(), **said)
    assert [each.answer for each in round.clarifications] == ["答"]


def test_a_further_notice_has_items_an_active_fund_and_days_enough() -> None:
    frozen = fund()
    frozen.stage = "frozen"
    round = round_in("concluded", balances={"authority.allotted/grants": 80})
    short = Notice(starts=TODAY - timedelta(days=1), ends=TODAY, contact="")
    said: dict[str, Any] = {"calendar": CALENDAR, "fund": frozen, "items": ()}
    found = refused(changing.publish_supplementary_notice, round, notice=short, **said)
    assert found == ["R9b.fund", "R9b.items", "R9b.days", "R9b.starts"]
    by, items = mandate(), (Noticed("p", "o", 80),)
    said |= {"fund": fund(), "items": items}
    changing.publish_supplementary_notice(round, notice=NOTICE, by=by, **said)
    assert codes(by) == [("P4", 80)]
    assert round.items == items


@pytest.mark.parametrize("name", ["grants", "orders", "children"])
def test_a_round_is_cancelled_only_if_nothing_has_come_of_it(name: str) -> None:
    none = {"grants": 0, "orders": 0, "children": 0}
    some = changing.Dependants(**{**none, name: 1})
    assert refused(changing.cancel, round_in("open"), dependants=some) == [f"R13.{name}"]
    changing.cancel(round_in("open"), dependants=changing.Dependants(**none), by=mandate("leader"))


@pytest.mark.parametrize(("name", "rule"), [("orders", "R12.orders"), ("children", "R12.children")])
def test_a_round_is_closed_after_its_orders_and_the_rounds_below(name: str, rule: str) -> None:
    counts = {f"open_{each}": 0 for each in ("proposals", "grants", "orders", "children")}
    rest = {"grants": 0, "awarded_minor": 0, "spent_minor": 0}
    outcome = Outcome(**{**counts, f"open_{name}": 1}, **rest)
    assert refused(decision.close, round_in("concluded"), outcome=outcome) == [rule]
    decision.close(round_in("concluded"), outcome=Outcome(**counts, **rest), by=mandate())


def test_a_ranking_is_fixed_after_the_panel_has_deliberated() -> None:
    said: dict[str, Any] = {"ranking": (), "waitlist": (), "under_review": 0}
    round = round_in("reviewing")
    assert refused(decision.fix_ranking, round, has_deliberated=False, **said) == ["R8.deliberated"]
    decision.fix_ranking(round, has_deliberated=True, by=mandate(), **said)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"unlocked": 1}, "V9.locked"),
        ({"round": round_in("intake_closed")}, "V9.round"),
        ({"votes": (), "dissents": ()}, "V9.votes"),
        ({"votes": (Vote(member="c", choice="for"),), "dissents": ()}, "V9.votes"),
        ({"votes": (Vote(member="a", choice="for"),) * 2, "dissents": ()}, "V9.votes"),
        ({"dissents": (Dissent(member="a", text="否"),)}, "V9.dissents"),
        ({"dissents": (Dissent(member="stranger", text="否"),)}, "V9.dissents"),
    ],
)
def test_a_panel_deliberates_over_locked_scores_and_its_members_vote(
    said: dict[str, Any], rule: str
) -> None:
    votes = (Vote(member="a", choice="for"), Vote(member="b", choice="abstain"))
    sound: dict[str, Any] = {
        "votes": votes, "dissents": (Dissent(member="b", text="偏高"),), "unlocked": 0,
        "sitting": frozenset(("a", "b")), "casting": "", "recused": (),
        "round": round_in("reviewing"),
    }  # fmt: skip
    panel = Panel(id="v", stage="drawn", members=("a", "b"))
    assert refused(deliberating.hold_deliberation, panel, **{**sound, **said}) == [rule]
    deliberating.hold_deliberation(panel, by=mandate("panel_chair"), **sound)
    assert panel.stage == "held"
