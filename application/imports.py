"""What may be told of files of past grants: that they are recorded, as history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, TypeVar

from annotated_types import MaxLen

from application import registers, scores
from application.docket import Docket
from application.history import AT_ONCE, PastGrant, PastOutcome, PastPayment, Sha256
from application.novelty import unrecorded
from application.registers import RegisterRow
from application.scores import PastPanel
from application.told import Handlers
from domain import imports
from domain.envelope import Evidence
from domain.errors import check, refuse
from domain.funds import keeping
from domain.funds.fund import Fund
from domain.grants import past as past_grants
from domain.grants.grant import Grant
from domain.imports import Import
from domain.kernel import Aggregate, Mandate
from domain.organisations import Organisation
from domain.policies import holds
from domain.proposals import past
from domain.proposals.proposal import Proposal
from domain.rounds import call
from domain.rounds.round import Round
from domain.values import Name

A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordImport:
    """Records what a file states: past grants, from which nothing follows, or a register.

    `mapping` names the standard of the file and how it was read. Rows that are recorded already
    are left out. A row that says something else of a recorded grant refuses the whole file.
    A register of organisations has `organisations` in place of rows; they are taken over.
    The score sheet of a panel held elsewhere stands in `panel`.
    """

    file_sha: Sha256
    mapping: Name
    rows: Annotated[tuple[PastGrant, ...], MaxLen(100_000)] = ()
    organisations: Annotated[tuple[RegisterRow, ...], MaxLen(100_000)] = ()
    panel: PastPanel | None = None


def record(command: RecordImport, docket: Docket, id: str, by: Mandate) -> Import:
    check(
        holds(
            "I0.one",
            sum(map(bool, (command.rows, command.organisations, command.panel))) <= 1,
            "A file states past grants, organisations or scores, and not two of them.",
            field="/organisations",
        )
    )
    file = {"file_sha": command.file_sha, "mapping": command.mapping}
    if command.panel is not None:
        return scores.take_over(command.panel, docket, by, **file)
    if command.organisations:
        return registers.take_over(command.organisations, docket, by, **file)
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
        """Records what a row states: award, payments, outcomes, and whom and what it names."""
        organisation, round = self.organisation(row), self.round(row)
        stated: past.PastProposal = {
            "import_id": self.id,
            "organisation": organisation.id,
            "title": row.title,
            "asked_minor": row.asked_minor,
            "asked_on": row.asked_on,
        }
        if row.awarded_minor is None:
            self.docket.add(self.unfunded(row, round, stated))
            return
        proposal = past.import_history(
            row.proposal, round=round, awarded_on=row.awarded_on, by=self.as_of(row), **stated
        )
        self.docket.add(proposal)
        grant = self.docket.add(self.grant(row, row.awarded_minor, organisation, round))
        self.follow(grant, row)

    def unfunded(self, row: PastGrant, round: Round, stated: past.PastProposal) -> Proposal:
        """What was asked for without an award; nothing else keeps the row, so it does."""
        kept: past.PastRow = {
            "row": row.row,
            "source": row.source,
            "fingerprint": row.fingerprint,
        }
        return past.import_unfunded(
            row.proposal, round=round, outcome=row.outcome, kept=kept, by=self.as_of(row), **stated
        )

    def grant(
        self, row: PastGrant, amount_minor: int, organisation: Organisation, round: Round
    ) -> Grant:
        """The award."""
        return past_grants.import_history(
            row.grant,
            import_id=self.id,
            no=row.grant_id,
            proposal=row.proposal,
            round=round,
            organisation=organisation.id,
            amount_minor=amount_minor,
            awarded_on=row.awarded_on,
            row=row.row,
            source=row.source,
            fingerprint=row.fingerprint,
            by=self.as_of(row),
        )

    def follow(self, grant: Grant, row: PastGrant) -> None:
        """Records the payments and outcomes that the row states, the earliest first."""
        told: list[tuple[datetime, PastPayment | PastOutcome]] = [
            *((payment.paid_at, payment) for payment in row.payments),
            *((outcome.at, outcome) for outcome in row.outcomes),
        ]
        for at, each in sorted(told, key=lambda pair: pair[0]):
            if isinstance(each, PastPayment):
                past_grants.import_payment(
                    grant,
                    import_id=self.id,
                    amount_minor=each.amount_minor,
                    paid_on=each.paid_on,
                    by=replace(self.by, effective_at=at, day=each.paid_on),
                )
            else:
                past_grants.import_outcome(
                    grant,
                    import_id=self.id,
                    outcome=each.outcome,
                    amount_minor=each.amount_minor,
                    on=each.on,
                    by=replace(self.by, effective_at=at, day=each.on or self.by.day),
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
                title=f"{row.programme or row.funder_name} {row.year}".strip(),
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
        return replace(self.by, effective_at=row.awarded_at, day=row.awarded_on or self.by.day)


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
