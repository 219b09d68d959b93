"""Decisions on things as they may stand, where the path of one grant does not lead."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter

from domain.eligibility import may_apply
from domain.envelope import Actor
from domain.errors import Reason, Refusal
from domain.funds.fund import Fund
from domain.grants import agreement, closing, reporting
from domain.grants.costs import Cost, CostStage
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.ledger import Move
from domain.organisations import Organisation
from domain.proposals import judgement, submission
from domain.proposals.content import BudgetLine
from domain.proposals.proposal import Proposal
from domain.rounds import call, decision
from domain.rounds.round import Round
from domain.rounds.rules import Ranked, Rules
from domain.tranches import clearing, payment
from domain.tranches.tranche import Tranche
from tests.district import DISTRICT, RULES

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def mandate(role: str = "finance_approver", person: str = "person:a") -> Mandate:
    """Somebody who acts today."""
    return Mandate(
        actor=Actor(id=person, role=role, place={"code": DISTRICT}),
        effective_at=NOW,
        recorded_at=NOW,
        day=TODAY,
        command_id="c",
        salt=lambda: "0" * 32,
    )


def standing(kind: type[Any], **state: Any) -> Any:
    """A thing with that state, as records would have left it."""
    return kind(id="x", currency="CNY", **state)


def round_in(stage: str, asks: Rules | None = None, **state: Any) -> Round:
    rules = asks or TypeAdapter(Rules).validate_python(RULES)
    found: Round = standing(Round, stage=stage, rules=rules, fund="f", place=DISTRICT, **state)
    return found


def fund(**balances: int) -> Fund:
    kept = {f"cash.{name}": minor for name, minor in balances.items()}
    found: Fund = standing(Fund, stage="active", place=DISTRICT, balances=kept)
    return found


def active_grant(**state: Any) -> Grant:
    found: Grant = standing(
        Grant, stage="active", manager="person:m", account="account:1", amount_minor=100, **state
    )
    return found


def tranche_in(stage: str) -> Tranche:
    found: Tranche = standing(
        Tranche,
        stage=stage,
        grant="x",
        amount_minor=100,
        condition="signature",
        account="account:1",
    )
    return found


def given(reasons: Any) -> list[str]:
    return [reason.rule for reason in reasons if isinstance(reason, Reason)]


def refused(decide: Any, *things: Any, **said: Any) -> list[str]:
    """The rules that refuse; the thing made no record."""
    by = said.setdefault("by", mandate())
    with pytest.raises(Refusal) as caught:
        decide(*things, **said)
    assert by.records == []
    return given(caught.value.reasons)


def test_a_grant_is_activated_with_exactly_what_is_reserved_for_it() -> None:
    grant = standing(Grant, stage="signed", amount_minor=100, fund="f", round="r")
    said: dict[str, Any] = {"organisation": standing(Organisation), "fund": fund()}
    assert refused(agreement.activate, grant, reserved_minor=99, **said) == ["G3.reserved"]


def test_a_filed_organisation_needs_an_agent_and_its_agreement_a_custody_account() -> None:
    filed = standing(Organisation, stage="filed", name="巧手坊")
    round = round_in("open")
    assert given(may_apply("S3", filed, round, TODAY)) == ["S3.agent"]
    filed.fiscal_agent = "agent"
    assert given(may_apply("S3", filed, round, TODAY)) == []
    terms = agreement.Terms(
        document="d", account="account:1", starts=TODAY, ends=date(2026, 4, 1), midterm=None
    )
    signing = agreement.may_sign(standing(Grant), filed, None, terms, round=round, by=mandate())
    assert given(signing) == ["G2.custody", "G2.custody_account"]


def test_history_may_not_apply() -> None:
    past = standing(Organisation, stage="historical")
    assert given(may_apply("S3", past, round_in("open"), TODAY)) == ["S3.live"]


def test_a_payment_is_approved_within_what_is_committed_and_not_yet_owed() -> None:
    balances = {"authority.committed": 150, "cash.payables": -51}
    grant = active_grant(balances=balances)
    things = {"grant": grant, "fund": fund(bank=1_000), "round": round_in("executing")}
    things["organisation"] = standing(Organisation)
    account: dict[str, Any] = {"calendar": None, "proof": None}
    assert refused(clearing.approve, tranche_in("checked"), **things, **account) == ["T4.committed"]


def test_a_payment_is_sent_only_if_the_bank_holds_it() -> None:
    things = {"grant": active_grant(), "fund": fund(bank=99), "round": round_in("executing")}
    said = {"batch": "1", "bank_ref": "1", "organisation": standing(Organisation), **things}
    assert refused(payment.send, tranche_in("approved"), **said) == ["T5.bank"]


@pytest.mark.parametrize(
    ("state", "rule"),
    [
        ({"stage": "final_due"}, "T1.grant"),
        ({"manager": ""}, "T1.condition"),
        (
            {
                "costs": (
                    Cost(no=1, line="a", amount_minor=1, voucher="1", description="a",
                         stage=CostStage.QUESTIONED),
                )
            },
            "T1.questioned",
        ),
    ],
)  # fmt: skip
def test_a_tranche_waits_for_stage_condition_and_answers(state: dict[str, Any], rule: str) -> None:
    grant = active_grant()
    for name, value in state.items():
        setattr(grant, name, value)
    things = {"grant": grant, "round": round_in("executing")}
    things["organisation"] = standing(Organisation)
    assert refused(payment.make_eligible, tranche_in("planned"), **things) == [rule]


@pytest.mark.parametrize(("grade", "met"), [("", False), ("fail", False), ("pass", True)])
def test_the_last_tranche_waits_for_a_grade_that_is_no_fail(grade: str, met: bool) -> None:
    assert active_grant(grade=grade).met("final") is met


def test_a_ranking_stays_within_the_budget() -> None:
    round = round_in("reviewing", balances={"authority.allotted/grants": 100})
    ranking = (Ranked("p", 1, 90_000, 60), Ranked("q", 2, 80_000, 41))
    said = {"ranking": ranking, "waitlist": (), "under_review": 0, "has_deliberated": True}
    assert refused(decision.fix_ranking, round, **said) == ["R8.allotted"]


def test_a_round_that_is_history_has_no_rules() -> None:
    assert refused_property() == ["R1.rules"]


def refused_property() -> list[str]:
    with pytest.raises(Refusal) as caught:
        _ = standing(Round, stage="historical").asks
    return given(caught.value.reasons)


@pytest.mark.parametrize(
    ("decide", "said", "rule"),
    [
        (judgement.record_score,
         {"method": "mean", "score_milli": 0, "better": 0, "locked": 1, "unlocked": 0,
          "spread_milli": 0, "has_third": False},
         "S11.round"),
        (judgement.decline, {"feedback": "否"}, "S15.round"),
        (judgement.propose_award,
         {"amount_minor": 0, "conditions": (), "proposed_minor": 0}, "S13.round"),
    ],
)  # fmt: skip
def test_proposals_are_judged_while_their_round_is_reviewed(
    decide: Any, said: dict[str, Any], rule: str
) -> None:
    stage = "under_review" if decide is judgement.record_score else "scored"
    proposal = standing(Proposal, stage=stage, budget=(BudgetLine(line="a", amount_minor=1),))
    assert refused(decide, proposal, round=round_in("on_notice"), **said) == [rule]


def test_match_money_that_is_still_pledged_keeps_a_grant_open() -> None:
    grant = standing(Grant, stage="settling")
    assert refused(closing.close, grant, pledged_minor=1, is_claimed=False, left=()) == [
        "G19.pledged"
    ]


def test_a_cost_that_exceeds_what_was_paid_is_posted_when_it_is_paid() -> None:
    cost = Cost(no=1, line="a", amount_minor=80, voucher="1", description="a")
    budget = (BudgetLine(line="a", amount_minor=100),)
    grant = active_grant(costs=(cost,), budget=budget, balances={"cash.advances": 60}, fund="f")
    by = mandate()
    reporting.accept_costs(grant, lines=(1,), tranches=(), round=round_in("executing"), by=by)
    assert (grant.balance("cash.grant_expense"), grant.unpaid_minor) == (60, 20)
    grant.add([Move("cash.advances", 40)])
    reporting.post_accepted_costs(grant, tranches=(), by=by)
    assert (grant.balance("cash.grant_expense"), grant.unpaid_minor) == (80, 0)


def test_a_disallowed_cost_first_takes_from_what_was_never_paid() -> None:
    cost = Cost(no=1, line="a", amount_minor=80, voucher="1", description="a",
                stage=CostStage.QUESTIONED, accepted=True, raiser="person:r")  # fmt: skip
    grant = active_grant(
        costs=(cost,), unpaid_minor=20, balances={"cash.grant_expense": 60}, fund="f"
    )
    by = mandate()
    reporting.disallow_cost(grant, cost=1, reply="否", tranches=(), by=by)
    assert (grant.unpaid_minor, grant.balance("cash.recoverable")) == (0, 60)
    assert [p.code for p in by.records[0].postings] == ["P9b"]


def test_a_withdrawal_gives_back_what_was_held_and_what_was_pledged() -> None:
    proposal = standing(
        Proposal, stage="on_notice", amount_minor=80, fund="f", round="r",
        balances={"match.pledged": 20, "match.counterpart": -20},
    )  # fmt: skip
    by = mandate("legal_representative")
    submission.withdraw(proposal, by=by)
    assert [(p.code, p.amount_minor) for p in by.records[0].postings] == [("P4r", 80), ("P15r", 20)]
    assert proposal.balance("match.pledged") == 0


def test_a_call_cannot_open_before_its_time() -> None:
    round = round_in("published", opens=datetime(2026, 3, 2, 2, tzinfo=UTC))
    assert refused(call.open, round) == ["R4.time"]
