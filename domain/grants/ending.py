"""How a grant ends against its plan, and what may be claimed after any end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from domain.errors import Reason, Word, check
from domain.findings.finding import Finding
from domain.funds.fund import Fund
from domain.grants import costs
from domain.grants import stopping_events as e
from domain.grants.costs import CostStage
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.ledger import Posting
from domain.money import percent_of
from domain.policies import at_most, holds
from domain.rounds.round import Round
from domain.tranches.tranche import Tranche

AT_THE_BANK = ("sent", "paid")
"""The stages in which the bank still owes an answer, or the statement a line, for a tranche."""


class Held(NamedTuple):
    """What stands around a grant when it is ended: its tranches, its round, what is pledged.

    `left` are the reasons that others give against its end, where something is still open there.
    """

    tranches: tuple[Tranche, ...]
    round: Round
    pledged_minor: int
    left: Sequence[Reason | None] = ()


class FinalAccount(NamedTuple):
    """What a grant that is ended has come to, in minor units; `disallowed` are numbers of costs."""

    disallowed: tuple[int, ...]
    unpaid_reduced_minor: int
    posted_minor: int
    paid_minor: int
    accepted_minor: int
    settled_surplus_minor: int
    excess_minor: int
    due_back_minor: int
    remaining_minor: int


def disallowed_minor(grant: Grant) -> tuple[int, int]:
    """Of cost that was questioned after it was accepted: what was never paid, and the rest."""
    doubted = grant.questioned_minor - costs.questioned_unaccepted(grant.costs)
    unpaid = min(doubted, grant.unpaid_minor)
    return unpaid, doubted - unpaid


def final_account(grant: Grant, held: Held) -> FinalAccount:
    """The account of a grant whose questioned costs are all disallowed.

    Accepted cost that an advance was not free for, because of a questioned one, is posted now.
    """
    unpaid_reduced, disallowed = disallowed_minor(grant)
    free = grant.free_advance(held.tranches)
    posted = min(free, grant.unpaid_minor - unpaid_reduced)
    accepted = costs.sum_of(grant.costs, CostStage.ACCEPTED)
    allowed = percent_of(accepted, held.round.asks.cap_percent)
    excess = max(0, grant.posted_minor + posted - disallowed - allowed)
    due = grant.balance("cash.recoverable") + free - posted + disallowed + excess
    return FinalAccount(
        disallowed=tuple(c.no for c in grant.costs if c.stage == CostStage.QUESTIONED),
        unpaid_reduced_minor=unpaid_reduced,
        posted_minor=posted,
        paid_minor=grant.balance("authority.spent"),
        accepted_minor=accepted,
        settled_surplus_minor=free - posted,
        excess_minor=excess,
        due_back_minor=due,
        remaining_minor=grant.balance("authority.committed"),
    )


def closes(grant: Grant, account: FinalAccount, pledged_minor: int) -> tuple[Posting, ...]:
    """What an end moves: all that is committed goes back, all that is not spent is due back.

    Approved payments that are undone (P6r) stand in the records of their tranches.
    """
    claimed = disallowed_minor(grant)[1] + account.excess_minor
    return (
        *grant.posts("P8", account.posted_minor),
        *grant.claims(claimed, posting_minor=account.posted_minor),
        *grant.posts("P9", account.settled_surplus_minor),
        *grant.posts("P5r", account.remaining_minor),
        *grant.posts("P15r", pledged_minor),
    )


def is_to_come(rule: str, repay_by: date, by: Mandate) -> Reason | None:
    """What is due back is not due before anybody has asked for it."""
    return holds(
        f"{rule}.repay_by",
        repay_by > by.day,
        "What is due back is due on a later day.",
        field="/repay_by",
    )


def may_end(rule: str, held: Held, repay_by: date, by: Mandate) -> Iterable[Reason | None]:
    """What is asked before a grant is ended against its plan (G20, G21a)."""
    waiting = sum(tranche.stage in AT_THE_BANK for tranche in held.tranches)
    yield holds(
        f"{rule}.bank",
        not waiting,
        "{count} payments are at the bank or not on a statement yet.",
        count=waiting,
    )
    yield is_to_come(rule, repay_by, by)
    yield from held.left


def close_unilaterally(
    grant: Grant, *, basis: str, repay_by: date, last_day: date, held: Held, by: Mandate
) -> None:
    """Closes a grant whose end is long overdue (G20: P5r, P8, P9, P9b, P15r)."""
    stage = grant.after("close-unilaterally")
    check(
        holds(
            "G20.late",
            by.day > last_day,
            "The grant can be closed from one side after {day}.",
            day=last_day,
        ),
        *may_end("G20", held, repay_by, by),
    )
    account = final_account(grant, held)
    event = e.ClosedUnilaterally(stage=stage, basis=basis, repay_by=repay_by, **account._asdict())
    grant.record(event, by, closes(grant, account, held.pledged_minor))


def terminate(
    grant: Grant, *, repay_by: date, waiver: str, contested: bool, held: Held, by: Mandate
) -> None:
    """Ends a grant before its plan (G21a: P5r, P8, P9, P9b, P15r).

    `contested` says that an appeal against the proposal of its end is not decided.
    """
    stage = grant.after("terminate")
    is_over = grant.hearing_ends is None or by.day > grant.hearing_ends
    check(
        holds(
            "G21a.hearing",
            is_over or bool(waiver),
            "The grantee may be heard until {day}, unless it waives that in writing.",
            day=grant.hearing_ends,
        ),
        holds("G21a.appeal", not contested, "An appeal against the termination is open."),
        *may_end("G21a", held, repay_by, by),
    )
    account = final_account(grant, held)
    event = e.Terminated(
        stage=stage, cause=grant.cause, repay_by=repay_by, waiver=waiver, **account._asdict()
    )
    grant.record(event, by, closes(grant, account, held.pledged_minor))


class Found(NamedTuple):
    """The finding by which more is claimed back, and the tranches that it may be about too."""

    finding: Finding
    tranches: tuple[Tranche, ...]


def may_adjust(
    grant: Grant, amount_minor: int, found: Found, repay_by: date, fund: Fund, by: Mandate
) -> Iterable[Reason | None]:
    """What is asked before more is claimed back of a grant that has ended (G26)."""
    streams = (grant.stream, *(tranche.stream for tranche in found.tranches))
    yield holds(
        "G26.finding",
        found.finding.concerns(*streams),
        "This finding is not about this grant.",
        field="/finding",
    )
    yield at_most(
        "G26.accepted",
        amount_minor,
        grant.posted_minor,
        grant.currency,
        of="posted",
        field="/amount_minor",
    )
    yield holds("G26.fund", fund.stage != "closed", "The fund is closed; open it again first.")
    yield is_to_come("G26", repay_by, by)


def adjust(
    grant: Grant,
    *,
    amount_minor: int,
    found: Found,
    basis: str,
    repay_by: date,
    fund: Fund,
    by: Mandate,
) -> None:
    """Claims accepted cost back after the end of a grant (G26: P9b), as a finding asks."""
    stage = grant.after("record-post-closeout")
    check(*may_adjust(grant, amount_minor, found, repay_by, fund, by))
    event = e.PostCloseoutAdjusted(
        stage=stage,
        amount_minor=amount_minor,
        finding=found.finding.id,
        basis=basis,
        repay_by=repay_by,
    )
    grant.record(event, by, grant.claims(amount_minor))


def is_paid_back(grant: Grant, *, is_claimed: bool) -> Reason | None:
    """Nothing is due back any more, or it has been ordered back (G19)."""
    return holds(
        "G19.recoverable",
        is_claimed or not grant.balance("cash.recoverable"),
        "The account “{account}” of the grant is not zero, and no clawback is ordered.",
        account=Word("account", "cash.recoverable"),
    )
