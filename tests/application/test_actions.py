"""What the actions of a thing say is true: what they permit succeeds, the rest is refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path as Folder
from typing import Any

import pytest

from application.actions import Action, actions, blank
from application.decide import Sent, Times, perform
from application.docket import Docket
from application.handlers import HANDLERS
from application.kinds import KINDS
from application.principals import Principal
from domain.errors import Refusal
from domain.kernel import Aggregate
from infrastructure.settings import Settings
from infrastructure.system import System
from tests.application.cases import (
    Step,
    with_accepted_review,
    with_amendment,
    with_notice_over,
    with_payment_requested,
    with_payment_sent,
)
from tests.application.live import WITH_AUTHORITY
from tests.district import District
from tests.played import (
    with_award_proposed,
    with_checked_proposal,
    with_notice_published,
    with_open_round,
    with_review_started,
    with_submitted_proposal,
)
from tests.played_to_end import (
    with_agreement_signed,
    with_costs_accepted,
    with_final_evaluated,
    with_grant_settled,
)

STEPS = [
    with_open_round,
    with_submitted_proposal,
    with_checked_proposal,
    with_review_started,
    with_award_proposed,
    with_notice_published,
    with_payment_sent,
    with_costs_accepted,
    with_final_evaluated,
    with_grant_settled,
]

BUTTONS = [
    (with_submitted_proposal, {"take-back", "take-intake"}),
    (with_checked_proposal, {"admit"}),
    (with_accepted_review, {"start-scoring"}),
    (with_notice_over, {"confirm-award"}),
    (with_agreement_signed, {"activate"}),
    (with_payment_requested, {"check"}),
    (with_amendment, {"approve", "withdraw"}),
]
"""Where the path stands, and what may be done there with nothing said, by whoever may."""


def things(system: System) -> Iterator[Aggregate]:
    """Everything there is."""
    with system.store.shelf() as shelf:
        for noun in KINDS:
            streams = [f"{noun}:{id}" for id in shelf.ids(noun, {})]
            yield from shelf.fetch(streams).values()


def offered(system: System, thing: Aggregate, by: Principal) -> tuple[Action, ...]:
    """The actions of a thing for a person."""
    now = system.clock.now()
    with system.store.shelf() as shelf:
        docket = Docket(
            shelf, now=now, entropy=system.entropy, calendars=system.calendars, perform=perform
        )
        return actions(thing, by, docket, Times(now, system.settings.zone))


def all_offered(district: District) -> Iterator[tuple[Aggregate, Principal, Action]]:
    """Every action of every thing for every person."""
    for thing in list(things(district.system)):
        for by in district.people.values():
            for action in offered(district.system, thing, by):
                yield thing, by, action


def sent(thing: Aggregate, by: Principal, verb: str) -> Sent:
    """The command with nothing said in it."""
    command = blank(HANDLERS[thing.noun][verb][0])
    return Sent(noun=thing.noun, verb=verb, command=command, by=by, id=thing.id)


def says_nothing(noun: str, verb: str) -> bool:
    """Whether the command has no fields, so that a form needs nothing but its button."""
    fields = HANDLERS[noun][verb][0].__dataclass_fields__
    return not fields and (noun, verb) not in WITH_AUTHORITY


@pytest.mark.parametrize("step", STEPS)
def test_what_is_not_permitted_is_refused_for_the_reasons_given(
    district: District, step: Step
) -> None:
    step(district)
    refused = [found for found in all_offered(district) if not found[2].permitted]
    assert refused
    for thing, by, action in refused:
        with pytest.raises(Refusal) as caught:
            district.system.desk.send(sent(thing, by, action.verb))
        given = tuple(reason for reason in caught.value.reasons if reason.field is None)
        assert given == action.why_not, (thing.stream, by.person, action.verb)


@pytest.mark.parametrize(("step", "expected"), BUTTONS)
def test_what_is_permitted_and_says_nothing_succeeds(
    tmp_path: Folder, step: Step, expected: set[str]
) -> None:
    district = District(f"sqlite:///{tmp_path / 'played.db'}")
    step(district)
    permitted = [
        (thing, by, action)
        for thing, by, action in all_offered(district)
        if action.permitted and says_nothing(thing.noun, action.verb)
    ]
    district.close()
    for thing, by, action in permitted:
        shutil.copy(tmp_path / "played.db", tmp_path / "copy.db")
        system = System(settings(tmp_path / "copy.db"))
        answer = system.desk.send(sent(thing, by, action.verb))
        system.close()
        assert answer.prepared or (answer.noun, answer.id) == (thing.noun, thing.id)
    assert {action.verb for _, _, action in permitted} == expected


def settings(file: Folder) -> Settings:
    return Settings(database_url=f"sqlite:///{file}", clock="simulated")


def test_a_person_is_offered_what_their_role_may_do_now(district: District) -> None:
    path = with_submitted_proposal(district)
    assert verbs(district, f"proposal:{path.proposal}", "round_secretary") == {"take-intake"}
    assert verbs(district, f"proposal:{path.proposal}", "legal") == {"take-back", "withdraw"}
    assert verbs(district, f"proposal:{path.proposal}", "auditor") == set()


def verbs(district: District, stream: str, who: str) -> set[str]:
    """What a person may do with a thing now."""
    with district.system.store.shelf() as shelf:
        thing: Any = shelf.fetch([stream])[stream]
    found = offered(district.system, thing, district.people[who])
    return {action.verb for action in found if action.permitted}


def test_steps_of_the_clock_are_offered_to_nobody(district: District) -> None:
    path = with_open_round(district)
    with district.system.store.shelf() as shelf:
        thing: Any = shelf.fetch([f"round:{path.round}"])[f"round:{path.round}"]
    found = offered(district.system, thing, district.people["round_secretary"])
    assert {"open", "close-intake", "plan"}.isdisjoint(action.verb for action in found)
    assert "start-review" in {action.verb for action in found}
