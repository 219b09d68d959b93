"""A district hands budget down to a subdistrict's micro round; what is not used comes back."""

from __future__ import annotations

from application.principals import Held
from tests.application.refusing import refused, rules
from tests.application.rounds import (
    MANY,
    SUBDISTRICT,
    WHOLE,
    books,
    call,
    conclude,
    hold,
    judge,
    planned,
    stage,
    stands,
    with_child,
)
from tests.district import District
from tests.played import Path, submit

TEN = [{"line": "grants", "amount_minor": 10_000_000}]


def hand_down(path: Path, child: str, lines: list[dict[str, object]] = TEN) -> None:
    pair = ("fund_manager", "finance_approver")
    path.pair(*pair, "rounds", "allot-from-parent", child, lines=lines)


def declined(path: Path, round: str) -> None:
    """The round is called, one proposal is scored and declined, and an empty notice runs."""
    call(path, round)
    proposal = submit(path, "为老服务")
    judge(path, proposal)
    path.tell("panel_chair", "proposals", "decline", proposal, feedback="名额有限")
    conclude(path)


def close(path: Path, round: str) -> None:
    path.tell("district_officer", "rounds", "close", round)


def test_what_a_child_does_not_use_goes_back_before_its_parent_is_closed(
    district: District,
) -> None:
    path, parent, child = with_child(district)
    assert books(path) == hold(available=2_490_000, allotted=510_000)

    hand_down(path, child)

    assert books(path) == hold(available=2_490_000, allotted=510_000)
    own = {id: stands(path, "round", id).balances for id in (parent, child)}
    assert own[parent] == {
        "authority.allotted/grants": 40_000_000,
        "authority.allotted/organiser": 1_000_000,
    }
    assert own[child] == {"authority.allotted/grants": 10_000_000}
    declined(path, parent)
    found = rules(refused(district, "district_officer", "rounds", "close", parent))
    assert found == ["R12.children"]
    declined(path, child)
    close(path, child)
    assert books(path) == hold(available=2_590_000, allotted=410_000)
    close(path, parent)
    assert books(path) == WHOLE
    assert stage(path, "round", parent) == "closed"


def test_a_round_is_not_cancelled_over_the_head_of_the_one_below(district: District) -> None:
    path, parent, child = with_child(district)
    hand_down(path, child)
    found = refused(district, "leader", "rounds", "cancel", parent, reason="停办")
    assert rules(found) == ["R13.children"]
    path.tell("leader", "rounds", "cancel", child, reason="停办")
    assert books(path) == hold(available=2_590_000, allotted=410_000)
    path.tell("leader", "rounds", "cancel", parent, reason="停办")
    assert books(path) == WHOLE


def test_more_than_the_parent_has_is_not_handed_down(district: District) -> None:
    path, _parent, child = with_child(district)
    for line, minor in (("grants", 50_000_001), ("organiser", 1_000_001), ("evaluation", 1)):
        lines = [{"line": line, "amount_minor": minor}]
        said = {"lines": lines}
        found = refused(district, "fund_manager", "rounds", "allot-from-parent", child, **said)
        assert rules(found) == ["R2a.allotted"]
    alone = planned(path, "2026-2")
    found = refused(district, "fund_manager", "rounds", "allot-from-parent", alone, lines=TEN)
    assert rules(found) == ["R2a.parent"]


def test_a_subdistrict_does_not_help_itself_to_the_districts_round(district: District) -> None:
    _path, _parent, child = with_child(district)
    district.person("local manager", Held("fund_manager", SUBDISTRICT))
    found = refused(district, "local manager", "rounds", "allot-from-parent", child, lines=TEN)
    assert rules(found) == ["R2a.place"]


def test_a_child_with_looser_rules_or_elsewhere_is_not_planned(district: District) -> None:
    _path, parent, _ = with_child(district)
    said = {"no": "9", "title": "九", "kind": "micro", "parent": parent}
    looser = {**MANY, "cap_percent": 81}
    found = refused(
        district, "round_secretary", "rounds", "plan", place=SUBDISTRICT, rules=looser, **said
    )
    assert rules(found) == ["R1.stricter"]
    district.person("neighbour", Held("round_secretary", "220103"))
    found = refused(district, "neighbour", "rounds", "plan", place="220103", rules=MANY, **said)
    assert rules(found) == ["R1.parent_place"]


def test_budget_is_added_to_a_running_round_out_of_its_fund(district: District) -> None:
    path, parent, child = with_child(district)
    pair = ("fund_manager", "finance_approver")
    path.pair(*pair, "rounds", "add-budget", parent, lines=TEN)
    assert books(path) == hold(available=2_390_000, allotted=610_000)
    lines = {line.line: line.amount_minor for line in stands(path, "round", parent).lines}
    assert lines == {"grants": 60_000_000, "organiser": 1_000_000}
    more = [{"line": "grants", "amount_minor": 239_000_001}]
    found = refused(district, "fund_manager", "rounds", "add-budget", parent, lines=more)
    assert rules(found) == ["R2b.available"]
    found = refused(district, "fund_manager", "rounds", "add-budget", parent, lines=TEN * 2)
    assert rules(found) == ["R2b.lines"]
    district.person("local manager", Held("fund_manager", SUBDISTRICT))
    found = refused(district, "fund_manager", "rounds", "add-budget", child, lines=TEN)
    assert rules(found) == ["R2b.stage"]
