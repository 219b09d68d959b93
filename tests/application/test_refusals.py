"""Wrong stage, above a limit, closed: refused with rule and sentence, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from application.handlers import HANDLERS
from application.principals import Held
from tests.application.cases import (
    Case,
    Step,
    bank_line,
    says,
    with_empty_draft,
    with_large_draft,
    with_little_cash,
    with_payment_sent,
    with_planned_round,
)
from tests.application.refusing import check_refused, everybody, refused, refused_blank, rules
from tests.district import RULES, District
from tests.played import (
    Path,
    draft,
    with_fund,
    with_open_round,
    with_review_started,
    with_scored_proposal,
    with_submitted_proposal,
)
from tests.played_to_end import (
    with_grant_active,
    with_grant_closed,
    with_grant_settled,
)

WRONG_STAGE = [
    Case(with_fund, "finance_approver", "funds/open", "F1.stage",
         "fund in stage “active” does not allow “open”."),
    Case(with_open_round, "round_secretary", "rounds/start-review", "R7.stage",
         "round in stage “open” does not allow “start-review”."),
    Case(with_submitted_proposal, "applicant", "proposals/edit", "S2.stage",
         "proposal in stage “submitted” does not allow “edit”.", says(title="新")),
    Case(with_review_started, "panel_chair", "reviews/lock", "V6.stage",
         "review in stage “drawn” does not allow “lock”."),
    Case(with_grant_active, "fund_manager", "grants/activate", "G3.stage",
         "grant in stage “active” does not allow “activate”."),
    Case(with_grant_active, "cashier", "tranches/send", "T5.stage",
         "tranche in stage “eligible” does not allow “send”.", says(batch="1", bank_ref="1")),
]  # fmt: skip

ABOVE = [
    Case(with_planned_round, "fund_manager", "rounds/allot-budget", "R2.available",
         "3000000.01 CNY is more than the 3000000.00 CNY of “authority.available”.",
         lambda path: {"fund": path.fund,
                       "lines": [{"line": "grants", "amount_minor": 300_000_001}]}),
    Case(with_fund, "cashier", "funds/receive-contribution", "F3.appropriated",
         "3000000.01 CNY is more than the 3000000.00 CNY of “appropriation”.",
         says(contributor="财政局", source="appropriation", amount_minor=1, purposes=["创投"],
              bank_ref="B2")),
    Case(with_large_draft, "applicant", "proposals/submit", "S3.cap",
         "104000.00 CNY is more than the 100000.00 CNY of “cap”."),
    Case(with_little_cash, "finance_approver", "tranches/approve", "T4.cash",
         "48000.00 CNY is more than the 40000.00 CNY of “free_cash”."),
    Case(with_payment_sent, "reconciler", "tranches/confirm", "T6.amount",
         "The bank line has another amount than the tranche.", bank_line(amount_minor=4_800_001)),
    Case(with_grant_settled, "cashier", "grants/record-refund", "G23.recoverable",
         "40000.01 CNY is more than the 40000.00 CNY of “cash.recoverable”.",
         says(amount_minor=4_000_001, bank_ref="RF")),
]  # fmt: skip


@pytest.mark.parametrize("case", WRONG_STAGE + ABOVE, ids=lambda case: case.rule)
def test_a_command_against_a_rule_is_refused_with_rule_and_sentence(
    standing: Callable[[Step], Path], case: Case
) -> None:
    check_refused(standing(case.step), case)


def test_every_reason_is_named_at_once(standing: Callable[[Step], Path]) -> None:
    path = standing(with_empty_draft)
    refusal = refused(path.district, "applicant", "proposals", "submit", path.proposal)
    assert rules(refusal) == ["S3.complete", "S3.period", "S3.requested"]
    path = standing(with_scored_proposal)
    asked = {"amount_minor": 60_000_000}
    refusal = refused(
        path.district, "panel_chair", "proposals", "propose-award", path.proposal, **asked
    )
    assert rules(refusal) == ["S13.requested", "S13.cap", "S13.cap_percent", "S13.allotted"]


def test_awards_together_stay_within_the_budget_of_the_round(district: District) -> None:
    path = with_scored_proposal(district, rivals=6, rules={**RULES, "per_organisation_limit": 10})
    for rival in path.rivals:
        path.pair(
            "panel_chair", "leader", "proposals", "propose-award", rival, amount_minor=8_000_000
        )
    refusal = refused(
        district, "panel_chair", "proposals", "propose-award", path.proposal, amount_minor=2_000_001
    )
    assert [reason.sentence for reason in refusal.reasons] == [
        "500000.01 CNY is more than the 500000.00 CNY of “authority.allotted”."
    ]


def test_an_organisation_has_no_more_proposals_than_the_round_allows(district: District) -> None:
    path = with_submitted_proposal(district, rivals=1)
    refusal = refused(district, "applicant", "proposals", "submit", draft(path, "第三个"))
    assert [reason.sentence for reason in refusal.reasons] == [
        "An organisation may have 2 proposals in this round."
    ]


def test_a_round_without_joint_proposals_takes_no_partners(district: District) -> None:
    path = with_open_round(district, rules={**RULES, "joint_allowed": False})
    other = path.tell(
        "district_officer", "organisations", "import-filed", name="巧手坊", filing_no="备1",
        place="220102006", leader="person:x",
    )  # fmt: skip
    asked: dict[str, Any] = {
        "round": path.round,
        "organisation": path.organisation,
        "partners": [other],
    }
    refusal = refused(district, "applicant", "proposals", "draft", title="联合", **asked)
    assert rules(refusal) == ["S1.joint"]


def test_a_fund_of_a_place_that_the_role_does_not_reach_is_not_drawn_on(district: District) -> None:
    path = with_planned_round(district)
    manager = Held("fund_manager", "220102006")
    district.person("street_manager", manager)
    district.person("street_secretary", Held("round_secretary", "220102006"))
    asked = {"no": "2026-2", "title": "街道", "kind": "micro", "place": "220102006"}
    street = path.tell("street_secretary", "rounds", "plan", rules=RULES, **asked)
    lines = [{"line": "grants", "amount_minor": 1}]
    refusal = refused(
        district, "street_manager", "rounds", "allot-budget", street, fund=path.fund, lines=lines
    )
    assert rules(refusal) == ["R2.place"]


AFTER_THE_END = {"publish-result", "record-post-closeout"}
"""What may still be said of a grant that has ended."""


@pytest.mark.parametrize("verb", [verb for verb in HANDLERS["grant"] if verb not in AFTER_THE_END])
def test_a_closed_grant_takes_nothing_more(standing: Callable[[Step], Path], verb: str) -> None:
    path = standing(with_grant_closed)
    refusal = refused_blank(path.district, everybody(path), "grant", verb, path.grant)
    assert [reason.rule.partition(".")[2] for reason in refusal.reasons] == ["stage"]
