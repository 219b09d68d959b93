"""The tables of the ledger: its accounts, and the legs of every kind of posting."""

from __future__ import annotations

from typing import NamedTuple


class Account(NamedTuple):
    """An account: its normal side, the nouns one of which guards it, and what it means.

    `homes` are tried in order; the first that the posting names is the home. The fund keeps a
    copy of an account that is `watched`, because its free cash depends on it. A `guarded` account
    is never on its wrong side. An account is kept `by` line of a round's budget or by grant where
    it says so.
    """

    name: str
    side: str
    homes: tuple[str, ...]
    meaning: str
    guarded: bool = False
    watched: bool = False
    by: str = ""


FUND, ROUND, PROPOSAL, GRANT = ("fund",), ("round",), ("proposal",), ("grant",)
ORDER, ORDER_OR_GRANT = ("order",), ("order", "grant")
CUSTODY = ("custody_account",)

ACCOUNTS = {
    account.name: account
    for account in (
        Account("authority.source", "Cr", FUND, "right to commit, by document"),
        Account("authority.available", "Dr", FUND, "not yet allotted", True),
        Account("authority.allotted", "Dr", ROUND, "given to a round", True, False, "line"),
        Account(
            "authority.reserved", "Dr", ("order", "round"), "held for awards", True, False, "line"
        ),
        Account("authority.committed", "Dr", ORDER_OR_GRANT, "signed, not paid", True),
        Account("authority.spent", "Dr", ORDER_OR_GRANT, "paid, less refunds", True),
        Account("cash.bank", "Dr", FUND, "bank deposit", True),
        Account("cash.unassigned_receipts", "Cr", FUND, "received, purpose unknown", True),
        Account("cash.payable_to_treasury", "Cr", FUND, "due back to the payer", True),
        Account("cash.restricted_net_assets", "Cr", FUND, "restricted net assets"),
        Account("cash.income_appropriation", "Cr", FUND, "income from the budget"),
        Account("cash.income_pooled", "Cr", FUND, "income from departments"),
        Account("cash.income_donation", "Cr", FUND, "income from donors"),
        Account("cash.income_surplus_share", "Cr", FUND, "income from surplus shares"),
        Account("cash.income_interest", "Cr", FUND, "interest of the open year"),
        Account("cash.bank_fees", "Dr", FUND, "fees of the open year"),
        Account("cash.payables", "Cr", ORDER_OR_GRANT, "approved, not yet paid", True, True),
        Account("cash.advances", "Dr", GRANT, "approved or paid, not yet accepted", True),
        Account("cash.recoverable", "Dr", GRANT, "due back from the grantee", True),
        Account("cash.grant_expense", "Dr", GRANT, "accepted cost of the open year"),
        Account("cash.write_offs", "Dr", GRANT, "given up in the open year"),
        Account("cash.service_expense", "Dr", ORDER, "accepted deliveries of the open year"),
        Account("custody.assets", "Dr", CUSTODY, "money kept for a client", True, False, "grant"),
        Account("custody.liabilities", "Cr", CUSTODY, "owed to a client", True, False, "grant"),
        Account("match.counterpart", "Cr", PROPOSAL, "match money promised"),
        Account("match.pledged", "Dr", PROPOSAL, "match money not yet shown", True),
        Account("match.received", "Dr", GRANT, "match money shown by evidence", True),
        Account("history.unknown_source", "Cr", GRANT, "imported history"),
        Account("history.awarded", "Dr", GRANT, "imported awards"),
        Account("history.paid", "Dr", GRANT, "imported payments"),
    )
}

INCOME = ("appropriation", "pooled", "donation", "surplus_share")
"""The sources of a contribution, each with an income account of its own."""

Legs = tuple[tuple[str, str], ...]
"""The debit and the credit of each leg of a posting."""

AUTHORITY_IN: Legs = (("authority.available", "authority.source"),)
AUTHORITY_OUT: Legs = (("authority.source", "authority.available"),)
REFUNDED = {
    "reuse": (("authority.available", "authority.spent"),),
    "return": (
        ("authority.source", "authority.spent"),
        ("cash.restricted_net_assets", "cash.payable_to_treasury"),
    ),
}
"""What follows a refund in a fund that may use it again, and in one that must give it back."""


def received(debit: str) -> dict[str, Legs]:
    """The legs of money that came in, by what it was: into the bank, or out of a parked receipt."""
    legs: dict[str, Legs] = {}
    for source in INCOME:
        legs[f"P2.{source}"] = ((debit, f"cash.income_{source}"),)
        legs[f"P2a.{source}"] = ((debit, f"cash.income_{source}"), *AUTHORITY_IN)
    legs["P10"] = ((debit, "cash.recoverable"), *REFUNDED["reuse"])
    legs["P10n"] = ((debit, "cash.recoverable"), *REFUNDED["return"])
    legs["P11r"] = ((debit, "cash.write_offs"),)
    return legs


LEGS: dict[str, Legs] = {
    # code: (debit, credit) of each leg
    "P0.cash": (("cash.bank", "cash.restricted_net_assets"),),
    "P0.authority": AUTHORITY_IN,
    "P1": AUTHORITY_IN,
    "P3": (("authority.allotted", "authority.available"),),
    "P3c.parent": (("authority.available", "authority.allotted"),),
    "P3c.child": (("authority.allotted", "authority.available"),),
    "P3r": (("authority.available", "authority.allotted"),),
    "P4": (("authority.reserved", "authority.allotted"),),
    "P4.fund": (("authority.reserved", "authority.available"),),
    "P4r": (("authority.allotted", "authority.reserved"),),
    "P4r.fund": (("authority.available", "authority.reserved"),),
    "P5": (("authority.committed", "authority.reserved"),),
    "P5a": (("authority.committed", "authority.allotted"),),
    "P5r": (("authority.allotted", "authority.committed"),),
    "P5r.fund": (("authority.available", "authority.committed"),),
    "P6": (("cash.advances", "cash.payables"),),
    "P6r": (("cash.payables", "cash.advances"),),
    "P6s": (("cash.service_expense", "cash.payables"),),
    "P6sr": (("cash.payables", "cash.service_expense"),),
    "P6sr.closed": (("cash.payables", "cash.restricted_net_assets"),),
    "P7": (("cash.payables", "cash.bank"), ("authority.spent", "authority.committed")),
    "P7r": (("cash.bank", "cash.payables"), ("authority.committed", "authority.spent")),
    "P8": (("cash.grant_expense", "cash.advances"),),
    "P9": (("cash.recoverable", "cash.advances"),),
    "P9b": (("cash.recoverable", "cash.grant_expense"),),
    "P9b.closed": (("cash.recoverable", "cash.restricted_net_assets"),),
    "P9r": (("cash.grant_expense", "cash.recoverable"),),
    **received("cash.bank"),
    "P11": (("cash.write_offs", "cash.recoverable"),),
    "P12": (("cash.payable_to_treasury", "cash.bank"),),
    "P12a": AUTHORITY_OUT,
    "P12b": (("cash.restricted_net_assets", "cash.payable_to_treasury"),),
    "P13": (("custody.assets", "custody.liabilities"),),
    "P14": (("custody.liabilities", "custody.assets"),),
    "P15": (("match.pledged", "match.counterpart"),),
    "P15m": (("match.received", "match.pledged"),),
    "P15r": (("match.counterpart", "match.pledged"),),
    "P17.cash_out": (("cash.restricted_net_assets", "cash.bank"),),
    "P17.authority_out": AUTHORITY_OUT,
    "P17.cash_in": (("cash.bank", "cash.restricted_net_assets"),),
    "P17.authority_in": AUTHORITY_IN,
    **{
        f"P18.{source}": ((f"cash.income_{source}", "cash.restricted_net_assets"),)
        for source in (*INCOME, "interest")
    },
    **{
        f"P18.{name}": (("cash.restricted_net_assets", f"cash.{name}"),)
        for name in ("bank_fees", "grant_expense", "service_expense", "write_offs")
    },
    "P18.recovered": (("cash.write_offs", "cash.restricted_net_assets"),),
    "P18b": (("authority.source", "authority.spent"),),
    "P18r": (("authority.spent", "authority.source"),),
    "P19": (("cash.bank", "cash.income_interest"),),
    "P19f": (("cash.bank_fees", "cash.bank"),),
    "P20": (("cash.bank", "cash.unassigned_receipts"),),
    "P20r": (("cash.unassigned_receipts", "cash.bank"),),
    **{f"P20a.{code}": legs for code, legs in received("cash.unassigned_receipts").items()},
    "P21": (("history.awarded", "history.unknown_source"),),
    "P22": (("history.paid", "history.awarded"),),
}

REVERSIBLE = ("P0", "P1", "P2", "P2a", "P12a", "P17", "P19", "P19f")
"""The postings that a correction may reverse; steps of a workflow have rows that undo them."""

LEGS.update(
    {
        f"P16.{code}": tuple((credit, debit) for debit, credit in legs)
        for code, legs in list(LEGS.items())
        if code.partition(".")[0] in REVERSIBLE
    }
)
