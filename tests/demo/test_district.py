"""The demonstration district: the same every time, whole, in order, and with work for everybody."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from api.demo.days import NOW, THIS_YEAR, at
from api.demo.district import District
from api.demo.history import past_grants_of
from api.demo.loading import let_in
from api.demo.people import ADMINISTRATOR, PRINCIPALS, REVIEWERS, person_id
from api.demo.rounds import AUTUMN
from api.demo.whole import ASKS, CALLS, COURSES, FUNDS
from application.actions import actions
from application.decide import Times, perform
from application.docket import Docket
from application.handlers import HANDLERS
from application.kinds import KINDS
from application.permissions import ANYBODY, ANYONE, PERMISSIONS
from application.questions import Moment
from infrastructure.database import Database
from infrastructure.recorder import events
from infrastructure.replay import replay
from infrastructure.settings import Settings
from infrastructure.system import System
from infrastructure.verify import verify
from tests.demo.loaded import demonstration

EMPTY = {
    ("organisation", "historical"): "stands where a file of past grants was given",
    ("fund", "historical"): "stands where a file of past grants was given",
    ("round", "historical"): "stands where a file of past grants was given",
    ("grant", "historical"): "stands where a file of past grants was given",
    ("import", "recorded"): "stands where a file of past grants was given",
    ("proposal", "historical"): "stands where a file of past grants was given",
}
"""The stages in which nothing stands in the district, and why."""

WAITING = (
    ("applicant", "proposal", "resubmit"),
    ("applicant", "proposal", "submit"),
    ("applicant", "grant", "submit-midterm"),
    ("applicant", "tranche", "request"),
    ("legal", "approval", "approve"),
    ("legal", "grant", "sign-agreement"),
    ("legal", "grant", "submit-final"),
    ("secretary", "proposal", "take-intake"),
    ("secretary", "proposal", "admit"),
    ("manager", "tranche", "check"),
    ("manager", "grant", "activate"),
    ("manager", "grant", "settle"),
    ("finance", "approval", "approve"),
    ("finance", "fund", "open"),
    ("finance", "proposal", "pass-budget-check"),
    ("finance", "tranche", "retry"),
    ("finance", "grant", "waive-audit"),
    ("cashier", "tranche", "send"),
    ("cashier", "grant", "record-refund"),
    ("reconciler", "approval", "approve"),
    ("reconciler", "tranche", "confirm"),
    ("reconciler", "tranche", "reconcile"),
    ("leader", "approval", "approve"),
    ("leader", "proposal", "confirm-award"),
    ("officer", "approval", "approve"),
    ("officer", "round", "publish-call"),
    ("officer", "round", "publish-notice"),
    ("officer", "grant", "close"),
    ("secretary_2", "approval", "approve"),
    ("chair", "review", "lock"),
    ("chair", "proposal", "propose-award"),
    ("evaluator", "grant", "evaluate-final"),
    ("oversight", "approval", "approve"),
    ("oversight", "objection", "investigate"),
    ("subdistrict", "approval", "approve"),
    ("community", "grant", "record-visit"),
    ("department", "fund", "pledge-contribution"),
    ("agent", "custody_account", "pay-out"),
    ("auditor", "finding", "verify"),
)
"""Who has what to do when the demonstration opens; the nine first."""

BEGINS = {"administrator"}
"""Roles whose only commands make something new, so that nothing can wait for them."""


def records(database: Database) -> list[Any]:
    """Every row of the chronicle as it is stored."""
    with database.reading() as connection:
        query = sa.select(events).order_by(events.c.position)
        return [tuple(row) for row in connection.execute(query)]


def permitted(district: District, who: str, noun: str, verb: str) -> list[str]:
    """The things of a noun on which somebody may use a verb now."""
    system = district.system
    found = []
    with system.shelf() as shelf:
        for id in shelf.ids(noun, {}):
            docket = Docket(
                shelf,
                now=NOW,
                entropy=system.entropy,
                calendars=system.calendars,
                perform=perform,
            )
            thing = docket.load(KINDS[noun], id)
            if (thing.stage, verb) not in thing.lifecycle.table:
                continue
            by = system.identity.principal(district.people[who].person)
            offered = actions(thing, by, docket, Times(NOW, system.zone))
            found += [id for action in offered if action.verb == verb and action.permitted]
    return found


def test_the_same_seed_gives_the_same_bytes(district: District, started: Settings) -> None:
    again = Database(started.database_url)

    assert records(again) == records(district.system.database)
    again.close()


def test_every_record_and_everything_derived_from_it_is_sound(district: District) -> None:
    verdict = verify(district.system.store)

    assert (verdict.ok, verdict.faults) == (True, ())


def test_the_replay_gives_the_balances_of_the_book(district: District) -> None:
    assert replay(district.system.store).balances() == district.system.questions.balances(Moment())


@pytest.mark.parametrize("noun", list(KINDS))
def test_every_stage_of_every_lifecycle_is_occupied(district: District, noun: str) -> None:
    occupied = {id: district.see(noun, id).stage for id in district.ids(noun)}

    missing = {str(stage) for stage in KINDS[noun].lifecycle.stages} - set(occupied.values())

    assert missing == {stage for of, stage in EMPTY if of == noun}


@pytest.mark.parametrize("pot", FUNDS, ids=lambda pot: pot.key)
def test_a_fund_stands_where_the_table_says(district: District, pot: Any) -> None:
    assert district.see("fund", district.funds[pot.key]).stage == pot.until


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.key)
def test_a_round_stands_where_the_table_says(district: District, call: Any) -> None:
    assert district.see("round", district.rounds[call.key]).stage == call.until


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: ask.key)
def test_a_proposal_stands_where_the_table_says(district: District, ask: Any) -> None:
    proposal = district.see("proposal", district.proposals[ask.key])

    assert proposal.stage == ask.until


@pytest.mark.parametrize("key", COURSES)
def test_a_grant_and_its_tranches_stand_where_the_table_says(district: District, key: str) -> None:
    course, (id,) = COURSES[key], district.ids("grant", proposal=district.proposals[key])
    stages = [
        district.see("tranche", tranche).stage for tranche in district.ids("tranche", grant=id)
    ]

    assert district.see("grant", id).stage == course.until
    assert stages[: len(course.paid)] == list(course.paid)


@pytest.mark.parametrize(("who", "noun", "verb"), WAITING)
def test_work_waits_for_people(district: District, who: str, noun: str, verb: str) -> None:
    assert permitted(district, who, noun, verb)


def test_work_waits_for_the_reviewer_whom_the_draw_gave_it(district: District) -> None:
    (review,) = district.ids("review", stage="scoring")
    (who,) = (key for key in REVIEWERS if person_id(key) == district.see("review", review).member)
    assert permitted(district, who, "review", "submit-score") == [review]


def test_work_waits_for_each_of_the_nine() -> None:
    assert set(PRINCIPALS) <= {who for who, _, _ in WAITING}


def test_work_waits_for_every_role_that_has_a_command(district: District) -> None:
    named = {
        role
        for rows in PERMISSIONS.values()
        for row in rows.values()
        for role in (*row.first, *row.second, *row.otherwise)
    }
    people = {district.people[who].person for who, _, _ in WAITING}
    people |= {district.see("review", id).member for id in district.ids("review", stage="scoring")}
    waited_for = {
        held.role for one in people for held in district.system.identity.principal(one).held
    }

    assert named - {*ANYONE, *ANYBODY, "clock"} - BEGINS == waited_for


def test_micro_rounds_stand_below_a_district_round(district: District) -> None:
    above = district.rounds[AUTUMN]
    below = [district.see("round", id) for id in district.ids("round", parent=above)]

    assert {(round.stage, round.kind) for round in below} == {
        ("published", "micro"),
        ("budgeted", "micro"),
    }
    assert district.see("round", above).balance("authority.allotted/grants") == (
        80_000_000 - sum(round.balance("authority.allotted/grants") for round in below)
    )


def test_everything_is_said_through_commands_of_people_or_the_clock(district: District) -> None:
    known = {person.person for person in district.people.values()} | {"clock", "operator"}
    decode = district.system.store.chronicle.lines.decode

    actors = {decode(row[4]).actor.id for row in records(district.system.database)}

    assert actors <= known
    assert set(HANDLERS) - {"import"} <= {
        row[1].partition(":")[0] for row in records(district.system.database)
    }


def test_past_grants_of_a_real_file_come_in_as_history(tmp_path: Path, shared_data: Path) -> None:
    settings = demonstration(tmp_path).model_copy(update={"simulated_start": at(THIS_YEAR)})
    district = District(System(settings, migrating=True))
    let_in(district)
    file = shared_data / "360giving" / "andrew-lloyd-webber" / "grants.json"

    district.tell(ADMINISTRATOR, past_grants_of(file))

    grants = [district.see("grant", id) for id in district.ids("grant")]
    district.system.close()
    assert (len(grants), {grant.stage for grant in grants}) == (475, {"historical"})
    assert sum(grant.amount_minor for grant in grants) == 2_175_779_327
    assert max(grant.awarded_on for grant in grants) < date(2026, 2, 24)
