"""Who steps out of a review: asked for by some, decided by others, and learnt by nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from application.principals import Held, Principal
from application.visibility import sight
from domain.errors import NotPermitted, Refusal
from domain.proposals.recusals import MOST_ASKED
from tests.application.cases import with_accepted_review
from tests.application.test_guards_of_proposals import points
from tests.district import DISTRICT, District
from tests.drawn import draw_panel
from tests.played import Path, with_checked_proposal

ASKED: dict[str, Any] = {"basis": "employment", "statement": "曾在申报单位任职"}
DECIDED: dict[str, Any] = {"basis": "employment", "reason": "应当回避"}


@pytest.fixture
def path(district: District) -> Path:
    """A reviewer who has accepted a proposal, and a second overseer."""
    path = with_accepted_review(district)
    district.person("second_overseer", Held("oversight_officer", DISTRICT))
    return path


@pytest.fixture
def review(path: Path) -> str:
    """The one review of the path."""
    return path.district.only("reviews")


def rules(path: Path, who: str, nouns: str, verb: str, id: str, **fields: Any) -> list[str]:
    """The rules that refuse the command."""
    with pytest.raises(Refusal) as refusal:
        path.tell(who, nouns, verb, id, **fields)
    return [reason.rule for reason in refusal.value.reasons]


def state(path: Path, noun: str, id: str) -> Any:
    """A thing as it stands."""
    with path.district.system.store.shelf() as shelf:
        return shelf.fetch([f"{noun}:{id}"])[f"{noun}:{id}"]


def test_an_overseer_grants_what_the_secretary_asked(path: Path, review: str) -> None:
    path.tell("round_secretary", "reviews", "request-recusal", review, **ASKED)
    path.tell("oversight_officer", "reviews", "recuse", review, **DECIDED)

    recused = state(path, "review", review)
    assert (recused.stage, recused.basis, recused.asked_by) == ("recused", "employment", "")


def test_an_overseer_refuses_with_a_reason_and_the_reviewer_goes_on(
    path: Path, review: str
) -> None:
    reason = {"reason": "离职已满五年"}
    overseer = ("oversight_officer", "reviews", "refuse-recusal", review)
    assert rules(path, *overseer, **reason) == ["V3b.requested"]
    path.tell("reviewer", "reviews", "request-recusal", review, **ASKED)
    path.tell("reviewer", "reviews", "start-scoring", review)
    sheet = points(need=90, plan=80)(path)
    assert rules(path, "reviewer", "reviews", "submit-score", review, **sheet) == ["V5a.request"]

    path.tell(*overseer, **reason)
    path.tell("reviewer", "reviews", "submit-score", review, **sheet)

    assert state(path, "review", review).total_milli == 84_000


def test_only_one_request_is_open_at_a_time(path: Path, review: str) -> None:
    path.tell("reviewer", "reviews", "request-recusal", review, **ASKED)
    again = ("round_secretary", "reviews", "request-recusal", review)
    assert rules(path, *again, **ASKED) == ["V3.open"]
    path.tell("oversight_officer", "reviews", "refuse-recusal", review, reason="无关")
    path.tell(*again, **ASKED)
    assert state(path, "review", review).asked_by == "person:round_secretary"


def test_nobody_decides_on_their_own_request(path: Path, review: str) -> None:
    """One person is secretary and overseer, which the roles allow."""
    both = (Held("oversight_officer", DISTRICT), Held("round_secretary", DISTRICT))
    path.district.person("both", *both)
    path.tell("both", "reviews", "request-recusal", review, **ASKED)

    assert rules(path, "both", "reviews", "recuse", review, **DECIDED) == ["V3a.hands"]
    refuse = {"reason": "无关"}
    assert rules(path, "both", "reviews", "refuse-recusal", review, **refuse) == ["V3b.hands"]
    path.tell("oversight_officer", "reviews", "recuse", review, **DECIDED)


def test_a_reviewer_steps_out_alone_and_has_no_other_step_out(path: Path, review: str) -> None:
    path.district.person("second_reviewer", Held("reviewer", DISTRICT))
    other = ("second_reviewer", "reviews")
    assert "V3.own" in rules(path, *other, "request-recusal", review, **ASKED)
    assert "V3a.own" in rules(path, *other, "recuse", review, **DECIDED)
    path.tell("reviewer", "reviews", "recuse", review, **DECIDED)
    assert state(path, "review", review).stage == "recused"


def test_an_overseer_of_the_organisation_does_not_decide(path: Path, review: str) -> None:
    roles = Held("oversight_officer", DISTRICT), Held("applicant", organisation=path.organisation)
    path.district.person("insider", *roles)
    path.tell("reviewer", "reviews", "request-recusal", review, **ASKED)
    assert rules(path, "insider", "reviews", "recuse", review, **DECIDED) == ["V3a.interest"]


def test_a_recused_reviewer_no_longer_opens_the_proposal(path: Path, review: str) -> None:
    """Neither what is proposed, nor its papers, nor what others think of it."""
    system = path.district.system
    questions = system.questions
    roles = Held("reviewer", DISTRICT), Held("evaluator", DISTRICT)
    people = Principal("person:reviewer", roles[:1]), Principal("person:reviewer", roles)
    other = Principal("person:other", roles)

    def opens(by: Principal, view: str, id: str) -> bool:
        return questions.one(view, sight(view, by), id) is not None

    assert all(opens(by, "proposals", path.proposal) for by in (*people, other))
    path.tell("oversight_officer", "reviews", "recuse", review, **DECIDED)

    assert [opens(by, "proposals", path.proposal) for by in (*people, other)] == [
        False, False, True,
    ]  # fmt: skip
    assert opens(people[0], "reviews", review)


def test_an_applicant_gets_the_same_answer_whoever_has_the_proposal(
    path: Path, review: str
) -> None:
    """The answers tell nobody apart: the one who has it, a stranger, somebody who is not there."""
    ask = ("applicant", "proposals", "ask-recusal", path.proposal)
    told = [
        path.district.tell(*ask, member=member, **ASKED)
        for member in ("person:reviewer", "person:leader", "person:no-such-person")
    ]
    steps = [answer.position - told[0].position for answer in told]
    assert steps == [0, 1, 2]
    assert {(answer.stage, answer.created, answer.prepared) for answer in told} == {
        ("under_review", False, False)
    }

    path.district.wait(hours=1)

    asked = state(path, "review", review)
    assert (asked.asked_by, asked.basis) == ("person:applicant", "employment")
    path.tell("oversight_officer", "reviews", "refuse-recusal", review, reason="查无此事")
    path.district.wait(hours=1)
    assert state(path, "review", review).asked_by == ""


def test_an_applicant_asks_once_of_a_person_and_not_of_everybody(path: Path) -> None:
    ask = ("applicant", "proposals", "ask-recusal", path.proposal)
    for number in range(MOST_ASKED):
        path.tell(*ask, member=f"person:{number}", **ASKED)
    assert rules(path, *ask, member="person:0", **ASKED) == ["V3c.once", "V3c.most"]
    assert rules(path, *ask, member="person:new", **ASKED) == ["V3c.most"]


def test_no_applicant_of_another_organisation_asks(path: Path, review: str) -> None:
    path.district.pretender("rival", Held("applicant", organisation="another"))
    ask = ("rival", "proposals", "ask-recusal", path.proposal)
    with pytest.raises(NotPermitted):
        path.tell(*ask, member="person:reviewer", **ASKED)
    with pytest.raises(NotPermitted):
        path.tell("applicant", "reviews", "request-recusal", review, **ASKED)


def test_a_score_that_was_handed_in_is_not_locked_before_the_request_is_decided(
    path: Path, review: str
) -> None:
    path.tell("reviewer", "reviews", "start-scoring", review)
    path.tell("reviewer", "reviews", "submit-score", review, **points(need=90, plan=80)(path))
    ask = ("applicant", "proposals", "ask-recusal", path.proposal)
    path.tell(*ask, member="person:reviewer", **ASKED)

    assert rules(path, "panel_chair", "reviews", "lock", review) == ["V6.requests"]
    path.district.wait(hours=1)
    assert rules(path, "panel_chair", "reviews", "lock", review) == ["V6.requests"]
    path.tell("oversight_officer", "reviews", "refuse-recusal", review, reason="查无此事")
    path.tell("panel_chair", "reviews", "lock", review)


def with_invitation(district: District) -> Path:
    """A drawn panel whose one member is invited, before review starts."""
    path = with_checked_proposal(district)
    district.wait(days=11)
    draw_panel(district, path.round, "person:reviewer")
    path.tell("round_secretary", "proposals", "admit", path.proposal)
    due = district.today + timedelta(days=3)
    path.tell("round_secretary", "reviews", "invite", district.only("reviews"), due=due)
    return path


def test_review_starts_when_every_recusal_is_decided(district: District) -> None:
    path = with_invitation(district)
    start = ("round_secretary", "rounds", "start-review", path.round)
    ask = ("applicant", "proposals", "ask-recusal", path.proposal)
    path.tell(*ask, member="person:reviewer", **ASKED)
    assert rules(path, *start) == ["R7.recusals"]
    district.wait(hours=1)
    assert rules(path, *start) == ["R7.recusals"]
    path.tell(
        "oversight_officer", "reviews", "refuse-recusal", district.only("reviews"), reason="无关"
    )
    path.tell(*start)


def test_review_does_not_start_while_a_place_on_the_panel_is_empty(district: District) -> None:
    path = with_invitation(district)
    path.tell("reviewer", "reviews", "recuse", district.only("reviews"), **DECIDED)
    start = ("round_secretary", "rounds", "start-review", path.round)
    assert rules(path, *start) == ["R7.recusals"]
