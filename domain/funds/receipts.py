"""How a fund comes to money: appropriations, opening balances, contributions."""

from __future__ import annotations

from collections.abc import Iterable

from domain.errors import Reason, check
from domain.funds import events as e
from domain.funds.events import pledged
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
            not any(fund.balances.values()),
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


def may_receive(fund: Fund, received: Contribution, pledge: int) -> Iterable[Reason | None]:
    """What is asked of money that came in, whichever line of the bank it came by (F3)."""
    yield is_for_its_purposes("F3.purposes", fund, received)
    yield is_appropriated(fund, "F3.appropriated", received.source, received.amount_minor)
    if pledge:
        yield from may_settle(fund, received, pledge)
        return
    owed = [known for known in fund.contributions if known.letter and known.open_minor]
    yield holds(
        "F3.promised",
        (received.contributor, received.source) not in {(o.contributor, o.source) for o in owed},
        "This contributor has promised money; say which pledge this settles.",
        field="/pledge",
    )


def is_for_its_purposes(rule: str, fund: Fund, given: Contribution) -> Reason | None:
    return holds(
        rule,
        set(given.purposes) <= set(fund.purposes),
        "A contribution may only be for purposes of its fund.",
        field="/purposes",
    )


def may_settle(fund: Fund, received: Contribution, pledge: int) -> Iterable[Reason | None]:
    """What is asked of money that a pledge announced: it is that pledge's, and no more than it."""
    known = pledged(fund.contributions, pledge)
    if known is None:
        yield holds("F3.pledge", False, "There is no such pledge.", field="/pledge")
        return
    yield holds(
        "F3.contributor",
        (received.contributor, received.source) == (known.contributor, known.source),
        "The pledge is another contributor's, or of another source.",
        field="/contributor",
    )
    yield holds(
        "F3.pledged_purposes",
        set(received.purposes) == set(known.purposes),
        "Money that was promised is for the purposes of its pledge.",
        field="/purposes",
    )
    yield at_most(
        "F3.open",
        received.amount_minor,
        known.open_minor,
        fund.currency,
        of="pledge",
        field="/amount_minor",
    )


def receive_contribution(fund: Fund, *, received: Contribution, pledge: int, by: Mandate) -> None:
    """Records money that came in (F3): P2 where its authority is booked already, else P2a."""
    stage, minor = fund.after("receive-contribution"), received.amount_minor
    is_in_order = fund.effective_at is None or by.effective_at >= fund.effective_at
    check(
        fund.is_new_line("F3.bank_line", received.bank_ref),
        *may_receive(fund, received, pledge),
        holds(
            "F3.date",
            is_in_order or not pledge,
            "What settles a pledge cannot be dated before what happened to the fund last.",
            field="/effective_at",
        ),
    )
    event = e.ContributionReceived(
        stage=stage,
        contributor=received.contributor,
        source=received.source,
        amount_minor=minor,
        purposes=received.purposes,
        bank_ref=received.bank_ref,
        pledge=pledge,
    )
    code = code_of(fund, received.source, pledge)
    fund.record(event, by, fund.posts(code, minor, contributor=received.contributor))


def code_of(fund: Fund, source: str, pledge: int) -> str:
    """P2 for the budget's money and a binding pledge's, whose authority came first; else P2a."""
    known = pledged(fund.contributions, pledge)
    is_booked = source == "appropriation" or (known is not None and known.binding)
    return f"P2.{source}" if is_booked else f"P2a.{source}"


def is_appropriated(fund: Fund, rule: str, source: str, amount_minor: int) -> Reason | None:
    """Budget money may come in only as far as an appropriation was recorded for it."""
    if source != "appropriation":
        return None
    return at_most(
        rule,
        received_of(fund, source) + amount_minor,
        fund.appropriated_minor,
        fund.currency,
        of="appropriation",
        field="/amount_minor",
    )


def received_of(fund: Fund, source: str) -> int:
    """What has come in from a source, in minor units."""
    return sum(c.received_minor for c in fund.contributions if c.source == source)


def is_new_document(fund: Fund, rule: str, doc_no: str) -> Reason | None:
    return holds(
        rule,
        doc_no not in fund.documents,
        "The document {doc_no} is recorded already.",
        field="/doc_no",
        doc_no=doc_no,
    )
