"""Loads the district: every fact in it is a command that one of its people sent."""

from __future__ import annotations

from pathlib import Path

from api.demo.agenda import Agenda, Progress, midnights
from api.demo.courses import COURSES
from api.demo.days import NOW, START
from api.demo.deciding import round_
from api.demo.district import District
from api.demo.funds import FUNDS, fund, periods
from api.demo.granting import grant
from api.demo.history import past_grants_of
from api.demo.organisations import ORGANISATIONS, organisations
from api.demo.people import ADMINISTRATOR, APPLICANT, LEGAL, OFFICERS, PRINCIPALS
from api.demo.proposals import ASKS
from api.demo.rounds import CALLS
from api.demo.submitting import proposal
from application.principals import Held
from infrastructure.system import System


def load(system: System, progress: Progress, history: Path | None = None) -> District:
    """Lets the district live from its first day to the day on which it is shown.

    Past grants of a file come first, if one is given.
    """
    district = District(system)
    let_in(district)
    if history is not None:
        district.tell(ADMINISTRATOR, past_grants_of(history))
    agenda = Agenda(system)
    agenda.add(midnights(START))
    agenda.add(organisations(district))
    for pot in FUNDS:
        agenda.add(fund(district, pot))
    agenda.add(periods(district))
    for call in CALLS:
        agenda.add(round_(district, call))
    for ask in ASKS:
        agenda.add(proposal(district, ask))
        if ask.key in COURSES:
            agenda.add(grant(district, ask, COURSES[ask.key]))
    agenda.run(NOW, progress)
    return district


def let_in(district: District) -> None:
    """Lets the officers in; the people of organisations come with their organisation.

    The nine are named first, so that they head the list of those who may sign in.
    """
    names = {officer.key: officer.name for officer in OFFICERS}
    names |= {APPLICANT: ORGANISATIONS[0].handler, LEGAL: ORGANISATIONS[0].leader}
    for key in PRINCIPALS:
        district.add_person(key, names[key])
    for officer in OFFICERS:
        held = (Held(role, officer.place) for role in officer.roles)
        district.add_person(officer.key, officer.name, *held)
