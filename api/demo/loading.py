"""Loads the district: every fact in it is a command that one of its people sent."""

from __future__ import annotations

from pathlib import Path

from api.demo.agenda import Agenda, Progress, Story, idle_years, midnights
from api.demo.beside import stories
from api.demo.days import NOW, START, THIS_YEAR, TODAY, at
from api.demo.deciding import round_
from api.demo.district import District
from api.demo.earlier import BODIES, LAST_DAY
from api.demo.funds import fund, periods
from api.demo.granting import grant
from api.demo.history import past_grants_of
from api.demo.organisations import ORGANISATIONS, handler_of, leader_of, organisations
from api.demo.people import ADMINISTRATOR, APPLICANT, LEGAL, OFFICERS, PRINCIPALS
from api.demo.places import places
from api.demo.submitting import proposal
from api.demo.whole import ASKS, CALLS, COURSES, FUNDS
from application.places import RecordPlace
from application.principals import Held
from infrastructure.system import System


def load(system: System, progress: Progress, history: Path | None = None) -> District:
    """Lets the district live from its first day to the day on which it is shown.

    Past grants of a file come before this year's, if one is given.
    """
    district = District(system)
    let_in(district)
    agenda = Agenda(system)
    if history is not None:
        agenda.add(taken_in(district, history))
    agenda.add(territory(district))
    agenda.add(midnights(START.date(), LAST_DAY))
    agenda.add(idle_years(LAST_DAY, THIS_YEAR))
    agenda.add(midnights(THIS_YEAR, TODAY))
    agenda.add(organisations(district, BODIES, START.date(), len(ORGANISATIONS) + 1))
    agenda.add(organisations(district, ORGANISATIONS, THIS_YEAR, 1))
    for pot in FUNDS:
        agenda.add(fund(district, pot))
    agenda.add(periods(district))
    for call in CALLS:
        agenda.add(round_(district, call))
    for ask in ASKS:
        agenda.add(proposal(district, ask))
        if ask.key in COURSES:
            agenda.add(grant(district, ask, COURSES[ask.key]))
    for story in stories(district):
        agenda.add(story)
    agenda.run(NOW, progress)
    return district


def taken_in(district: District, history: Path) -> Story:
    """The administrator takes the past grants of a file in."""
    yield at(THIS_YEAR, 8, 45)
    district.tell(ADMINISTRATOR, past_grants_of(history))


def territory(district: District) -> Story:
    """The administrator enters the district with its subdistricts and communities."""
    yield at(START.date(), 8, 30)
    for code, name in places():
        district.tell(ADMINISTRATOR, RecordPlace(code=code, name=name))


def let_in(district: District) -> None:
    """Lets the officers in; the people of organisations come with their organisation.

    The nine are named first, so that they head the list of those who may sign in.
    """
    names = {officer.key: officer.name for officer in OFFICERS}
    names |= {APPLICANT: ORGANISATIONS[0].handler, LEGAL: ORGANISATIONS[0].leader}
    names |= {leader_of(body.key): body.leader for body in ORGANISATIONS}
    names |= {handler_of(body.key): body.handler for body in ORGANISATIONS}
    for key in dict.fromkeys((*PRINCIPALS, *names)):
        district.add_person(key, names[key])
    for officer in OFFICERS:
        held = (Held(role, officer.place) for role in officer.roles)
        district.add_person(officer.key, officer.name, *held)
