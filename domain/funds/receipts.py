"""How a fund comes to money: appropriations, opening balances, contributions."""

from __future__ import annotations

from collections.abc import Iterable

from domain.errors import Reason, check
from domain.funds import events as e
from domain.funds.fund import Fund
from domain.funds.values import Contribution
from domain.kernel import Mandate
from domain.policies import at_most, holds


def record_appropriation(
    fund: Fund, *, doc_no: str, amount_minor: int, year: int, by: Mandate
) -> None:
    stage = fund.after("record-appropriation")
    check(
        is_new_document(fund, "F2.document", doc_no),
        holds(
            "F2.year",
            year == fund.year,
            "The fund is of the year {year}.",
            field="/year",
            year=fund.year,
        ),
    )
    event = e.AppropriationRecorded(
        stage=stage, doc_no=doc_no, amount_minor=amount_minor, year=year
    )
    fund.record(event, by, fund.posts("P1", amount_minor))


def record_opening_balance(
    fund: Fund, *, bank_minor: int, available_minor: int, by: Mandate
) -> None:
    stage = fund.after("record-opening-balance")
    check(
        holds(
            "F2a.first",
            not fund.balances,
            "An opening balance comes before every other entry of a fund.",
        )
    )
    event = e.OpeningBalanceRecorded(
        stage=stage, bank_minor=bank_minor, available_minor=available_minor
    )
    legs = fund.posts("P0.cash", bank_minor) + fund.posts("P0.authority", available_minor)
    fund.record(event, by, legs)


def amend_appropriation(fund: Fund, *, doc_no: str, amount_minor: int, by: Mandate) -> None:
    stage = fund.after("amend-appropriation")
    check(
        is_new_document(fund, "F2b.document", doc_no),
        fund.has_available("F2b.available", amount_minor, field="/amount_minor"),
    )
    event = e.AppropriationCut(stage=stage, doc_no=doc_no, amount_minor=amount_minor)
    fund.record(event, by, fund.posts("P12a", amount_minor))


def may_receive(fund: Fund, received: Contribution) -> Iterable[Reason | None]:
    """What is asked of money that came in (F3)."""
    yield holds(
        "F3.bank_line",
        received.bank_ref not in {known.bank_ref for known in fund.contributions},
        "The bank line {bank_ref} is recorded already.",
        field="/bank_ref",
        bank_ref=received.bank_ref,
    )
    yield holds(
        "F3.purposes",
        set(received.purposes) <= set(fund.purposes),
        "A contribution may only be for purposes of its fund.",
        field="/purposes",
    )
    yield is_appropriated(fund, "F3.appropriated", received.source, received.amount_minor)


def receive_contribution(
    fund: Fund,
    *,
    contributor: str,
    source: str,
    amount_minor: int,
    purposes: tuple[str, ...],
    bank_ref: str,
    by: Mandate,
) -> None:
    stage = fund.after("receive-contribution")
    received = Contribution(contributor, source, amount_minor, purposes, bank_ref)
    check(*may_receive(fund, received))
    event = e.ContributionReceived(
        stage=stage,
        contributor=contributor,
        source=source,
        amount_minor=amount_minor,
        purposes=purposes,
        bank_ref=bank_ref,
    )
    code = f"P2.{source}" if source == "appropriation" else f"P2a.{source}"
    fund.record(event, by, fund.posts(code, amount_minor, contributor=contributor))


def is_appropriated(fund: Fund, rule: str, source: str, amount_minor: int) -> Reason | None:
    """Budget money may come in only as far as an appropriation was recorded for it."""
    if source != "appropriation":
        return None
    received = sum(c.amount_minor for c in fund.contributions if c.source == source)
    return at_most(
        rule,
        received + amount_minor,
        fund.appropriated_minor,
        fund.currency,
        of="appropriation",
        field="/amount_minor",
    )


def is_new_document(fund: Fund, rule: str, doc_no: str) -> Reason | None:
    return holds(
        rule,
        doc_no not in fund.documents,
        "The document {doc_no} is recorded already.",
        field="/doc_no",
        doc_no=doc_no,
    )
