"""How a grant is judged and ends: final report, evaluation, audit, settlement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.errors import Reason, Word, check
from domain.grants import costs
from domain.grants import events as e
from domain.grants.costs import CostStage
from domain.grants.ending import is_paid_back
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.money import percent_of
from domain.policies import at_most, check_unless_set_aside, holds, other_hands
from domain.proposals.content import Indicator
from domain.rounds.round import Round
from domain.tranches.tranche import Tranche

UNSETTLED = ("requested", "checked", "approved", "sent", "returned", "held", "paid")
"""The stages in which a tranche keeps its grant from being settled."""


def end_period(grant: Grant, *, by: Mandate) -> None:
    stage = grant.after("end-period")
    over = grant.ends is not None and by.day > grant.ends
    check(holds("G14.day", over, "The period of the grant is not over."))
    grant.record(e.PeriodEnded(stage=stage), by)


def submit_final(
    grant: Grant,
    *,
    results: str,
    indicators: tuple[Indicator, ...],
    surplus_minor: int,
    last_day: date,
    by: Mandate,
) -> None:
    stage = grant.after("submit-final")
    check_unless_set_aside(
        grant,
        by,
        holds(
            "G15.due",
            by.day <= max(last_day, grant.due or last_day),
            "The final report was due on {due}.",
            due=last_day,
        ),
    )
    event = e.FinalSubmitted(
        stage=stage,
        results=results,
        reached=indicators,
        costs_minor=sum(cost.amount_minor for cost in grant.costs),
        surplus_minor=surplus_minor,
    )
    grant.record(event, by)


def return_final(grant: Grant, *, defects: tuple[str, ...], due: date, by: Mandate) -> None:
    stage = grant.after("return-final")
    check(
        holds("G15a.defects", bool(defects), "Name at least one defect.", field="/defects"),
        holds("G15a.due", due > by.day, "The due day lies in the future.", field="/due"),
    )
    grant.record(e.FinalReturned(stage=stage, defects=defects, due=due), by)


def evaluate_final(
    grant: Grant,
    *,
    score_milli: int,
    satisfaction_percent: int,
    sample: int,
    reviewers: tuple[str, ...],
    round: Round,
    by: Mandate,
) -> None:
    """Evaluates the finished project (G16); the round's bands turn the score into a grade."""
    stage = grant.after("evaluate-final")
    check(
        other_hands("G16.reviewer", by, reviewers),
        holds("G16.sample", sample > 0, "Ask at least one resident.", field="/sample"),
    )
    event = e.FinalEvaluated(
        stage=stage,
        score_milli=score_milli,
        grade=round.asks.grade_of(score_milli),
        satisfaction_percent=satisfaction_percent,
        sample=sample,
    )
    grant.record(event, by)


def record_audit(
    grant: Grant, *, document: str, opinion: str, findings: tuple[str, ...], by: Mandate
) -> None:
    stage = grant.after("record-audit")
    event = e.AuditRecorded(stage=stage, document=document, opinion=opinion, findings=findings)
    grant.record(event, by)


def waive_audit(grant: Grant, *, round: Round, by: Mandate) -> None:
    stage = grant.after("waive-audit")
    check(
        at_most(
            "G17a.threshold",
            grant.amount_minor,
            round.asks.audit_threshold_minor,
            grant.currency,
            of="audit_threshold",
        )
    )
    grant.record(e.AuditWaived(stage=stage), by)


def may_settle(grant: Grant, tranches: tuple[Tranche, ...]) -> Iterable[Reason | None]:
    """What must be decided before the account is settled (G18)."""
    under_way = sum(tranche.stage in UNSETTLED for tranche in tranches)
    yield holds(
        "G18.questioned", not grant.questioned_minor, "A cost is still questioned; decide it."
    )
    yield holds(
        "G18.tranches",
        not under_way,
        "{count} tranches are still under way.",
        count=under_way,
    )


def settle(
    grant: Grant,
    *,
    tranches: tuple[Tranche, ...],
    pledged_minor: int,
    left: Iterable[Reason | None],
    round: Round,
    by: Mandate,
) -> None:
    """Settles the account (G18): surplus and excess (P9b) are due back, the rest is released."""
    stage = grant.after("settle")
    check(*may_settle(grant, tranches), *left)
    accepted = costs.sum_of(grant.costs, CostStage.ACCEPTED)
    posted = grant.posted_minor
    surplus = grant.free_advance(tranches)
    excess = max(0, posted - percent_of(accepted, round.asks.cap_percent))
    remaining = grant.balance("authority.committed")
    event = e.Settled(
        stage=stage,
        paid_minor=grant.balance("authority.spent"),
        accepted_minor=accepted,
        settled_surplus_minor=surplus,
        excess_minor=excess,
        due_back_minor=grant.balance("cash.recoverable") + surplus + excess,
        remaining_minor=remaining,
    )
    amounts = {"P5r": remaining, "P9": surplus, "P15r": pledged_minor}
    postings = [posting for code, minor in amounts.items() for posting in grant.posts(code, minor)]
    grant.record(event, by, (*postings, *grant.claims(excess)))


def has_nothing_left(grant: Grant) -> Iterable[Reason | None]:
    """No money of the grant is promised, advanced or owed any more (G19)."""
    for account in ("authority.committed", "cash.advances", "cash.payables"):
        yield holds(
            "G19.zero",
            not grant.balance(account),
            "The account “{account}” of the grant is not zero.",
            account=Word("account", account),
        )


def close(
    grant: Grant,
    *,
    pledged_minor: int,
    is_claimed: bool,
    left: Iterable[Reason | None],
    by: Mandate,
) -> None:
    """Closes a settled grant (G19); what it owes may be left to a clawback."""
    stage = grant.after("close")
    check(
        is_paid_back(grant, is_claimed=is_claimed),
        *has_nothing_left(grant),
        holds("G19.pledged", not pledged_minor, "Match money is still pledged."),
        *left,
    )
    event = e.Closed(
        stage=stage,
        paid_minor=grant.balance("authority.spent"),
        accepted_minor=grant.accepted_minor,
        grade=grant.grade,
    )
    grant.record(event, by)
