"""Registers of organisations: which rows of a file are new, and how they are taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from application.agents_of_registers import Candidates, candidates, only, recorded
from application.docket import Docket
from application.history import Sha256
from application.places_of_registers import check_places
from application.ports import Shelf
from domain import imports
from domain.envelope import Evidence
from domain.errors import Reason, Refusal, check, refuse
from domain.imports import Import
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.values import Id, Name, Place, covers


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """An organisation as a register has it; of persons and accounts only references.

    Whoever has a credit code is registered, everybody else is filed. `agent` is the credit code or
    the name of the fiscal agent of a filed organisation.
    """

    row: int
    name: Name
    place: Place
    leader: Id
    uscc: str = ""
    filing_no: str = ""
    account: str = ""
    agent: str = ""
    registered_on: date | None = None

    @property
    def code(self) -> str:
        """What the register tells the organisation by."""
        return self.uscc or self.filing_no


Known = dict[str, Organisation]
"""Organisations by credit code or filing number."""


def found_by(shelf: Shelf, column: str, wanted: Sequence[str]) -> Known:
    """The recorded organisations that have one of these values in a column."""
    return {getattr(each, column): each for each in recorded(shelf, column, wanted)}


def known_of(rows: Sequence[RegisterRow], shelf: Shelf) -> Known:
    """What is recorded of the rows, by their codes."""
    known = found_by(shelf, "uscc", [row.uscc for row in rows if row.uscc])
    return known | found_by(shelf, "filing_no", [row.filing_no for row in rows if row.filing_no])


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows that are not recorded yet, and what is recorded of the others.

    `agents` are all who may be meant as an agent.
    """

    new: tuple[RegisterRow, ...]
    agents: Candidates


def compared(rows: Sequence[RegisterRow], shelf: Shelf, place: str) -> Compared:
    """What is new of the rows, all of which lie in `place`.

    Refused, with a reason for each row concerned, where a row lies elsewhere or nowhere, names an
    agent that is not known as one registered organisation, or is recorded otherwise.
    """
    known = known_of(rows, shelf)
    new = tuple(row for row in rows if row.code not in known)
    agents = candidates(rows, new, shelf)
    wrong = check_places((row.place for row in new), shelf).wrong
    check(
        *elsewhere(rows, place),
        *nowhere(new, wrong),
        *unclear_agents(rows, agents, known),
        *changed(rows, known, agents),
    )
    return Compared(new, agents)


def elsewhere(rows: Sequence[RegisterRow], place: str) -> Iterator[Reason]:
    """A reason for each row of a place outside the district."""
    text = "Row {row}: the place {place} of “{name}” does not lie in this district."
    for row in rows:
        if not covers(place, row.place):
            yield against("O9.place", text, row, place=row.place)


def nowhere(rows: Sequence[RegisterRow], wrong: set[str]) -> Iterator[Reason]:
    """A reason for each row of a place that should be recorded, and is not or is closed."""
    text = (
        "Row {row}: the place {place} of “{name}” is not among the recorded places, or is closed."
    )
    for row in rows:
        if row.place in wrong:
            yield against("O9.recorded", text, row, place=row.place)


def unclear_agents(
    rows: Sequence[RegisterRow], agents: Candidates, known: Known
) -> Iterator[Reason]:
    """A reason for each row whose agent is nobody registered, or one of several."""
    unknown = (
        "Row {row}: the fiscal agent “{agent}” of “{name}” is not a registered organisation that "
        "is recorded or stands in the file."
    )
    several = (
        "Row {row}: several registered organisations are called “{agent}”; name the fiscal agent "
        "of “{name}” by its credit code: {codes}."
    )
    for row in rows:
        if not row.agent:
            continue
        meant, old = agents[row.agent], known.get(row.code)
        if not meant:
            yield against("O9a.agent", unknown, row, agent=row.agent)
        elif len(meant) > 1 and (old is None or old.fiscal_agent not in meant.values()):
            codes = tuple(sorted(meant))
            yield against("O9a.several", several, row, agent=row.agent, codes=codes)


def changed(rows: Sequence[RegisterRow], known: Known, agents: Candidates) -> Iterator[Reason]:
    """A reason for each row that says something else than what is recorded."""
    text = (
        "Row {row}: “{name}” is recorded already, and the file now says something else of it: "
        "{fields}."
    )
    for row in rows:
        if old := known.get(row.code):
            meant = set(agents[row.agent].values()) - {""} if row.agent else {""}
            stated = {
                "name": old.name != row.name,
                "place": old.place != row.place,
                "registered_on": row.registered_on not in (None, old.registered_on),
                "fiscal_agent": old.fiscal_agent not in meant,
            }
            if fields := ", ".join(name for name, differs in stated.items() if differs):
                yield against("O9.changed", text, row, fields=fields)


def against(rule: str, text: str, row: RegisterRow, **values: object) -> Reason:
    """A reason that names a row of the file and its organisation."""
    named = {"row": row.row, "name": row.name, **values}
    return Reason(rule, text, named, f"/organisations/{row.row}")


def take_over(
    rows: Sequence[RegisterRow], docket: Docket, by: Mandate, *, file_sha: Sha256, mapping: str
) -> Import:
    """Records the import of a register and every organisation in it that is new."""
    found = compared(rows, docket.shelf, by.place)
    if not found.new:
        raise refuse("I0.new", "Everything that the file states is recorded already.")
    id = docket.new_id()
    evidence = Evidence(document=f"{Import.noun}:{id}", sha256=file_sha, type="organisations")
    by = replace(by, evidence=(*by.evidence, evidence))
    imported = docket.add(
        imports.record(id, file_sha=file_sha, mapping=mapping, accepted=len(found.new), by=by)
    )
    write(found, docket, by)
    return imported


def write(found: Compared, docket: Docket, by: Mandate) -> None:
    """Takes over what is new; refused with what the decision says of each row."""
    reasons: list[Reason] = []
    made: dict[str, str] = {}
    # An agent may stand below whoever it acts for.
    for row in sorted(found.new, key=lambda row: not row.uscc):
        code, agent = only(found.agents[row.agent]) if row.agent else ("", "")
        try:
            organisation = organisation_of(row, docket.new_id(), agent or made.get(code, ""), by)
        except Refusal as refused:
            values = {"row": row.row, "name": row.name}
            reasons += (
                each._replace(values={**each.values, **values}, field=f"/organisations/{row.row}")
                for each in refused.reasons
            )
            continue
        docket.add(organisation)
        if row.uscc:
            made[row.uscc] = organisation.id
    check(*reasons)


def organisation_of(row: RegisterRow, id: str, agent: str, by: Mandate) -> Organisation:
    """One organisation, by the decision of its kind."""
    if row.uscc:
        return Organisation.bring_in(
            id,
            name=row.name,
            uscc=row.uscc,
            place=row.place,
            leader=row.leader,
            account=row.account,
            registered_on=row.registered_on,
            by=by,
        )
    return Organisation.bring_in_filed(
        id,
        name=row.name,
        filing_no=row.filing_no,
        place=row.place,
        leader=row.leader,
        agent=agent,
        by=by,
    )
