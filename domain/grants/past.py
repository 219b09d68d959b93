"""Grants of the past, as files state them."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from domain.errors import check
from domain.grants import events as e
from domain.grants.grant import Grant
from domain.grants.lifecycle import lifecycle
from domain.kernel import Mandate
from domain.ledger import post
from domain.policies import at_most, holds
from domain.rounds.round import Round


class PastAward(TypedDict):
    """What a file states of a past award, and which row of the file states it."""

    import_id: str
    no: str
    proposal: str
    organisation: str
    amount_minor: int
    awarded_on: date | None
    row: int
    source: str
    fingerprint: str


def import_history(id: str, *, round: Round, by: Mandate, **award: Unpack[PastAward]) -> Grant:
    """A past award as a file states it (I2), with its row of the file."""
    grant = Grant(id=id)
    event = e.Imported(
        stage=lifecycle.start("import"),
        round=round.id,
        fund=round.fund,
        currency=round.currency,
        **award,
    )
    postings = post(
        "P21",
        award["amount_minor"],
        currency=round.currency,
        fund=round.fund,
        round=round.id,
        proposal=award["proposal"],
        grant=id,
    )
    grant.record(event, by, postings)
    return grant


def import_payment(
    grant: Grant, *, import_id: str, amount_minor: int, paid_on: date, by: Mandate
) -> None:
    """A past payment as a file states it (I3)."""
    stage = grant.after("import-payment")
    check(
        at_most(
            "I3.award",
            grant.imported_paid_minor + amount_minor,
            grant.amount_minor,
            grant.currency,
            of="award",
        )
    )
    event = e.PaymentImported(
        stage=stage, import_id=import_id, amount_minor=amount_minor, paid_on=paid_on
    )
    grant.record(event, by, grant.posts("P22", amount_minor))


def import_outcome(
    grant: Grant,
    *,
    import_id: str,
    outcome: str,
    amount_minor: int | None,
    on: date | None,
    by: Mandate,
) -> None:
    """What became of a past grant, in the words of its file (I4); no money moves by it."""
    stage = grant.after("import-outcome")
    check(
        holds("I4.words", bool(outcome.strip()), "An outcome is told in the words of its file."),
        holds(
            "I4.amount",
            amount_minor is None or amount_minor >= 0,
            "The amount of an outcome is not negative.",
        ),
    )
    event = e.OutcomeImported(
        stage=stage, import_id=import_id, outcome=outcome, amount_minor=amount_minor, on=on
    )
    grant.record(event, by)
