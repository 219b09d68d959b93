"""A lent role: used in the lender's name, on its days only, and never for both hands of a matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from application.principals import Held
from domain.errors import Refusal
from domain.kernel import Record
from infrastructure.verify import verify
from tests.api.surface import Surface
from tests.application.refusing import refused, rules, stand_at
from tests.district import DISTRICT, District
from tests.ordered import accept, approve, draft, sign
from tests.played import Path, with_fund, with_submitted_proposal
from tests.played_to_end import found

FIRST, LAST = date(2026, 3, 4), date(2026, 3, 6)
"""The days of the loans of these tests, which begin on the second of March."""

CASHIER = {"role": "cashier", "holder": "person:cashier", "place": DISTRICT}
SENT: dict[str, Any] = {"batch": "1", "bank_ref": "R"}


def town(district: District) -> Path:
    """A fund with an order that waits for the cashier, and a deputy without any role."""
    path = with_fund(district)
    district.person("deputy")
    return path


def waiting(path: Path, drafter: str = "round_secretary") -> str:
    """An order that the cashier is to send."""
    order = draft(path, 1_000, who=drafter)
    approve(path, order)
    sign(path, order)
    accept(path, order, 1_000)
    return order


def loan(**said: Any) -> dict[str, Any]:
    """The cashier's role for the deputy, unless something else is said."""
    return {**CASHIER, "to_person": "person:deputy", "starts": FIRST, "until": LAST, **said}


def lend(path: Path, who: str = "leader", **said: Any) -> str:
    return path.tell(who, "delegations", "grant", **loan(**said))


def refusal_to_lend(path: Path, who: str = "leader", **said: Any) -> list[str]:
    return rules(refused(path.district, who, "delegations", "grant", **loan(**said)))


def come(district: District, name: str = "deputy") -> tuple[Held, ...]:
    """The person comes to the door as the house knows them on that day; the roles they bring."""
    district.people[name] = district.system.identity.principal(f"person:{name}")
    return district.people[name].held


def let_days_pass(district: District, days: int) -> None:
    """Time passes, and nobody asks the clock what is due."""
    stand_at(district, district.system.clock.now() + timedelta(days=days))


def refused_to_send(path: Path, order: str, who: str = "deputy") -> list[str]:
    return rules(refused(path.district, who, "orders", "send", order, **SENT))


def last_of(path: Path, stream: str) -> Record[Any]:
    """The last record of a thing."""
    store = path.district.system.store
    records = [store.chronicle.lines.decode(line) for _, line, _ in store.recorder.scan(0)]
    return [record for record in records if record.originator_id == stream][-1]


def test_a_lent_role_is_used_by_the_borrower_and_the_record_says_whose_it_is(
    district: District,
) -> None:
    path = town(district)
    order = waiting(path)
    lend(path)
    let_days_pass(district, 2)
    come(district)

    path.tell("deputy", "orders", "send", order, **SENT)

    record = last_of(path, f"order:{order}")
    assert (record.event_name, record.actor.id, record.actor.role) == (
        "order.sent", "person:deputy", "cashier",
    )  # fmt: skip
    assert record.actor.place == {"code": DISTRICT, "unit": ""}
    assert record.on_behalf_of is not None
    assert record.on_behalf_of.delegated_by == "person:cashier"
    assert verify(district.system.store).faults == ()


def test_own_roles_are_used_before_lent_ones_and_name_no_lender(district: District) -> None:
    path = town(district)
    order = waiting(path)
    district.person("deputy", Held("cashier", DISTRICT))
    lend(path, starts=district.today)
    assert len(come(district)) == 2

    path.tell("deputy", "orders", "send", order, **SENT)

    assert last_of(path, f"order:{order}").on_behalf_of is None


def test_a_role_is_not_lent_before_its_first_day(district: District) -> None:
    path = town(district)
    order, id = waiting(path), lend(path)
    assert come(district) == ()
    early = Held("cashier", DISTRICT, delegation=id, lender="person:cashier")
    district.people["deputy"] = replace(district.people["deputy"], held=(early,))
    let_days_pass(district, 1)
    assert refused_to_send(path, order) == ["Q5.who"]
    let_days_pass(district, 1)
    path.tell("deputy", "orders", "send", order, **SENT)


def test_a_role_is_not_lent_after_its_last_day_even_before_the_clock_has_ended_it(
    district: District,
) -> None:
    path = town(district)
    on_time, too_late, id = waiting(path), waiting(path), lend(path)
    let_days_pass(district, 4)
    brought = come(district)
    path.tell("deputy", "orders", "send", on_time, **SENT)
    let_days_pass(district, 1)
    assert found(path, f"delegation:{id}").stage == "granted"
    assert [held.delegation for held in brought] == [id]
    assert refused_to_send(path, too_late) == ["Q5.who"]
    assert come(district) == ()

    district.wait(hours=1)

    assert found(path, f"delegation:{id}").stage == "ended"
    assert last_of(path, f"delegation:{id}").actor.role == "clock"


def test_the_clock_ends_no_delegation_on_its_last_day(district: District) -> None:
    path = town(district)
    id = lend(path)
    district.wait(days=4)
    assert found(path, f"delegation:{id}").stage == "granted"
    district.wait(days=1)
    assert found(path, f"delegation:{id}").stage == "ended"


def test_a_role_that_is_taken_back_is_lost_at_once_by_whoever_still_brings_it(
    district: District,
) -> None:
    path = town(district)
    first, second, id = waiting(path), waiting(path), lend(path, starts=date(2026, 3, 2))
    come(district)
    path.tell("deputy", "orders", "send", first, **SENT)

    path.tell("district_officer", "delegations", "end", id)

    assert [held.delegation for held in district.people["deputy"].held] == [id]
    assert refused_to_send(path, second) == ["Q5.who"]
    assert come(district) == ()


@pytest.mark.parametrize(
    "changed",
    [{"role": "reconciler"}, {"place": "2201"}, {"lender": "person:leader"}],
    ids=["another role", "a wider place", "another lender"],
)
def test_what_somebody_brings_must_be_what_the_delegation_says(
    district: District, changed: dict[str, str]
) -> None:
    path = town(district)
    order = waiting(path)
    lend(path, starts=district.today)
    (lent,) = come(district)
    district.people["deputy"] = replace(district.people["deputy"], held=(replace(lent, **changed),))
    assert refused_to_send(path, order) == ["Q5.who"]
    come(district)
    path.tell("deputy", "orders", "send", order, **SENT)


def test_another_persons_delegation_is_worth_nothing(district: District) -> None:
    path = town(district)
    order = waiting(path)
    lend(path, starts=district.today)
    stranger = district.person("stranger")
    district.people["stranger"] = replace(stranger, held=come(district))
    assert refused_to_send(path, order, "stranger") == ["Q5.who"]


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


def test_a_borrower_acts_over_http_as_long_as_the_role_is_lent(district: District) -> None:
    path, surface = town(district), Surface(district)
    first, second, id = waiting(path), waiting(path), lend(path, starts=district.today)
    surface.lends("deputy", Held("observer", "220103"))
    assert surface.get(f"/v1/orders/{first}", "deputy").status_code == 200
    assert surface.post(f"/v1/orders/{first}/send", "deputy", SENT).status_code == 200

    path.tell("leader", "delegations", "end", id)

    assert surface.get(f"/v1/orders/{second}", "deputy").status_code == 404
    answer = surface.post(f"/v1/orders/{second}/send", "deputy", SENT)
    assert answer.status_code == 403
    event = surface.get(f"/v1/orders/{first}/timeline", "cashier").json()["events"][-1]
    assert event["on_behalf_of"] == {"delegated_by": "person:cashier"}


def test_the_house_knows_borrowers_wherever_it_is_asked(district: District) -> None:
    path = town(district)
    id = lend(path, starts=district.today)
    identity = district.system.identity
    district.person("deputy", Held("observer", DISTRICT))
    lent = Held("cashier", DISTRICT, delegation=id, lender="person:cashier")
    assert identity.principal("person:deputy").held[-1] == lent
    assert identity.principals()["person:deputy"].held[-1] == lent
    session = identity.by_session(identity.sign_in("person:deputy"))
    assert session is not None
    assert session.principal.held[-1] == lent


def test_a_refused_loan_leaves_nothing(district: District) -> None:
    path = town(district)
    with pytest.raises(Refusal):
        lend(path, "cashier")
    assert district.all("delegations") == []
