"""Money that came in and fits nothing yet: parked, sent back, or assigned to what it was for."""

from __future__ import annotations

from domain.errors import Reason, check
from domain.funds import entries as e
from domain.funds.fund import Fund
from domain.funds.receipts import code_of, may_receive
from domain.funds.values import Contribution, Parked
from domain.kernel import Mandate
from domain.ledger import Posting
from domain.policies import at_most, holds


def park_receipt(fund: Fund, *, payer: str, amount_minor: int, bank_ref: str, by: Mandate) -> None:
    """Records money of which nobody knows what it is for (F17, P20)."""
    stage = fund.after("park-receipt")
    check(fund.is_new_line("F17.bank_line", bank_ref))
    event = e.ReceiptParked(stage=stage, payer=payer, amount_minor=amount_minor, bank_ref=bank_ref)
    fund.record(event, by, fund.posts("P20", amount_minor))


def send_back_receipt(
    fund: Fund, *, receipt: int, amount_minor: int, bank_ref: str, by: Mandate
) -> None:
    """Gives parked money back to who paid it (F18, P20r)."""
    stage = fund.after("send-back-receipt")
    parked = receipt_of("F18.receipt", fund, receipt)
    check(
        fund.is_new_line("F18.bank_line", bank_ref),
        is_parked("F18.parked", fund, parked, amount_minor),
    )
    event = e.ReceiptSentBack(
        stage=stage, receipt=receipt, amount_minor=amount_minor, bank_ref=bank_ref
    )
    fund.record(event, by, fund.posts("P20r", amount_minor))


def assign_to_contribution(
    fund: Fund, *, receipt: int, given: Contribution, pledge: int, by: Mandate
) -> None:
    """Parked money was a contribution (F19): P2 or P2a out of what is parked (P20a)."""
    stage, minor = fund.after("assign-receipt"), given.amount_minor
    parked = receipt_of("F19.receipt", fund, receipt)
    check(is_parked("F19.parked", fund, parked, minor), *may_receive(fund, given, pledge))
    event = e.ReceiptAssigned(
        stage=stage,
        receipt=receipt,
        stands_for="contribution",
        amount_minor=minor,
        line=parked.bank_ref,
        contributor=given.contributor,
        source=given.source,
        purposes=given.purposes,
        pledge=pledge,
    )
    code = f"P20a.{code_of(fund, given.source, pledge)}"
    fund.record(event, by, fund.posts(code, minor, contributor=given.contributor))


def assign_to_thing(
    fund: Fund,
    *,
    receipt: int,
    stands_for: str,
    thing: str,
    amount_minor: int,
    postings: tuple[Posting, ...],
    reasons: tuple[Reason | None, ...],
    by: Mandate,
) -> None:
    """Parked money was another thing's (F19), whose own row gives reasons and postings (P20a)."""
    stage = fund.after("assign-receipt")
    parked = receipt_of("F19.receipt", fund, receipt)
    check(is_parked("F19.parked", fund, parked, amount_minor), *reasons)
    event = e.ReceiptAssigned(
        stage=stage,
        receipt=receipt,
        stands_for=stands_for,
        thing=thing,
        amount_minor=amount_minor,
        line=parked.bank_ref,
    )
    fund.record(event, by, postings)


def receipt_of(rule: str, fund: Fund, receipt: int) -> Parked:
    """The parked receipt of that number, counted from 1; refused where there is none."""
    check(
        holds(
            rule,
            0 < receipt <= len(fund.parked),
            "There is no parked receipt of that number.",
            field="/receipt",
        )
    )
    return fund.parked[receipt - 1]


def is_parked(rule: str, fund: Fund, parked: Parked, amount_minor: int) -> Reason | None:
    """No more is taken than is left of what is parked."""
    return at_most(
        rule,
        amount_minor,
        parked.left_minor,
        fund.currency,
        of="cash.unassigned_receipts",
        field="/amount_minor",
    )
