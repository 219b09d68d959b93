"""People and their roles: who may give which to whom, for how long, and what a token is worth."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from application.principals import Held
from domain.errors import Refusal
from infrastructure.admitting import OPERATOR
from infrastructure.verify import verify
from tests.application.refusing import refused, rules
from tests.district import DISTRICT, District

WANG = "wang"
CASHIER: dict[str, Any] = {"role": "cashier", "place": DISTRICT}


@pytest.fixture
def town(district: District) -> District:
    """A district with an administrator, and somebody who holds no role yet."""
    district.person("administrator", Held("administrator", DISTRICT))
    district.person(WANG)
    return district


def held(town: District, who: str = WANG) -> tuple[Held, ...]:
    """What the house knows of a person's roles today."""
    return town.system.identity.principal(f"person:{who}").held


def grant(town: District, **said: Any) -> None:
    town.tell("administrator", "people", "grant-role", WANG, **{**CASHIER, **said})


def refusal(town: District, by: str = "administrator", **said: Any) -> list[str]:
    return rules(refused(town, by, "people", "grant-role", WANG, **{**CASHIER, **said}))


def test_a_role_is_held_from_its_first_day_to_its_last(town: District) -> None:
    day = town.today
    grant(town, starts=day + timedelta(days=2), until=day + timedelta(days=3))
    seen = []
    for _ in range(5):
        seen.append(bool(held(town)))
        town.wait(days=1)
    assert seen == [False, False, True, True, False]
    assert verify(town.system.store).faults == ()


def test_a_role_that_is_withdrawn_ends_at_once_and_may_be_granted_again(town: District) -> None:
    grant(town)
    assert held(town) == (Held("cashier", DISTRICT),)
    town.tell("administrator", "people", "withdraw-role", WANG, no=1, reason="调离")
    assert held(town) == ()
    grant(town)
    assert held(town) == (Held("cashier", DISTRICT),)


def test_whoever_is_released_holds_nothing_and_is_given_nothing(town: District) -> None:
    grant(town)
    town.tell("administrator", "people", "release", WANG, reason="离职")
    assert held(town) == ()
    assert refusal(town) == ["J2.stage"]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"role": "king"}, "J2.role"),
        ({"role": "clock"}, "J2.role"),
        ({"role": "applicant"}, "J2.organisation"),
        ({"place": None}, "J2.place"),
        ({"until": -1}, "J2.days"),
        ({"starts": 3, "until": 2}, "J2.days"),
    ],
)
def test_what_is_no_role_or_has_no_days_is_not_granted(
    town: District, said: dict[str, Any], rule: str
) -> None:
    days = {
        name: town.today + timedelta(days=value)
        for name, value in said.items()
        if isinstance(value, int)
    }
    assert rule in refusal(town, **{**said, **days})


def test_the_same_role_is_not_held_twice_on_one_day(town: District) -> None:
    grant(town, until=town.today + timedelta(days=9))
    assert refusal(town, starts=town.today + timedelta(days=9)) == ["J2.once"]
    grant(town, starts=town.today + timedelta(days=10))


@pytest.mark.parametrize("alone", ["administrator", "auditor"])
def test_who_administers_or_audits_holds_no_other_role(town: District, alone: str) -> None:
    grant(town)
    assert refusal(town, role=alone) == ["J2.alone"]
    town.tell("administrator", "people", "withdraw-role", WANG, no=1, reason="调离")
    grant(town, role=alone)
    assert refusal(town) == ["J2.alone"]


def test_a_dishonest_administrator_cannot_serve_or_remove_themself(town: District) -> None:
    def told(verb: str, **said: Any) -> list[str]:
        return rules(refused(town, "administrator", "people", verb, "administrator", **said))

    assert "J2.self" in told("grant-role", **CASHIER)
    assert told("release", reason="走了") == ["J6.self"]


@pytest.mark.parametrize("role", ["leader", "district_officer", "oversight_officer", "auditor"])
def test_nobody_but_an_administrator_gives_a_role(town: District, role: str) -> None:
    town.person(role, Held(role, DISTRICT))
    assert refusal(town, by=role) == ["J2.who"]


def test_somebody_is_let_in_once_and_by_a_reference(town: District) -> None:
    with pytest.raises(Refusal) as again:
        town.tell("administrator", "people", "admit", person=f"person:{WANG}")
    assert rules(again.value) == ["J1.unique"]
    assert rules(refused(town, "administrator", "people", "admit", person="王芳")) == ["J1.person"]


def test_a_role_for_an_organisation_that_is_not_there_is_refused(town: District) -> None:
    said: dict[str, Any] = {"role": "applicant", "place": None, "organisation": "nowhere"}
    assert refusal(town, **said) == ["found"]


def test_a_token_is_worth_nothing_without_the_role(town: District) -> None:
    grant(town, until=town.today)
    identity, now = town.system.identity, town.system.clock.now()
    narrower = Held("cashier", f"{DISTRICT}006")
    secrets = [
        identity.create_token("same", f"person:{WANG}", Held("cashier", DISTRICT), now),
        identity.create_token("below", f"person:{WANG}", narrower, now),
        identity.create_token("beside", f"person:{WANG}", Held("cashier", "220103"), now),
        identity.create_token("other", f"person:{WANG}", Held("leader", DISTRICT), now),
    ]
    speaks = [identity.by_token(secret) is not None for secret in secrets]
    assert speaks == [True, True, False, False]
    town.wait(days=1)
    assert [identity.by_token(secret) for secret in secrets] == [None] * 4


def test_the_first_administrator_comes_from_the_machine_alone(town: District) -> None:
    """What the operator of the machine does is an event under that name."""
    line = town.system.questions.timeline(
        "person:administrator", town.system.questions.moment(None, None)
    )
    assert [town.system.store.chronicle.lines.decode(record).actor.id for _, record in line] == [
        OPERATOR.person
    ] * 2
