"""What may be lent by whom to whom, and that no loan puts both hands of a matter into one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from application.principals import Held
from tests.application.lent import SENT, come, lend, refusal_to_lend, refused_to_send, town, waiting
from tests.application.refusing import refused, rules
from tests.district import DISTRICT, District
from tests.played import with_submitted_proposal


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"role": "leader"}, "Y3.holder"),
        ({"place": "2201"[:4] + "03"}, "Y3.holder"),
        ({"to_person": "person:cashier"}, "Y3.other"),
        ({"until": date(2026, 3, 1), "starts": date(2026, 3, 1)}, "Y3.days"),
        ({"until": date(2026, 3, 3)}, "Y3.days"),
        ({"until": date(2027, 3, 5)}, "Y3.longest"),
        ({"role": "administrator", "holder": "person:administrator"}, "Y3.role"),
    ],
)
def test_a_role_is_lent_by_the_rules_only(
    district: District, said: dict[str, Any], rule: str
) -> None:
    path = town(district)
    district.person("leader", Held("leader", "22"))
    assert refusal_to_lend(path, **said) == [rule]
    assert lend(path, until=date(2027, 3, 4))


def test_nobody_lends_a_role_to_themselves(district: District) -> None:
    path = town(district)
    assert refusal_to_lend(path, to_person="person:leader") == ["Y3.hands"]
    assert lend(path, "district_officer", to_person="person:leader")


def test_a_lent_role_is_not_lent_on(district: District) -> None:
    path = town(district)
    district.person("second deputy")
    lend(path, role="leader", holder="person:leader", starts=district.today)
    come(district)
    assert refusal_to_lend(path, "deputy", to_person="person:second deputy") == ["Y3.lent"]
    assert refusal_to_lend(path, holder="person:deputy", role="leader") == [
        "Y3.holder", "Y3.other",
    ]  # fmt: skip


def test_only_leaders_and_district_officers_of_the_place_lend(district: District) -> None:
    path = town(district)
    assert refusal_to_lend(path, "cashier") == ["Y3.who"]
    district.person("leader elsewhere", Held("leader", "220103"))
    assert refusal_to_lend(path, "leader elsewhere") == ["Y3.who"]


def test_no_delegation_puts_both_hands_of_a_pair_into_one(district: District) -> None:
    path = town(district)
    assert refusal_to_lend(path, to_person="person:reconciler") == ["Y3.pair"]
    lend(path)
    second = {"role": "reconciler", "holder": "person:reconciler"}
    assert refusal_to_lend(path, **second) == ["Y3.pair"]
    assert lend(path, to_person="person:fund_manager")


def test_who_approved_an_order_does_not_send_it_in_a_lent_role(district: District) -> None:
    path = town(district)
    order = waiting(path)
    lend(path, to_person="person:fund_manager", starts=district.today)
    come(district, "fund_manager")
    assert refused_to_send(path, order, "fund_manager") == ["Q5.hands"]


def test_what_the_lender_did_counts_against_the_borrower(district: District) -> None:
    path = town(district)
    district.person("cashier", Held("round_secretary", DISTRICT), Held("cashier", DISTRICT))
    own, others = waiting(path, "cashier"), waiting(path)
    lend(path, starts=district.today)
    come(district)
    assert refused_to_send(path, own) == ["Q5.hands"]
    path.tell("deputy", "orders", "send", others, **SENT)


@pytest.mark.parametrize(
    ("first", "second"), [("round_secretary", "deputy"), ("deputy", "round_secretary")]
)
def test_lender_and_borrower_are_not_the_two_hands_of_a_pair(
    district: District, first: str, second: str
) -> None:
    path = with_submitted_proposal(district)
    district.person("deputy")
    path.tell("round_secretary", "proposals", "take-intake", path.proposal)
    today = district.today
    secretary: dict[str, Any] = {"role": "round_secretary", "holder": "person:round_secretary"}
    lend(path, **secretary, starts=today, until=today)
    come(district)
    said: dict[str, Any] = {"rule": "eligibility", "reason": "不符合资格"}
    prepared = district.tell(first, "proposals", "reject-intake", path.proposal, **said)

    refusal = refused(district, second, "approvals", "approve", prepared.id)

    assert rules(refusal) == ["W2.preparer"]
    path.tell("second_secretary", "approvals", "approve", prepared.id)
