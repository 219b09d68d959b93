"""What may be told to organisations."""

from __future__ import annotations

from dataclasses import dataclass

from application.docket import Docket
from application.told import Handlers, said
from domain.errors import check
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.policies import holds
from domain.values import Id, Name, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrganisation:
    """Takes a registered organisation over from the register, by its credit code."""

    name: Name
    uscc: Name
    place: Place
    leader: Id
    account: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFiledOrganisation:
    """Takes a filed organisation over from a subdistrict's filing register."""

    name: Name
    filing_no: Name
    place: Place
    leader: Id
    fiscal_agent: Id | None = None


def import_(command: ImportOrganisation, docket: Docket, id: str, by: Mandate) -> Organisation:
    check(
        holds(
            "O9.unique",
            not docket.count(Organisation, uscc=command.uscc),
            "An organisation with this credit code is recorded already.",
            field="/uscc",
        )
    )
    return docket.add(Organisation.bring_in(docket.new_id(), **said(command), by=by))


def import_filed(
    command: ImportFiledOrganisation, docket: Docket, id: str, by: Mandate
) -> Organisation:
    agent = command.fiscal_agent or ""
    if agent:
        docket.load(Organisation, agent, field="/fiscal_agent")
    return docket.add(
        Organisation.bring_in_filed(
            docket.new_id(),
            name=command.name,
            filing_no=command.filing_no,
            place=command.place,
            leader=command.leader,
            agent=agent,
            by=by,
        )
    )


HANDLERS: Handlers = {
    "import": (ImportOrganisation, import_),
    "import-filed": (ImportFiledOrganisation, import_filed),
}
