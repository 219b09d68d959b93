"""Every guard of an order: refused by its rule, and permitted where the guard holds."""

from __future__ import annotations

from typing import Any

import pytest

from application.principals import Held
from tests.application.refusing import refused, rules
from tests.district import DISTRICT, RULES, District
from tests.ordered import (
    accept,
    approve,
    close,
    confirm,
    draft,
    send,
    sign,
    with_evaluated_round,
)
from tests.played import ACCOUNT, Path, with_award_proposed, with_fund
from tests.played_to_end import with_grant_closed

DELIVERY: dict[str, Any] = {"proof": "document:proof", "invoice_no": "I7", "account": ACCOUNT}
ORDER: dict[str, Any] = {
    "kind": "service", "purpose": "评估服务", "payee": "某评估公司", "account": ACCOUNT,
    "amount_minor": 1_000,
}  # fmt: skip


def refusal_of(path: Path, who: str, verb: str, order: str, **fields: Any) -> list[str]:
    """The rules that refuse a step of an order."""
    return rules(refused(path.district, who, "orders", verb, order, **fields))


def freeze(path: Path) -> None:
    path.tell("oversight_officer", "funds", "freeze", path.fund, decision="决定1号", reason="核查")


def signed(path: Path, amount_minor: int = 300_000, **source: Any) -> str:
    order = draft(path, amount_minor, **source)
    approve(path, order)
    sign(path, order)
    return order


def accepted(path: Path, amount_minor: int = 300_000) -> str:
    order = signed(path, amount_minor)
    accept(path, order, amount_minor)
    return order


@pytest.mark.parametrize("source", [{}, {"round": "r"}, {"line": "grants"}])
def test_an_order_names_one_pool(district: District, source: dict[str, str]) -> None:
    with_fund(district)
    refusal = refused(district, "fund_manager", "orders", "draft", **ORDER, **source)
    assert rules(refusal) == ["Q1.source"]


def test_an_order_does_not_name_two_pools(district: District) -> None:
    path = with_evaluated_round(district)
    both = {"round": path.round, "line": "grants", "fund": path.fund}
    assert rules(refused(district, "fund_manager", "orders", "draft", **ORDER, **both)) == [
        "Q1.source"
    ]


def test_an_order_names_a_line_that_the_round_has(district: District) -> None:
    path = with_evaluated_round(district)
    wrong = {"round": path.round, "line": "organiser"}
    assert rules(refused(district, "fund_manager", "orders", "draft", **ORDER, **wrong)) == [
        "Q1.line"
    ]
    assert draft(path, 1_000, line="evaluation")


def test_a_round_without_a_budget_pays_for_nothing(district: District) -> None:
    path = with_evaluated_round(district)
    with_none = path.tell(
        "round_secretary", "rounds", "plan", no="3", title="t", kind="micro", place=DISTRICT,
        rules=RULES,
    )  # fmt: skip
    source = {"round": with_none, "line": "grants"}
    assert rules(refused(district, "fund_manager", "orders", "draft", **ORDER, **source)) == [
        "Q1.budget"
    ]


def test_a_round_that_has_ended_pays_for_nothing(district: District) -> None:
    path = with_grant_closed(district)
    path.tell("district_officer", "rounds", "close", path.round)
    source = {"round": path.round, "line": "grants"}
    assert rules(refused(district, "fund_manager", "orders", "draft", **ORDER, **source)) == [
        "Q1.round"
    ]


def test_who_drafts_an_order_approves_none_of_it(district: District) -> None:
    path = with_fund(district)
    own = draft(path, 1_000, who="fund_manager")
    assert refusal_of(path, "fund_manager", "approve", own) == ["Q2.drafter"]
    approve(path, draft(path, 1_000))


def test_who_belongs_to_the_payee_neither_approves_nor_accepts(district: District) -> None:
    path = with_fund(district)
    insider = Held("applicant", organisation=path.organisation)
    district.person("cousin", Held("fund_manager", DISTRICT), insider)
    order = draft(path, 1_000, organisation=path.organisation)
    assert refusal_of(path, "cousin", "approve", order) == ["Q2.interest"]
    approve(path, order)
    district.person("brother", Held("district_officer", DISTRICT), insider)
    assert refusal_of(path, "brother", "sign", order, document="d") == ["Q3.interest"]
    sign(path, order)
    assert refusal_of(
        path, "cousin", "accept-delivery", order, amount_minor=1, **DELIVERY
    ) == ["Q4.interest"]  # fmt: skip


def test_an_order_takes_no_more_than_its_line_holds(district: District) -> None:
    path = with_evaluated_round(district)
    whole, more = (draft(path, minor, line="evaluation") for minor in (500_000, 500_001))
    assert refusal_of(path, "fund_manager", "approve", more) == ["Q2.pool"]
    approve(path, whole)
    assert refusal_of(path, "fund_manager", "approve", draft(path, 1, line="evaluation")) == [
        "Q2.pool"
    ]


def test_an_order_takes_no_more_than_the_fund_has_available(district: District) -> None:
    path = with_evaluated_round(district)
    assert refusal_of(path, "fund_manager", "approve", draft(path, 289_500_001)) == ["Q2.pool"]
    approve(path, draft(path, 289_500_000))


def test_an_order_leaves_what_is_proposed_for_awards_in_the_line_for_grants(
    district: District,
) -> None:
    path = with_award_proposed(district)
    more, rest = (draft(path, minor, line="grants") for minor in (42_000_001, 42_000_000))
    assert refusal_of(path, "fund_manager", "approve", more) == ["Q2.pool"]
    approve(path, rest)
    path.tell(
        "district_officer", "rounds", "publish-notice", path.round, starts=district.today,
        ends=district.today.replace(day=28), contact="0431",
    )  # fmt: skip


def test_a_frozen_fund_neither_approves_signs_accepts_nor_sends(district: District) -> None:
    path = with_fund(district)
    drafted, ready, delivered = draft(path, 1_000), signed(path), accepted(path)
    unsigned = draft(path, 1_000)
    approve(path, unsigned)
    freeze(path)
    said = {"amount_minor": 1, **DELIVERY}
    assert refusal_of(path, "fund_manager", "approve", drafted) == ["Q2.fund"]
    assert refusal_of(path, "district_officer", "sign", unsigned, document="d") == ["Q3.fund"]
    assert refusal_of(path, "fund_manager", "accept-delivery", ready, **said) == ["Q4.fund"]
    sent = {"batch": "1", "bank_ref": "R"}
    assert refusal_of(path, "cashier", "send", delivered, **sent) == ["Q5.fund"]
    path.tell("leader", "funds", "unfreeze", path.fund, reason="已查清")
    send(path, delivered)
    freeze(path)
    confirm(path, delivered, 300_000)


def test_no_more_is_accepted_than_was_ordered(district: District) -> None:
    path = with_fund(district)
    order = signed(path)
    said = {**DELIVERY, "amount_minor": 300_001}
    assert refusal_of(path, "fund_manager", "accept-delivery", order, **said) == ["Q4.committed"]
    accept(path, order, 300_000)


def test_nothing_is_accepted_that_the_free_cash_does_not_cover(district: District) -> None:
    path = with_fund(district, paid_in=300_000)
    first, second = signed(path, 200_000), signed(path, 100_001)
    accept(path, first, 200_000)
    said = {**DELIVERY, "amount_minor": 100_001}
    assert refusal_of(path, "fund_manager", "accept-delivery", second, **said) == ["Q4.cash"]
    accept(path, second, 100_000)


def test_an_invoice_with_another_account_is_not_accepted(district: District) -> None:
    path = with_fund(district)
    order = signed(path)
    said = {**DELIVERY, "amount_minor": 1, "account": "account:mine"}
    assert refusal_of(path, "fund_manager", "accept-delivery", order, **said) == ["Q4.account"]


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"amount_minor": 300_001}, "Q6.amount"),
        ({"account": "account:mine"}, "Q6.account"),
        ({"value_date": "2026-03-03"}, "Q6.value_date"),
    ],
)
def test_a_bank_line_that_is_about_something_else_confirms_nothing(
    district: District, wrong: dict[str, Any], rule: str
) -> None:
    path = with_fund(district)
    order = accepted(path)
    send(path, order)
    line = {"bank_txn": "X", "value_date": "2026-03-02", "amount_minor": 300_000}
    said = {**line, "account": ACCOUNT, **wrong}
    assert refusal_of(path, "reconciler", "confirm", order, **said) == [rule]
    confirm(path, order, 300_000)


def test_a_round_is_not_closed_over_an_order_that_goes_on(district: District) -> None:
    path = with_grant_closed(district)
    order = draft(path, 1_000, line="organiser")
    refusal = refused(district, "district_officer", "rounds", "close", path.round)
    assert rules(refusal) == ["R12.orders"]
    path.tell("finance_approver", "orders", "cancel", order, reason="不需要")
    path.tell("district_officer", "rounds", "close", path.round)


def test_a_fund_is_not_wound_up_over_an_order_that_goes_on(district: District) -> None:
    path = with_fund(district)
    order = draft(path, 1_000)
    refusal = refused(district, "finance_approver", "funds", "start-closing", path.fund)
    assert rules(refusal) == ["F11.orders"]
    path.tell("finance_approver", "orders", "cancel", order, reason="不需要")
    path.tell("finance_approver", "funds", "start-closing", path.fund)


def test_a_month_is_not_closed_over_the_payment_of_an_order_at_the_bank(
    district: District,
) -> None:
    path = with_fund(district)
    order = accepted(path)
    send(path, order)
    district.wait(days=31)
    month = ("finance_approver", "funds", "close-period", path.fund)
    assert rules(refused(district, *month, period="2026-03")) == ["F9a.reconciled"]
    confirm(path, order, 300_000)
    close(path, order)
    path.pair("finance_approver", "reconciler", *month[1:], period="2026-03")
