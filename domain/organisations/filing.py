"""How an organisation that is no legal person asks to be filed with its subdistrict.

Counts and days are examples (示例): the measures for filing differ from place to place, and set
their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.calendar import Calendar
from domain.documents import Document
from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.organisations import filing_events as e
from domain.organisations.guards import is_free, is_of, is_person, lies_in_community
from domain.organisations.lifecycle import lifecycle
from domain.organisations.organisation import Organisation
from domain.policies import holds, other_hands

MEMBERS_LEAST = 10
"""The fewest members of a filed organisation (O2); an example (示例), local measures set it."""

ANSWER_DAYS = 20
"""Within how many working days a filing is answered (O2); an example (示例)."""


def start(
    id: str, *, name: str, kind: e.Kind, place: str, leader: str | None, by: Mandate
) -> Organisation:
    """Somebody drafts a filing for themself and others (O1); they lead it unless they say who."""
    leader = leader or by.person
    check(lies_in_community("O1", place), is_person("O1", leader, "/leader"))
    organisation = Organisation(id=id)
    event = e.Drafted(
        stage=lifecycle.start("start-filing"),
        name=name,
        kind=kind,
        place=place,
        leader=leader,
        founder=by.person,
        drafter=by.person,
    )
    organisation.record(event, by)
    return organisation


def start_for(
    id: str, *, name: str, kind: e.Kind, place: str, leader: str, founder: str, by: Mandate
) -> Organisation:
    """A community officer drafts a filing for people who asked for it (O1a)."""
    check(
        lies_in_community("O1a", place),
        is_person("O1a", leader, "/leader"),
        is_person("O1a", founder, "/founder"),
        other_hands("O1a.own", by, (leader, founder)),
    )
    organisation = Organisation(id=id)
    event = e.DraftedFor(
        stage=lifecycle.start("start-filing-for"),
        name=name,
        kind=kind,
        place=place,
        leader=leader,
        founder=founder,
        drafter=by.person,
    )
    organisation.record(event, by)
    return organisation


def is_able_to_keep(agent: Organisation | None) -> Reason | None:
    """The fiscal agent, where one is named, is a legal person that may act (O2)."""
    return holds(
        "O2.agent",
        agent is None or (agent.is_live and agent.is_legal_person),
        "The fiscal agent is a registered organisation in good standing.",
        field="/fiscal_agent",
    )


def is_in_time(organisation: Organisation, by: Mandate) -> Reason | None:
    """What was returned is put right by its day (O2)."""
    return holds(
        "O2.due",
        organisation.due is None or by.day <= organisation.due,
        "The day by which the filing was to be put right is over.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a filing says, and who else bears its name in the subdistrict (`namesakes`)."""

    name: str
    place: str
    charter: Document
    member_count: int
    aims: str
    agent: Organisation | None
    namesakes: int


def may_be_asked(organisation: Organisation, asked: Asked, by: Mandate) -> Iterable[Reason | None]:
    """What is asked of a filing before officers look at it (O2)."""
    yield is_of("O2", organisation, asked.charter, "/charter")
    yield holds(
        "O2.members",
        asked.member_count >= MEMBERS_LEAST,
        "A filed organisation has {least} members or more.",
        field="/member_count",
        least=MEMBERS_LEAST,
    )
    yield lies_in_community("O2", asked.place)
    yield is_free("O2", asked.namesakes, "/name")
    yield is_able_to_keep(asked.agent)
    yield is_in_time(organisation, by)


def request(organisation: Organisation, *, asked: Asked, calendar: Calendar, by: Mandate) -> None:
    """The leader asks for the filing (O2); the clock of the officers starts, or runs on."""
    stage = organisation.after("request-filing")
    check(*may_be_asked(organisation, asked, by))
    left = ANSWER_DAYS if organisation.days_left is None else organisation.days_left
    event = e.FilingRequested(
        stage=stage,
        name=asked.name,
        place=asked.place,
        charter=asked.charter.id,
        member_count=asked.member_count,
        leader=organisation.leader,
        aims=asked.aims,
        fiscal_agent=asked.agent.id if asked.agent else "",
        calendar=calendar.version,
        requested_on=by.day,
        answer_by=calendar.after_working_days(by.day, left),
    )
    organisation.record(event, by)
