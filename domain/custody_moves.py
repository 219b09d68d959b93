"""What moves a custody account: deposits, payments, what comes back, and its end.

A deposit stands in the account's own record and not in that of the tranche: it moves the books of
the agent's fund, of which the account is the home, and a posting balances inside one fund. What is
returned or charged stands there too, with what it moves in the fund that granted the money; of a
return the grant keeps a record of its own, because it counts its refunds.
"""

from __future__ import annotations

from collections.abc import Iterable

from domain import custody as e
from domain.custody import CustodyAccount
from domain.errors import Reason, check
from domain.grants.grant import Grant
from domain.grants.reporting import postable
from domain.kernel import Mandate
from domain.policies import at_most, holds, no_interest
from domain.tranches.lifecycle import Stage as TrancheStage
from domain.tranches.tranche import Tranche


def receive(account: CustodyAccount, *, tranche: Tranche, by: Mandate) -> None:
    """Takes a tranche in that the bank has paid to the agent (C2)."""
    event = e.Received(
        stage=account.after("receive"),
        grant=tranche.grant,
        tranche=tranche.id,
        amount_minor=tranche.amount_minor,
    )
    postings = account.posts("P13", tranche.amount_minor, grant=tranche.grant, tranche=tranche.id)
    account.record(event, by, postings)


def undo_receipt(account: CustodyAccount, *, tranche: Tranche, by: Mandate) -> None:
    """Takes a deposit out again that the bank sent back (C6)."""
    event = e.ReceiptUndone(
        stage=account.after("undo-receipt"),
        grant=tranche.grant,
        tranche=tranche.id,
        amount_minor=tranche.amount_minor,
    )
    postings = account.posts("P14", tranche.amount_minor, grant=tranche.grant, tranche=tranche.id)
    account.record(event, by, postings)


def disposable(account: CustodyAccount, grant: Grant, tranches: Iterable[Tranche]) -> int:
    """What is kept of a grant less the deposits that the bank may still send back."""
    unsure = sum(
        tranche.amount_minor
        for tranche in tranches
        if tranche.id in account.deposits and tranche.stage == TrancheStage.PAID
    )
    return account.held(grant.id) - unsure


def own_debt(account: CustodyAccount, grant: Grant) -> int:
    """What is due back of a grant and was not charged to the agent already."""
    return max(0, grant.balance("cash.recoverable") - account.charged(grant.id))


def may_leave(
    rule: str, account: CustodyAccount, grant: Grant, tranches: tuple[Tranche, ...], minor: int
) -> Iterable[Reason | None]:
    """What is asked before money of a grant leaves custody for the fund (C4, C5)."""
    yield is_kept(rule, account, grant, tranches, minor)
    yield at_most(
        f"{rule}.claim",
        minor,
        own_debt(account, grant) + postable(grant, tranches),
        account.currency,
        of="returnable",
        field="/amount_minor",
    )


def is_kept(
    rule: str, account: CustodyAccount, grant: Grant, tranches: tuple[Tranche, ...], minor: int
) -> Reason | None:
    """So much of the grant is kept, and the bank cannot send it back any more (C3 to C5)."""
    most = disposable(account, grant, tranches)
    return at_most(
        f"{rule}.kept", minor, most, account.currency, of="custody", field="/amount_minor"
    )


def pay_out(
    account: CustodyAccount,
    *,
    grant: Grant,
    tranches: tuple[Tranche, ...],
    payee: str,
    amount_minor: int,
    voucher: str,
    by: Mandate,
) -> None:
    """Pays for the client, whose leader confirms it (C3)."""
    stage = account.after("pay-out")
    check(
        is_kept("C3", account, grant, tranches, amount_minor),
        holds(
            "C3.voucher",
            voucher not in account.vouchers,
            "The voucher {voucher} was paid already.",
            field="/voucher",
            voucher=voucher,
        ),
    )
    event = e.PaidOut(
        stage=stage, grant=grant.id, payee=payee, amount_minor=amount_minor, voucher=voucher
    )
    account.record(event, by, account.posts("P14", amount_minor, grant=grant.id))


def is_new_line(grant: Grant, bank_ref: str) -> Reason | None:
    """The bank line was not taken for another refund of this grant (C4)."""
    return holds(
        "C4.bank_line",
        bank_ref not in grant.bank_refs,
        "The bank line {bank_ref} is recorded already.",
        field="/bank_ref",
        bank_ref=bank_ref,
    )


def give_back(
    account: CustodyAccount,
    *,
    grant: Grant,
    tranches: tuple[Tranche, ...],
    amount_minor: int,
    bank_ref: str,
    reusable: bool,
    by: Mandate,
) -> None:
    """Returns to the fund what is due back; beyond that it is taken from the advance (C4)."""
    stage = account.after("return")
    check(
        *may_leave("C4", account, grant, tranches, amount_minor),
        is_new_line(grant, bank_ref),
    )
    disallowed = max(0, amount_minor - own_debt(account, grant))
    event = e.Returned(
        stage=stage,
        grant=grant.id,
        amount_minor=amount_minor,
        disallowed_minor=disallowed,
        bank_ref=bank_ref,
    )
    postings = account.posts("P14", amount_minor, grant=grant.id)
    postings += grant.posts("P9", disallowed)
    postings += grant.posts("P10" if reusable else "P10n", amount_minor)
    account.record(event, by, postings)


def charge_agent(
    account: CustodyAccount,
    *,
    grant: Grant,
    tranches: tuple[Tranche, ...],
    amount_minor: int,
    by: Mandate,
) -> None:
    """Makes an agent who neither pays nor returns owe what it keeps (C5)."""
    stage = account.after("charge-agent")
    check(
        *may_leave("C5", account, grant, tranches, amount_minor),
        no_interest("C5.interest", by, account.organisation, account.agent),
    )
    disallowed = max(0, amount_minor - own_debt(account, grant))
    event = e.AgentCharged(
        stage=stage,
        grant=grant.id,
        amount_minor=amount_minor,
        disallowed_minor=disallowed,
        debtor=account.agent,
    )
    postings = account.posts("P14", amount_minor, grant=grant.id)
    postings += grant.posts("P9", disallowed)
    account.record(event, by, postings)


def close(account: CustodyAccount, *, grants: tuple[Grant, ...], by: Mandate) -> None:
    """Ends the account (C7): nothing is kept, and no grant that is to be paid to it goes on."""
    stage = account.after("close")
    live = sum(grant.custody_account == account.id and not grant.is_final for grant in grants)
    check(
        holds("C7.zero", not account.total, "The custody account is not empty."),
        holds(
            "C7.grants",
            not live,
            "{count} grants that are paid through this account have not ended.",
            count=live,
        ),
    )
    account.record(e.Closed(stage=stage), by)
