"""Registers of organisations: which rows of a file are new, and how they are taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from application.docket import Docket
from application.history import AT_ONCE, Sha256
from application.ports import Shelf
from domain import imports
from domain.envelope import Evidence
from domain.errors import Reason, check, refuse
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
"""Organisations by credit code, filing number or name."""


def found_by(shelf: Shelf, column: str, wanted: Sequence[str]) -> Known:
    """The recorded organisations that have one of these values in a column."""
    found: Known = {}
    for start in range(0, len(wanted), AT_ONCE):
        ids = shelf.ids(Organisation.noun, {column: tuple(wanted[start : start + AT_ONCE])})
        for each in shelf.fetch([f"{Organisation.noun}:{id}" for id in ids]).values():
            if isinstance(each, Organisation):
                found[getattr(each, column)] = each
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows that are not recorded yet, and what is recorded of the others.

    `agents` are the recorded agents that any row names, `leaders` who leads a recorded one.
    """

    new: tuple[RegisterRow, ...]
    agents: Known
    leaders: frozenset[str]


def compared(rows: Sequence[RegisterRow], shelf: Shelf, place: str) -> Compared:
    """What is new of the rows, all of which lie in `place`.

    Refused, with a reason for each row concerned, where a row lies elsewhere, names an agent that
    is not known as a registered organisation, or is recorded otherwise.
    """
    known = found_by(shelf, "uscc", [row.uscc for row in rows if row.uscc])
    known |= found_by(shelf, "filing_no", [row.filing_no for row in rows if row.filing_no])
    named = sorted({row.agent for row in rows if row.agent})
    agents = found_by(shelf, "name", named) | found_by(shelf, "uscc", named)
    agents = {name: agent for name, agent in agents.items() if agent.uscc and agent.is_live}
    check(*elsewhere(rows, place), *unknown_agents(rows, agents), *changed(rows, known, agents))
    leaders = frozenset(organisation.leader for organisation in known.values())
    return Compared(tuple(row for row in rows if row.code not in known), agents, leaders)


def elsewhere(rows: Sequence[RegisterRow], place: str) -> Iterator[Reason]:
    """A reason for each row of a place outside the district."""
    text = "Row {row}: the place {place} of “{name}” does not lie in this district."
    for row in rows:
        if not covers(place, row.place):
            yield against("O9.place", text, row, place=row.place)


def unknown_agents(rows: Sequence[RegisterRow], agents: Known) -> Iterator[Reason]:
    """A reason for each row whose agent is not registered, in the file or before."""
    there = {value for row in rows if row.uscc for value in (row.uscc, row.name)}
    text = (
        "Row {row}: the fiscal agent “{agent}” of “{name}” is not a registered organisation that "
        "is recorded or stands in the file."
    )
    for row in rows:
        if row.agent and row.agent not in there and row.agent not in agents:
            yield against("O9a.agent", text, row, agent=row.agent)


def changed(rows: Sequence[RegisterRow], known: Known, agents: Known) -> Iterator[Reason]:
    """A reason for each row that says something else than what is recorded."""
    text = (
        "Row {row}: “{name}” is recorded already, and the file now says something else of it: "
        "{fields}."
    )
    for row in rows:
        if old := known.get(row.code):
            agent = agents.get(row.agent)
            stated = {
                "name": old.name != row.name,
                "place": old.place != row.place,
                "registered_on": row.registered_on not in (None, old.registered_on),
                "fiscal_agent": old.fiscal_agent != (agent.id if agent else row.agent),
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
    agents = {name: agent.id for name, agent in found.agents.items()}
    # An agent may stand below whoever it acts for.
    for row in sorted(found.new, key=lambda row: not row.uscc):
        organisation = docket.add(organisation_of(row, docket.new_id(), agents, by))
        if row.uscc:
            agents |= {row.uscc: organisation.id, row.name: organisation.id}
    return imported


def organisation_of(row: RegisterRow, id: str, agents: dict[str, str], by: Mandate) -> Organisation:
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
        agent=agents[row.agent] if row.agent else "",
        by=by,
    )
