"""The rules of amendments: each refused, and its twin."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

import pytest

from application.principals import Held
from domain.custody import CustodyAccount
from domain.funds.fund import Fund
from domain.grants.changes import Around, Changes, changes_payee, has_money
from domain.grants.changing import nothing_left_open
from domain.grants.grant import Grant
from domain.organisations import Organisation
from domain.proposals.content import BudgetLine
from domain.rounds.round import Round
from tests.application.cases import Step, with_amendment, with_payment_sent
from tests.application.verdicts import verdict
from tests.district import DISTRICT, RULES, District
from tests.played import Path
from tests.played_to_end import (
    found,
    pay,
    with_agreement_signed,
    with_costs_accepted,
    with_final_evaluated,
    with_grant_active,
    with_midterm_passed,
)

Fields = dict[str, Any]
BUDGET = [{"line": "activity", "amount_minor": 10_000_000}]
LINES = [
    {"line": "activity", "amount_minor": 9_500_000},
    {"line": "management", "amount_minor": 500_000},
]
LARGER = [{"line": "activity", "amount_minor": 12_500_000}]


def with_midterm_due(district: District) -> Path:
    path = with_grant_active(district)
    district.wait(days=115)
    return path


def with_frozen_fund(district: District) -> Path:
    path = with_grant_active(district)
    path.tell("oversight_officer", "funds", "freeze", path.fund, decision="1", reason="查")
    return path


def parts(*amounts: tuple[int, int]) -> list[Fields]:
    return [{"no": no, "amount_minor": minor} for no, minor in amounts]


REQUESTS: list[tuple[Step, Fields, str, Fields]] = [
    (with_agreement_signed, {"scope": "改"}, "M1.grant", {}),
    (with_final_evaluated, {"scope": "改"}, "M1.grant", {}),
    (with_amendment, {"scope": "改"}, "M1.once", {}),
    (with_grant_active, {}, "M1.changes", {"scope": "改"}),
    (with_grant_active, {"ends": "2026-01-01"}, "M1.ends M1.midterm_within",
     {"ends": "2026-12-01"}),
    (with_grant_active, {"ends": "2026-07-15"}, "M1.midterm_within", {"ends": "2026-07-16"}),
    (with_grant_active, {"midterm": "2026-10-31"}, "M1.midterm_within", {"midterm": "2026-10-30"}),
    (with_grant_active, {"midterm": "2026-03-01"}, "M1.midterm", {"midterm": "2026-07-01"}),
    (with_midterm_due, {"midterm": "2026-10-01"}, "M1.midterm", {"ends": "2026-12-01"}),
    (with_midterm_passed, {"midterm": "2026-10-01"}, "M1.midterm", {"ends": "2026-12-01"}),
    (with_grant_active, {"budget": BUDGET * 2}, "M1.lines", {"budget": BUDGET}),
    (with_costs_accepted, {"budget": [{"line": "other", "amount_minor": 10_000_000}]}, "M1.lines",
     {"budget": BUDGET}),
    (with_grant_active, {"budget": LINES}, "M1.needless", {"budget": LINES, "scope": "改"}),
    (with_grant_active,
     {"budget": [{**LINES[0], "amount_minor": 8_900_000}, {**LINES[1], "amount_minor": 1_100_000}]},
     "M1.line_cap", {"budget": BUDGET}),
    (with_costs_accepted, {"tranches": parts((1, 4_800_001))}, "M1.planned M1.sum",
     {"tranches": parts((2, 3_200_000))}),
    (with_grant_active, {"tranches": parts((2, 3_200_000), (2, 3_200_000))}, "M1.planned",
     {"tranches": parts((2, 3_200_000))}),
    (with_costs_accepted, {"amount_minor": 7_000_000, "tranches": parts((2, 2_200_001))}, "M1.sum",
     {"amount_minor": 7_000_000, "tranches": parts((2, 2_200_000))}),
    (with_costs_accepted, {"amount_minor": 4_799_999, "tranches": parts((2, 0))},
     "M1.sum M1.down", {"amount_minor": 4_800_000, "tranches": parts((2, 0))}),
    (with_costs_accepted, {"amount_minor": 8_000_001, "tranches": parts((2, 3_200_001))},
     "M1.cap_percent",
     {"amount_minor": 8_000_001, "tranches": parts((2, 3_200_001)), "budget": LARGER}),
    (with_costs_accepted,
     {"amount_minor": 10_000_001, "tranches": parts((2, 5_200_001)),
      "budget": [{"line": "activity", "amount_minor": 13_000_000}]},
     "M1.cap",
     {"amount_minor": 10_000_000, "tranches": parts((2, 5_200_000)), "budget": LARGER}),
    (with_frozen_fund,
     {"amount_minor": 8_000_001, "added": [{"amount_minor": 1, "condition": "final"}],
      "budget": LARGER}, "M1.fund",
     {"amount_minor": 7_000_000, "tranches": parts((2, 2_200_000))}),
    (with_grant_active, {"party": "somebody"}, "M1.new_party", {"scope": "改"}),
    (with_grant_active, {"account": "account:1"}, "M1.account", {"account": "account:2"}),
    (with_payment_sent, {"account": "account:2"}, "M1.sent", {"scope": "改"}),
]  # fmt: skip


@pytest.mark.parametrize(("step", "wrong", "rule", "right"), REQUESTS)
def test_what_cannot_be_amended_is_refused_and_what_can_is_taken(
    standing: Callable[[Step], Path], step: Step, wrong: Fields, rule: str, right: Fields
) -> None:
    path = standing(step)
    said = {"grant": path.grant, "reason": "变更"}
    asked = verdict(path, "legal", "amendments", "request", **said, **wrong)
    assert asked == rule.split()
    if right:
        assert verdict(path, "fund_manager", "amendments", "request", **said, **right) == []


def test_more_is_granted_only_from_what_the_round_has_left_beside_what_others_are_to_get(
    standing: Callable[[Step], Path],
) -> None:
    path = standing(with_grant_active)
    round = copy(found(path, f"round:{path.round}"))
    round.balances = {"authority.allotted/grants": 700_000}
    around = Around(
        grant=found(path, f"grant:{path.grant}"),
        organisation=found(path, f"organisation:{path.organisation}"),
        custody=None,
        tranches=(),
        round=round,
        fund=found(path, f"fund:{path.fund}"),
        proposed_minor=200_000,
    )
    budget = (BudgetLine(line="activity", amount_minor=12_500_000),)
    for minor, given in ((8_500_001, ["M2.allotted"]), (8_500_000, [])):
        reasons = has_money("M2", Changes(amount_minor=minor, budget=budget), around)
        assert [reason.rule for reason in reasons if reason] == given


@pytest.mark.parametrize(
    ("uscc", "named", "given"),
    [
        ("", "x", ["M2.new_party", "M2.custody_account"]),
        ("52", "another", ["M2.new_party"]),
        ("52", None, ["M2.party"]),
        ("52", "x", []),
    ],
)
def test_a_filed_organisation_that_was_registered_becomes_the_party_with_its_own_account(
    uscc: str, named: str | None, given: list[str]
) -> None:
    grant = Grant(id="g", organisation="x", account="account:agent", custody_account="c")
    around = Around(
        grant=grant,
        organisation=Organisation(id="x", stage="filed", uscc=uscc),
        custody=CustodyAccount(id="c", stage="open", account="account:agent"),
        tranches=(),
        round=Round(id="r"),
        fund=Fund(id="f"),
        proposed_minor=0,
    )
    changes = Changes(party=named, account="account:own")
    assert [reason.rule for reason in changes_payee("M2", changes, around) if reason] == given


def test_who_asked_for_an_amendment_does_not_agree_to_it(district: District) -> None:
    path = with_grant_active(district)
    two_hats = (Held("fund_manager", DISTRICT), Held("finance_approver", DISTRICT))
    district.person("two hats", *two_hats)
    asked = path.tell(
        "two hats", "amendments", "request", grant=path.grant, ends="2026-12-31", reason="延期"
    )
    waiting = path.tell("fund_manager", "amendments", "approve", asked)
    assert verdict(path, "two hats", "approvals", "approve", waiting) == ["M2.requester"]
    assert verdict(path, "finance_approver", "approvals", "approve", waiting) == []


def test_an_officer_of_the_grantee_agrees_to_no_amendment(district: District) -> None:
    path = with_amendment(district)
    mine = Held("applicant", organisation=path.organisation)
    district.person("relative", Held("fund_manager", DISTRICT), mine)
    asked = district.only("amendments")
    assert verdict(path, "relative", "amendments", "approve", asked) == ["M2.interest"]
    assert verdict(path, "fund_manager", "amendments", "approve", asked) == []


def test_what_was_asked_for_in_time_is_agreed_only_while_the_grant_may_change(
    district: District,
) -> None:
    path = with_grant_active(district)
    asked = path.tell(
        "legal", "amendments", "request", grant=path.grant, scope="增加", reason="变更"
    )
    assert verdict(path, "clock", "amendments", "withdraw", asked) == ["M4.stage"]
    assert verdict(path, "legal", "amendments", "withdraw", asked) == []
    path.tell("fund_manager", "amendments", "refuse", asked, reason="不需要")
    assert found(path, f"amendment:{asked}").stage == "refused"
    assert verdict(path, "legal", "amendments", "withdraw", asked) == ["M4.stage"]


def test_an_amount_is_agreed_by_finance_up_to_the_limit_and_by_a_leader_above(
    district: District,
) -> None:
    path = with_grant_active(district, rules={**RULES, "amendment_limit_minor": 1_000_000})
    for less, agreeing in ((1_000_000, "finance_approver"), (1_000_001, "leader")):
        asked = path.tell(
            "legal", "amendments", "request", grant=path.grant, reason="减少",
            amount_minor=8_000_000 - less, tranches=parts((2, 3_200_000 - less)),
        )  # fmt: skip
        waiting = path.tell("fund_manager", "amendments", "approve", asked)
        assert found(path, f"approval:{waiting}").roles == (agreeing,)
        path.tell("legal", "amendments", "withdraw", asked)


def test_a_grant_is_not_settled_while_an_amendment_waits(district: District) -> None:
    left = nothing_left_open("G18", Grant(id="g"), custody_minor=0, requested=1)
    assert [reason.rule for reason in left if reason] == ["G18.amendments"]
    path = with_midterm_passed(district)
    asked = path.tell(
        "legal", "amendments", "request", grant=path.grant, ends="2026-12-31", reason="延期"
    )
    pay(path)
    amendment = found(path, f"amendment:{asked}")
    district.wait(days=110)
    path.tell("legal", "grants", "submit-final", path.grant, results="完成")
    path.tell(
        "evaluator", "grants", "evaluate-final", path.grant,
        score_milli=92_000, satisfaction_percent=95, sample=30,
    )  # fmt: skip
    path.pair("finance_approver", "leader", "grants", "waive-audit", path.grant, reason="小")
    assert amendment.stage == "requested"
    assert found(path, f"amendment:{asked}").stage == "withdrawn"
    assert verdict(path, "fund_manager", "grants", "settle", path.grant) == []
