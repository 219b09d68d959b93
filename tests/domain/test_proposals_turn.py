"""Proposals that are improved, wait, or are shut out: each guard refuses, its twin is permitted."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from domain.eligibility import may_apply
from domain.envelope import Actor
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.proposals import joining, optimising, waiting
from domain.proposals.ranking import ranked
from domain.proposals.turns import Consent
from tests.district import DISTRICT
from tests.domain.test_decisions import NOW, TODAY, given, mandate, refused, round_in
from tests.domain.turns import CONTENT, codes, proposal_in, rules


def test_better_content_is_asked_for_while_awards_are_decided_and_by_a_day_to_come() -> None:
    said: dict[str, Any] = {"improvements": ("细化",), "due": TODAY}
    proposal = proposal_in("scored")
    found = refused(optimising.ask_optimisation, proposal, round=round_in("on_notice"), **said)
    assert found == ["S12.round", "S12.due"]
    said |= {"due": TODAY + timedelta(days=1), "round": round_in("deliberated")}
    assert refused(optimising.ask_optimisation, proposal, **{**said, "improvements": ()}) == [
        "S12.improvements"
    ]
    optimising.ask_optimisation(proposal, by=mandate(), **said)
    assert proposal.stage == "optimising"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"requested_minor": 81, "match_minor": 19}, "S12a.requested"),
        ({"requested_minor": 70, "match_minor": 30}, "S12a.match"),
        ({"requested_minor": 79}, "S3.budget"),
        ({"summary": None}, "S3.complete"),
    ],
)
def test_better_content_costs_no_more_and_keeps_the_match_money(
    changes: dict[str, Any], rule: str
) -> None:
    proposal = proposal_in("optimising", due=TODAY)
    content = dataclasses.replace(CONTENT, **changes)
    said = {"content": content, "round": round_in("reviewing")}
    assert rule in refused(optimising.submit_optimised, proposal, **said)


def test_better_content_comes_in_time_or_lapses() -> None:
    said: dict[str, Any] = {"content": CONTENT, "round": round_in("reviewing")}
    late = proposal_in("optimising", due=TODAY - timedelta(days=1))
    assert refused(optimising.submit_optimised, late, **said) == ["S12a.due"]
    optimising.lapse_optimisation(late, more_days=0, by=mandate("clock"))
    assert (late.stage, late.content) == ("scored", CONTENT)
    in_time = proposal_in("optimising", due=TODAY)
    assert refused(optimising.lapse_optimisation, in_time, more_days=0) == ["S28.due"]
    optimising.submit_optimised(in_time, by=mandate(), **said)
    assert in_time.stage == "scored"


def test_each_place_on_the_waiting_list_is_given_once() -> None:
    other = proposal_in("waitlisted", "q", waits_at=1)
    said: dict[str, Any] = {"waiting": (other,), "round": round_in("reviewing")}
    proposal = proposal_in("scored")
    assert refused(waiting.waitlist, proposal, waits_at=1, **said) == ["S14.place"]
    late = {**said, "round": round_in("on_notice")}
    assert refused(waiting.waitlist, proposal, waits_at=2, **late) == ["S14.round"]
    waiting.waitlist(proposal, waits_at=2, by=mandate(), **said)
    assert proposal.until == TODAY + timedelta(days=90)


@pytest.mark.parametrize(
    ("state", "free", "rule"),
    [
        ({}, 79, "S16.allotted"),
        ({"until": TODAY - timedelta(days=1)}, 80, "S16.until"),
        ({"waits_at": 3}, 80, "S16.order"),
    ],
)
def test_the_first_that_fits_is_promoted(state: dict[str, Any], free: int, rule: str) -> None:
    big = proposal_in("waitlisted", "big", waits_at=1, requested_minor=81)
    first = proposal_in("waitlisted", "first", waits_at=2)
    mine = proposal_in("waitlisted", "mine", **{"waits_at": 2, **state})
    others = (big, first) if state.get("waits_at") == 3 else (big,)
    round = round_in("on_notice", balances={"authority.allotted/grants": free + 5})
    said: dict[str, Any] = {"waiting": (*others, mine), "round": round, "proposed_minor": 5}
    assert refused(waiting.promote, mine, **said) == [rule]


def test_those_ahead_that_do_not_fit_or_wait_no_more_keep_nobody_back() -> None:
    big = proposal_in("waitlisted", "big", waits_at=1, requested_minor=81)
    over = proposal_in("waitlisted", "over", waits_at=2, until=TODAY - timedelta(days=1))
    mine = proposal_in("waitlisted", "mine", waits_at=3)
    round = round_in("executing", balances={"authority.allotted/grants": 80})
    said: dict[str, Any] = {"waiting": (mine, over, big), "proposed_minor": 0}
    early = round_in("deliberated", balances=round.balances)
    assert refused(waiting.promote, mine, round=early, **said) == ["S16.round"]
    waiting.promote(mine, round=round, by=mandate("leader"), **said)
    assert (mine.stage, mine.amount_minor, big.waits_at) == ("proposed", 80, 1)


def test_a_wait_ends_after_its_last_day_and_the_pledge_with_it() -> None:
    pledged = {"match.pledged": 20, "match.counterpart": -20}
    proposal = proposal_in("waitlisted", balances=pledged)
    assert refused(waiting.expire_wait, proposal) == ["S27.until"]
    proposal.until = TODAY - timedelta(days=1)
    by = mandate("clock")
    waiting.expire_wait(proposal, by=by)
    assert codes(by) == [("P15r", 20)]


def test_nobody_decides_on_the_list_or_the_exclusion_of_an_own_organisation() -> None:
    mine = Mandate(
        actor=Actor(id="person:a", role="leader", place={"code": DISTRICT}), effective_at=NOW,
        recorded_at=NOW, day=TODAY, command_id="c", salt=lambda: "0" * 32,
        interests=frozenset({"partner"}),
    )  # fmt: skip
    joint: dict[str, Any] = {"partners": ("partner",)}
    round = round_in("on_notice", balances={"authority.allotted/grants": 80})
    up: dict[str, Any] = {"waiting": (), "round": round, "proposed_minor": 0, "by": mine}
    assert refused(waiting.promote, proposal_in("waitlisted", **joint), **up) == ["S16.interest"]
    place: dict[str, Any] = {"waits_at": 1, "waiting": (), "round": round_in("reviewing")}
    found = refused(waiting.waitlist, proposal_in("scored", **joint), by=mine, **place)
    assert found == ["S14.interest"]
    out: dict[str, Any] = {"basis": "false_material", "heard_on": TODAY, "hearing": "认"}
    found = refused(waiting.disqualify, proposal_in("scored", **joint), by=mine, **out)
    assert found == ["S25.interest"]


def test_an_applicant_is_heard_before_it_is_shut_out_and_what_was_held_comes_back() -> None:
    said: dict[str, Any] = {"basis": "false_material", "hearing": "否认"}
    proposal = proposal_in("on_notice", amount_minor=80)
    tomorrow = TODAY + timedelta(days=1)
    assert refused(waiting.disqualify, proposal, heard_on=tomorrow, **said) == ["S25.heard"]
    by = mandate("leader")
    waiting.disqualify(proposal, heard_on=TODAY, by=by, **said)
    assert codes(by) == [("P4r", 80)]


def test_a_partner_consents_in_an_open_round_to_the_words_as_they_stand() -> None:
    partner = Organisation(id="b", stage="registered", name="乙", uscc="52")
    proposal = proposal_in("draft", partners=("b",))
    missing = joining.all_consent(proposal, (partner,))
    assert missing is not None
    assert missing.rule == "S3.consent"
    said: dict[str, Any] = {"round": round_in("intake_closed"), "partner": partner}
    assert refused(joining.consent, proposal, **said) == ["S3b.round"]
    stranger = Organisation(id="c", stage="historical", name="丙")
    said = {"round": round_in("open"), "partner": stranger}
    assert refused(joining.consent, proposal, **said) == ["S3b.partner", "S3b.live"]
    joining.consent(proposal, partner=partner, round=round_in("open"), by=mandate())
    assert joining.all_consent(proposal, (partner,)) is None
    proposal.consents = (Consent("b", "an older content"),)
    assert joining.all_consent(proposal, (partner,)) is not None


def test_years_of_registration_keep_out_who_is_only_filed() -> None:
    asks = rules(eligibility=[{"rule": "registered", "years": 1}])
    filed = Organisation(id="o", stage="filed", name="备案", fiscal_agent="a")
    known: dict[str, Any] = {"stage": "registered", "registered_on": date(2025, 3, 2)}
    registered = Organisation(id="o", name="登记", uscc="52", **known)
    free = rules(eligibility=[{"rule": "registered", "years": 0}])
    assert given(may_apply("S3", filed, round_in("open", asks), TODAY)) == ["S3.registered"]
    assert given(may_apply("S3", filed, round_in("open", free), TODAY)) == []
    assert given(may_apply("S3", registered, round_in("open", asks), TODAY)) == []


@pytest.mark.parametrize(
    ("tie_break", "order"),
    [
        ((), ["a", "b", "c"]),
        (("match", "requested"), ["c", "b", "a"]),
        (("requested", "match"), ["b", "c", "a"]),
        (("capacity", "requested"), ["b", "a", "c"]),
    ],
)
def test_ties_are_broken_in_the_order_of_the_round(
    tie_break: tuple[Any, ...], order: list[str]
) -> None:
    equal = [
        proposal_in("scored", "c", score_milli=80_000, match_minor=40, requested_minor=80),
        proposal_in("scored", "a", score_milli=80_000, match_minor=20, requested_minor=80),
        proposal_in("scored", "b", score_milli=80_000, match_minor=20, requested_minor=70),
    ]
    best = proposal_in("scored", "z", score_milli=80_001)
    left = proposal_in("withdrawn", "y", score_milli=99_000)
    if tie_break == ("capacity", "requested"):
        equal[0].requested_minor = 81
    found = ranked([*equal, best, left], tie_break)
    assert [each.proposal for each in found] == ["z", *order]
    assert [each.rank for each in found] == [1, 2, 3, 4]
