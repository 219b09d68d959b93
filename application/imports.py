"""What may be told of files of past grants: that they are recorded, as history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, TypeVar

from annotated_types import MaxLen, MinLen

from application.docket import Docket
from application.history import AT_ONCE, PastGrant, Sha256, unrecorded
from application.told import Handlers
from domain import imports
from domain.errors import refuse
from domain.funds import keeping
from domain.funds.fund import Fund
from domain.grants import agreement
from domain.grants.grant import Grant
from domain.imports import Import
from domain.kernel import Aggregate, Evidence, Mandate
from domain.organisations import Organisation
from domain.proposals import submission
from domain.rounds import call
from domain.rounds.round import Round
from domain.values import Name

A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordImport:
    """Records the past grants that a file states, as history: nothing follows from them.

    `mapping` names the standard of the file and how it was read. Rows that are recorded already
    are left out. A row that says something else of a recorded grant refuses the whole file.
    """

    file_sha: Sha256
    mapping: Name
    rows: Annotated[tuple[PastGrant, ...], MinLen(1), MaxLen(100_000)]


def record(command: RecordImport, docket: Docket, id: str, by: Mandate) -> Import:
    rows = unrecorded(command.rows, docket.shelf, by.recorded_at)
    if not rows:
        raise refuse("I0.new", "Everything that the file states is recorded already.")
    history = History(docket, command, rows, by)
    for row in rows:
        history.write(row)
    return history.imported


class History:
    """Writes the rows of one file onto a docket, each thing as of the moment the file states."""

    def __init__(
        self, docket: Docket, command: RecordImport, rows: Sequence[PastGrant], by: Mandate
    ) -> None:
        self.docket = docket
        self.id = docket.new_id()
        evidence = Evidence(
            document=f"{Import.noun}:{self.id}",
            sha256=command.file_sha,
            type=command.mapping.partition(" ")[0],
        )
        self.by = replace(by, evidence=(*by.evidence, evidence))
        self.earliest = earliest(rows)
        self.imported = imports.record(
            self.id,
            file_sha=command.file_sha,
            mapping=command.mapping,
            accepted=len(rows),
            by=self.by,
        )
        docket.add(self.imported)
        streams = list(self.earliest)
        for start in range(0, len(streams), AT_ONCE):
            docket.take_out(streams[start : start + AT_ONCE])

    def write(self, row: PastGrant) -> None:
        """Records what a row states: its award, its payments, and whom and what it names."""
        organisation, round = self.organisation(row), self.round(row)
        proposal = submission.import_history(
            row.proposal,
            import_id=self.id,
            round=round,
            organisation=organisation.id,
            title=row.title,
            asked_minor=row.asked_minor,
            awarded_on=row.awarded_on,
            by=self.as_of(row),
        )
        self.docket.add(proposal)
        self.pay(self.docket.add(self.grant(row, organisation, round)), row)

    def grant(self, row: PastGrant, organisation: Organisation, round: Round) -> Grant:
        """The award."""
        return agreement.import_history(
            row.grant,
            import_id=self.id,
            no=row.grant_id,
            proposal=row.proposal,
            round=round,
            organisation=organisation.id,
            amount_minor=row.awarded_minor,
            awarded_on=row.awarded_on,
            row=row.row,
            source=row.source,
            fingerprint=row.fingerprint,
            by=self.as_of(row),
        )

    def pay(self, grant: Grant, row: PastGrant) -> None:
        """Records the payments that the row states, the earliest first."""
        for payment in sorted(row.payments, key=lambda payment: payment.paid_at):
            agreement.import_payment(
                grant,
                import_id=self.id,
                amount_minor=payment.amount_minor,
                paid_on=payment.paid_on,
                by=replace(self.by, effective_at=payment.paid_at, day=payment.paid_on),
            )

    def organisation(self, row: PastGrant) -> Organisation:
        """The recipient, under the name that it was first met by."""
        if known := self.known(Organisation, row.organisation):
            return known
        return self.docket.add(
            Organisation.import_history(
                row.organisation,
                import_id=self.id,
                name=row.recipient_name,
                identifier=row.recipient_id,
                by=self.as_of(self.earliest[f"{Organisation.noun}:{row.organisation}"]),
            )
        )

    def fund(self, row: PastGrant) -> Fund:
        """The pot of the funder in this currency."""
        if known := self.known(Fund, row.fund):
            return known
        return self.docket.add(
            keeping.import_history(
                row.fund,
                import_id=self.id,
                name=row.funder_name,
                identifier=row.funder_id,
                currency=row.currency,
                by=self.as_of(self.earliest[f"{Fund.noun}:{row.fund}"]),
            )
        )

    def round(self, row: PastGrant) -> Round:
        """The programme in the year of the award."""
        if known := self.known(Round, row.round):
            return known
        return self.docket.add(
            call.import_history(
                row.round,
                import_id=self.id,
                title=f"{row.programme or row.funder_name} {row.awarded_on.year}",
                identifier=row.programme_code,
                fund=self.fund(row),
                by=self.as_of(self.earliest[f"{Round.noun}:{row.round}"]),
            )
        )

    def known(self, kind: type[A], id: str) -> A | None:
        """The thing of that id, if an earlier row or an earlier file named it."""
        found = self.docket.copies.get(f"{kind.noun}:{id}")
        return found if isinstance(found, kind) else None

    def as_of(self, row: PastGrant) -> Mandate:
        """The mandate at the moment that the row states."""
        return replace(self.by, effective_at=row.awarded_at, day=row.awarded_on)


def earliest(rows: Sequence[PastGrant]) -> dict[str, PastGrant]:
    """The earliest row that names each organisation, fund and round, by stream."""
    found: dict[str, PastGrant] = {}
    for row in rows:
        for stream in (
            f"{Organisation.noun}:{row.organisation}",
            f"{Fund.noun}:{row.fund}",
            f"{Round.noun}:{row.round}",
        ):
            if stream not in found or row.awarded_at < found[stream].awarded_at:
                found[stream] = row
    return found


HANDLERS: Handlers = {"record": (RecordImport, record)}
