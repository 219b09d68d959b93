"""What the bank shows beside contributions: interest, fees, money given back."""

from __future__ import annotations

from domain.errors import check
from domain.funds import entries as e
from domain.funds.fund import Fund
from domain.kernel import Mandate
from domain.policies import at_most


def record_interest(fund: Fund, *, amount_minor: int, bank_ref: str, by: Mandate) -> None:
    """The bank paid interest (F15, P19)."""
    stage = fund.after("record-interest")
    check(fund.is_new_line("F15.bank_line", bank_ref))
    event = e.InterestRecorded(stage=stage, amount_minor=amount_minor, bank_ref=bank_ref)
    fund.record(event, by, fund.posts("P19", amount_minor))


def record_bank_fee(fund: Fund, *, amount_minor: int, bank_ref: str, by: Mandate) -> None:
    """The bank took a fee (F16, P19f)."""
    stage = fund.after("record-bank-fee")
    check(
        fund.is_new_line("F16.bank_line", bank_ref),
        fund.has_free_cash("F16.cash", amount_minor, field="/amount_minor"),
    )
    event = e.BankFeeRecorded(stage=stage, amount_minor=amount_minor, bank_ref=bank_ref)
    fund.record(event, by, fund.posts("P19f", amount_minor))


def return_money(fund: Fund, *, amount_minor: int, bank_ref: str, by: Mandate) -> None:
    """What is due to the treasury or a contributor was paid over (F13, P12)."""
    stage = fund.after("return-money")
    accounts = {"F13.due": "cash.payable_to_treasury", "F13.bank": "cash.bank"}
    check(
        fund.is_new_line("F13.bank_line", bank_ref),
        *(
            at_most(
                rule,
                amount_minor,
                fund.balance(account),
                fund.currency,
                of=account,
                field="/amount_minor",
            )
            for rule, account in accounts.items()
        ),
    )
    event = e.MoneyReturned(stage=stage, amount_minor=amount_minor, bank_ref=bank_ref)
    fund.record(event, by, fund.posts("P12", amount_minor))
