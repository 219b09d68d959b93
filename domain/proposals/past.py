"""What past files state of proposals: that they were awarded, or what became of them instead."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from domain.kernel import Mandate
from domain.proposals import events as e
from domain.proposals.lifecycle import lifecycle
from domain.proposals.proposal import Proposal
from domain.rounds.round import Round


class PastProposal(TypedDict):
    """What a file states of a proposal; amounts in minor units, days only where it has them."""

    import_id: str
    organisation: str
    title: str
    asked_minor: int | None
    asked_on: date | None


class PastRow(TypedDict):
    """Which row of the file states it, as the file had the row."""

    row: int
    source: str
    fingerprint: str


def import_history(
    id: str, *, round: Round, awarded_on: date | None, by: Mandate, **stated: Unpack[PastProposal]
) -> Proposal:
    """What an organisation asked for and was awarded, as a past file states it (I1)."""
    proposal = Proposal(id=id)
    event = e.Imported(
        stage=lifecycle.start("import"),
        round=round.id,
        fund=round.fund,
        currency=round.currency,
        awarded_on=awarded_on,
        **stated,
    )
    proposal.record(event, by)
    return proposal


def import_unfunded(
    id: str,
    *,
    round: Round,
    outcome: str,
    kept: PastRow,
    by: Mandate,
    **stated: Unpack[PastProposal],
) -> Proposal:
    """What an organisation asked for without an award, as a past file states it (I1a)."""
    proposal = Proposal(id=id)
    event = e.HistoryImported(
        stage=lifecycle.start("import-unfunded"),
        round=round.id,
        fund=round.fund,
        currency=round.currency,
        outcome=outcome,
        **stated,
        **kept,
    )
    proposal.record(event, by)
    return proposal
