"""Stories of agreements that change while a grant runs; the books by hand, in fen."""

from __future__ import annotations

from typing import Any

import pytest

from application.questions import Moment
from domain.errors import Refusal
from tests.district import RULES, District
from tests.played import Path
from tests.played_to_end import (
    COSTS,
    found,
    pay,
    with_costs_accepted,
    with_first_tranche_paid,
    with_grant_active,
    with_midterm_passed,
)

LIMITED = {**RULES, "amendment_limit_minor": 1_000_000}
HELD_BACK = {
    **RULES,
    "tranches": [
        {"percent": 60, "condition": "signature"},
        {"percent": 30, "condition": "midterm"},
        {"percent": 10, "condition": "final"},
    ],
}
GIVEN = {
    "authority.source": -300_000_000, "authority.available": 249_000_000,
    "cash.income_appropriation": -300_000_000,
    "match.pledged": 2_000_000, "match.counterpart": -2_000_000,
}  # fmt: skip


def books(path: Path) -> dict[str, int]:
    """What the accounts of the fund hold, debit less credit, where they hold anything."""
    rows = path.district.system.questions.balances(Moment(), fund=path.fund)
    return {row.account: row.balance_minor for row in rows if row.balance_minor}


def plan(path: Path) -> list[tuple[int, int, str]]:
    """Number, amount and stage of each tranche."""
    tranches = [found(path, f"tranche:{id}") for id in path.district.all("tranches")]
    return [(tranche.no, tranche.amount_minor, tranche.stage) for tranche in tranches]


def ask(path: Path, **changes: Any) -> str:
    """An amendment that the organisation asks for."""
    said = {"reason": "情况变化", **changes}
    return path.tell("legal", "amendments", "request", grant=path.grant, **said)


PAID = {
    **GIVEN, "cash.bank": 295_200_000, "cash.advances": 4_800_000, "authority.spent": 4_800_000
}  # fmt: skip


def has_left(path: Path, allotted: int, committed: int) -> bool:
    """Whether the books hold what was paid, and these two beside it."""
    left = {"authority.allotted": allotted, "authority.committed": committed}
    return books(path) == {**PAID, **left}


def test_a_grant_is_amended_up_and_down(district: District) -> None:
    path = with_first_tranche_paid(district, rules=LIMITED)
    assert has_left(path, 43_000_000, 3_200_000)
    up = amended_up(path)
    assert has_left(path, 42_200_000, 4_000_000)
    down = amended_down(path)
    assert has_left(path, 44_200_000, 2_000_000)
    assert [found(path, f"amendment:{id}").no for id in (up, down)] == [1, 2]


def amended_up(path: Path) -> str:
    budget = [
        {"line": "activity", "amount_minor": 10_500_000},
        {"line": "management", "amount_minor": 500_000},
    ]
    tranches = [{"no": 2, "amount_minor": 4_000_000}]
    up = ask(path, amount_minor=8_800_000, tranches=tranches, budget=budget)
    with pytest.raises(Refusal) as second:
        ask(path, ends="2026-12-31")
    assert [reason.rule for reason in second.value.reasons] == ["M1.once"]
    path.pair("fund_manager", "finance_approver", "amendments", "approve", up)
    path.district.wait(hours=1)
    assert plan(path) == [(1, 4_800_000, "reconciled"), (2, 4_000_000, "planned")]
    grant = found(path, f"grant:{path.grant}")
    assert (grant.amount_minor, grant.budget[0].amount_minor) == (8_800_000, 10_500_000)
    return up


def amended_down(path: Path) -> str:
    """Down by 20,000 yuan is more than the limit of 10,000, so a leader agrees."""
    added = [{"amount_minor": 500_000, "condition": "final"}]
    tranches = [{"no": 2, "amount_minor": 1_500_000}]
    down = ask(path, amount_minor=6_800_000, tranches=tranches, added=added)
    waiting = path.tell("fund_manager", "amendments", "approve", down)
    with pytest.raises(Refusal):
        path.tell("finance_approver", "approvals", "approve", waiting)
    path.tell("leader", "approvals", "approve", waiting)
    path.district.wait(hours=1)
    assert plan(path) == [
        (1, 4_800_000, "reconciled"), (2, 1_500_000, "planned"), (3, 500_000, "planned")
    ]  # fmt: skip
    return down


def test_a_tranche_that_an_amendment_leaves_nothing_of_is_cancelled(district: District) -> None:
    path = with_first_tranche_paid(district)
    down = ask(path, amount_minor=4_800_000, tranches=[{"no": 2, "amount_minor": 0}])
    path.pair("fund_manager", "leader", "amendments", "approve", down)
    assert plan(path) == [(1, 4_800_000, "reconciled"), (2, 3_200_000, "cancelled")]
    assert "authority.committed" not in books(path)
    assert books(path)["authority.allotted"] == 46_200_000


def test_a_period_is_prolonged_and_the_grant_ends_on_the_new_day(district: District) -> None:
    path = with_grant_active(district)
    longer = ask(path, ends="2026-12-31", midterm="2026-08-31", scope="增加冬季活动")
    path.pair("fund_manager", "finance_approver", "amendments", "approve", longer)
    grant = found(path, f"grant:{path.grant}")
    assert (str(grant.ends), str(grant.midterm), grant.scope) == (
        "2026-12-31", "2026-08-31", "增加冬季活动"
    )  # fmt: skip
    while str(district.today) <= "2026-08-30":
        district.wait(days=7)
        stage = found(path, f"grant:{path.grant}").stage
        assert stage == ("active" if str(district.today) < "2026-08-31" else "midterm_due")


def test_an_amendment_nobody_decided_ends_when_the_period_is_over(district: District) -> None:
    path = with_midterm_passed(district)
    waiting = ask(path, ends="2026-12-31")
    district.wait(days=110)
    assert found(path, f"grant:{path.grant}").stage == "final_due"
    assert found(path, f"amendment:{waiting}").stage == "withdrawn"


def with_grade(district: District, score: int) -> Path:
    """Two tranches of three are paid, and the grant has its grade."""
    costs = [{**COSTS[0], "amount_minor": 8_000_000}, COSTS[1]]
    path = with_costs_accepted(district, rules=HELD_BACK, costs=costs)
    district.wait(days=115)
    path.tell("applicant", "grants", "submit-midterm", path.grant, report="中期报告")
    path.tell("evaluator", "grants", "record-midterm", path.grant, score_milli=85_000)
    district.wait(hours=1)
    pay(path)
    # 90,000 yuan of cost are accepted, and 72,000 are paid, of which nothing is left.
    before = {**GIVEN, "authority.allotted": 43_000_000, "authority.committed": 800_000}
    before |= {"authority.spent": 7_200_000, "cash.bank": 292_800_000}
    assert books(path) == {**before, "cash.grant_expense": 7_200_000}
    district.wait(days=110)
    path.tell("legal", "grants", "submit-final", path.grant, results="完成", surplus_minor=0)
    path.tell(
        "evaluator", "grants", "evaluate-final", path.grant,
        score_milli=score, satisfaction_percent=95, sample=30,
    )  # fmt: skip
    district.wait(hours=1)
    return path


@pytest.mark.parametrize(("score", "grade"), [(92_000, "excellent"), (10_000, "fail")])
def test_a_tranche_held_back_is_paid_on_the_final_grade_or_withheld_on_the_lowest(
    district: District, score: int, grade: str
) -> None:
    path = with_grade(district, score)
    assert found(path, f"grant:{path.grant}").grade == grade
    if grade == "fail":
        with pytest.raises(Refusal):
            pay(path)
        assert plan(path)[2] == (3, 800_000, "planned")
    else:
        pay(path)
        assert books(path)["cash.grant_expense"] == 8_000_000
    path.pair("finance_approver", "leader", "grants", "waive-audit", path.grant, reason="金额小")
    path.pair("fund_manager", "finance_approver", "grants", "settle", path.grant)

    after = {name: minor for name, minor in GIVEN.items() if "match" not in name}
    if grade == "fail":
        assert plan(path)[2] == (3, 800_000, "cancelled")
        after |= {"authority.allotted": 43_800_000, "authority.spent": 7_200_000}
        after |= {"cash.bank": 292_800_000, "cash.grant_expense": 7_200_000}
        # 80% of 90,000 yuan is what was paid, so nothing is due back.
    else:
        after |= {"authority.allotted": 43_000_000, "authority.spent": 8_000_000}
        after |= {"cash.bank": 292_000_000, "cash.grant_expense": 7_200_000}
        # 80% of 90,000 yuan is 72,000: the 8,000 beyond that are due back.
        after |= {"cash.recoverable": 800_000}
    assert books(path) == after
