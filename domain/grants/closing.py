"""How a grant is judged and ends: mid-term, final report, evaluation, audit, settlement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.errors import Reason, Word, check
from domain.funds.fund import Fund
from domain.grants import costs
from domain.grants import events as e
from domain.grants.costs import CostStage
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.money import percent_of
from domain.policies import at_most, check_unless_set_aside, holds, other_hands
from domain.proposals.content import Indicator
from domain.rounds.round import Round
from domain.tranches.tranche import Tranche

UNSETTLED = ("requested", "checked", "approved", "sent", "returned", "paid")
"""The stages in which a tranche keeps its grant from being settled."""


def open_midterm(grant: Grant, *, by: Mandate) -> None:
    stage = grant.after("open-midterm")
    reached = grant.midterm is not None and by.day >= grant.midterm
    check(
        holds("G12.once", not grant.midterm_result, "The mid-term is done."),
        holds("G12.day", reached, "The day of the mid-term has not come."),
    )
    grant.record(e.MidtermDue(stage=stage), by)


def submit_midterm(grant: Grant, *, report: str, by: Mandate) -> None:
    stage = grant.after("submit-midterm")
    grant.record(e.MidtermSubmitted(stage=stage, midterm_report=report), by)


def record_midterm(
    grant: Grant,
    *,
    score_milli: int,
    findings: tuple[str, ...],
    reviewers: tuple[str, ...],
    by: Mandate,
) -> None:
    """Passes the mid-term (G12b)."""
    stage = grant.after("record-midterm")
    check(
        holds("G12b.submitted", bool(grant.midterm_report), "The mid-term report is not in."),
        other_hands("G12b.reviewer", by, reviewers),
    )
    event = e.MidtermEvaluated(
        stage=stage, midterm_result="pass", midterm_score_milli=score_milli, findings=findings
    )
    grant.record(event, by)


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
    """Settles the account (G18): surplus and excess become due back, the rest is released."""
    stage = grant.after("settle")
    check(*may_settle(grant, tranches), *left)
    accepted = costs.sum_of(grant.costs, CostStage.ACCEPTED)
    posted = accepted - grant.unpaid_minor
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
    amounts = {"P5r": remaining, "P9": surplus, "P9b": excess, "P15r": pledged_minor}
    postings = [posting for code, minor in amounts.items() for posting in grant.posts(code, minor)]
    grant.record(event, by, postings)


def close(grant: Grant, *, pledged_minor: int, left: Iterable[Reason | None], by: Mandate) -> None:
    stage = grant.after("close")
    accounts = ("authority.committed", "cash.advances", "cash.payables", "cash.recoverable")
    check(
        *(
            holds(
                "G19.zero",
                not grant.balance(account),
                "The account “{account}” of the grant is not zero.",
                account=Word("account", account),
            )
            for account in accounts
        ),
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


def may_refund(grant: Grant, amount_minor: int) -> Iterable[Reason | None]:
    """What is asked of money that a grant gives back, whichever way it comes in (G23)."""
    yield at_most(
        "G23.recoverable",
        amount_minor,
        grant.balance("cash.recoverable"),
        grant.currency,
        of="cash.recoverable",
        field="/amount_minor",
    )


def record_refund(
    grant: Grant, *, amount_minor: int, bank_ref: str, reusable: bool, fund: Fund, by: Mandate
) -> None:
    """Money came back (G23); it may be used again (P10) or goes on to the treasury (P10n)."""
    stage = grant.after("record-refund")
    check(*may_refund(grant, amount_minor), fund.is_new_line("G23.bank_line", bank_ref))
    event = e.RefundReceived(stage=stage, amount_minor=amount_minor, bank_ref=bank_ref)
    grant.record(event, by, grant.posts("P10" if reusable else "P10n", amount_minor))


def note_refund(grant: Grant, *, amount_minor: int, bank_ref: str, by: Mandate) -> None:
    """Money of this grant was among the parked (G23); the fund has posted it already."""
    event = e.RefundReceived(
        stage=grant.after("record-refund"), amount_minor=amount_minor, bank_ref=bank_ref
    )
    grant.record(event, by)
