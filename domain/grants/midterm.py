"""The mid-term of a grant: asked for, handed in, passed or failed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from domain.errors import Reason, check
from domain.grants import events as e
from domain.grants.grant import Grant
from domain.grants.stopping_events import MidtermFailed
from domain.kernel import Mandate
from domain.policies import holds, other_hands
from domain.rounds.round import Round


def open_midterm(grant: Grant, *, days: int, by: Mandate) -> None:
    """Asks for the mid-term report on its day (G12); it is late after as many days as given."""
    stage = grant.after("open-midterm")
    reached = grant.midterm is not None and by.day >= grant.midterm
    check(
        holds("G12.once", not grant.midterm_result, "The mid-term is done."),
        holds("G12.day", reached, "The day of the mid-term has not come."),
    )
    due = grant.midterm + timedelta(days=days) if grant.midterm else None
    grant.record(e.MidtermDue(stage=stage, due=due), by)


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


def may_fail(grant: Grant, round: Round, by: Mandate) -> Iterable[Reason | None]:
    """What is asked before a mid-term fails (G13): a report that is in, or one that is late."""
    is_in = bool(grant.midterm_report)
    if by.actor.role != "clock":
        yield holds("G13.submitted", is_in, "The mid-term report is not in.")
        return
    yield holds("G13.once", not grant.midterm_result, "The mid-term has failed already.")
    yield holds("G13.in_time", not is_in, "The mid-term report is in.")
    yield holds(
        "G13.rule", round.asks.late_midterm_fails, "The round lets a mid-term report come late."
    )
    yield holds(
        "G13.late", grant.due is not None and by.day > grant.due, "The report is not late yet."
    )


def fail_midterm(
    grant: Grant,
    *,
    score_milli: int,
    findings: tuple[str, ...],
    reviewers: tuple[str, ...],
    round: Round,
    by: Mandate,
) -> None:
    """Fails the mid-term (G13), which suspends the grant; one that is late has no score."""
    stage = grant.after("fail-midterm")
    check(*may_fail(grant, round, by), other_hands("G13.reviewer", by, reviewers))
    event = MidtermFailed(
        stage=stage,
        midterm_result="fail",
        midterm_score_milli=score_milli if grant.midterm_report else None,
        findings=findings,
        stage_left=grant.stage,
        suspenders=tuple(sorted(by.hands)),
    )
    grant.record(event, by)
