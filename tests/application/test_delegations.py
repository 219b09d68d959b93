"""A lent role: used in the lender's name, on its days only, and gone as soon as it is ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from application.principals import Held
from domain.errors import Refusal
from infrastructure.verify import verify
from tests.api.surface import Surface
from tests.application.lent import (
    SENT,
    come,
    last_of,
    lend,
    let_days_pass,
    refused_to_send,
    town,
    waiting,
)
from tests.district import DISTRICT, District
from tests.played_to_end import found


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


def test_a_borrower_acts_over_http_as_long_as_the_role_is_lent(district: District) -> None:
    path, surface = town(district), Surface(district)
    first, second, id = waiting(path), waiting(path), lend(path, starts=district.today)
    surface.lends("deputy", Held("cashier", "220103"))
    assert surface.get(f"/v1/orders/{first}", "deputy").status_code == 200
    assert surface.post(f"/v1/orders/{first}/send", "deputy", SENT).status_code == 200

    path.tell("leader", "delegations", "end", id)

    assert surface.get(f"/v1/orders/{second}", "deputy").status_code == 404
    answer = surface.post(f"/v1/orders/{second}/send", "deputy", SENT)
    assert answer.status_code == 403
    event = surface.get(f"/v1/orders/{first}/timeline", "cashier").json()["events"][-1]
    assert event["on_behalf_of"] == {"delegated_by": "person:cashier"}


def test_a_token_for_another_role_does_not_gain_by_the_loan(district: District) -> None:
    lend(town(district), starts=district.today)
    identity, now = district.system.identity, district.system.clock.now()
    district.person("deputy", Held("observer", DISTRICT))
    secret = identity.create_token("other", "person:deputy", Held("observer", DISTRICT), now)
    found = identity.by_token(secret)
    assert found is not None
    assert found.roles == {"observer"}


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
