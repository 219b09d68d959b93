"""How a round comes about: its plan, its budget, its call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from domain.calendar import Calendar, business_day
from domain.errors import Reason, check
from domain.funds.fund import Fund
from domain.kernel import Mandate
from domain.policies import holds
from domain.rounds import events as e
from domain.rounds.lifecycle import lifecycle
from domain.rounds.nesting import may_be_child
from domain.rounds.round import Round
from domain.rounds.rules import Budgeted, Rules, complete
from domain.values import covers


def plan(
    id: str,
    *,
    no: str,
    title: str,
    kind: str,
    place: str,
    themes: tuple[str, ...],
    rules: Rules,
    parent: Round | None,
    by: Mandate,
) -> Round:
    if parent is not None:
        check(*may_be_child(parent, place, rules))
    planned = Round(id=id)
    event = e.Planned(
        stage=lifecycle.start("plan"),
        no=no,
        title=title,
        kind=kind,
        place=place,
        themes=themes,
        rules=rules,
        parent=parent.id if parent is not None else "",
    )
    planned.record(event, by)
    return planned


def may_be_taken(
    rule: str, fund: Fund, lines: tuple[Budgeted, ...], by: Mandate
) -> Iterable[Reason | None]:
    """What is asked of a fund and of the lines that are taken out of it (R2, R2b)."""
    total = sum(line.amount_minor for line in lines)
    yield holds(f"{rule}.fund", fund.is_active, "The fund is not active.", field="/fund")
    yield holds(
        f"{rule}.place",
        covers(by.place, fund.place),
        "The fund is kept for a place that your role does not reach.",
        field="/fund",
    )
    yield fund.has_available(f"{rule}.available", total, field="/lines")
    yield holds(
        f"{rule}.lines",
        len({line.line for line in lines}) == len(lines),
        "Each line of the budget may stand there once.",
        field="/lines",
    )


def allot_budget(round: Round, *, fund: Fund, lines: tuple[Budgeted, ...], by: Mandate) -> None:
    stage = round.after("allot-budget")
    check(*may_be_taken("R2", fund, lines, by))
    event = e.BudgetAllotted(stage=stage, fund=fund.id, currency=fund.currency, lines=lines)
    postings = [
        posting
        for line in lines
        for posting in fund.posts("P3", line.amount_minor, round=round.id, line=line.line)
    ]
    round.record(event, by, postings)


def last_question_day(closes: datetime, rules: Rules, calendar: Calendar) -> date:
    """The last day of questions: so many working days before the day on which the call closes."""
    return calendar.before_working_days(business_day(closes), rules.question_days)


def may_run(
    opens: datetime, closes: datetime, calendar: Calendar, by: Mandate
) -> Iterable[Reason | None]:
    """What is asked of the dates of a call (R3)."""
    yield holds(
        "R3.dates",
        by.effective_at <= opens < closes,
        "A call opens after it is published, and closes after it opens.",
        field="/closes",
    )
    yield holds(
        "R3.calendar",
        calendar.covers(opens.date(), closes.date()),
        "The working-day calendar {version} does not cover these dates; publish a newer one first.",
        field="/closes",
        version=calendar.version,
    )


def leaves_time_to_ask(question_until: date, by: Mandate) -> Reason | None:
    """The last day of questions does not lie before the call is published (R3)."""
    return holds(
        "R3.questions",
        question_until >= by.day,
        "The last day of questions would be {day}, before the call is published.",
        field="/closes",
        day=question_until,
    )


def publish_call(
    round: Round,
    *,
    rules_version: str,
    rules_sha: str,
    opens: datetime,
    closes: datetime,
    calendar: Calendar,
    by: Mandate,
) -> None:
    stage = round.after("publish-call")
    check(*complete(round.asks, round.kind), *may_run(opens, closes, calendar, by))
    question_until = last_question_day(closes, round.asks, calendar)
    check(leaves_time_to_ask(question_until, by))
    event = e.CallPublished(
        stage=stage,
        rules_version=rules_version,
        rules_sha=rules_sha,
        opens=opens,
        closes=closes,
        question_until=question_until,
    )
    round.record(event, by)


def open(round: Round, *, by: Mandate) -> None:
    stage = round.after("open")
    check(
        holds(
            "R4.time",
            round.opens is not None and by.recorded_at >= round.opens,
            "The call has not reached its opening time.",
        )
    )
    round.record(e.Opened(stage=stage), by)


def close_intake(round: Round, *, count: int, by: Mandate) -> None:
    stage = round.after("close-intake")
    check(
        holds(
            "R6.time",
            round.closes is not None and by.recorded_at >= round.closes,
            "The call has not reached its closing time.",
        )
    )
    round.record(e.IntakeClosed(stage=stage, count=count), by)


def import_history(
    id: str, *, import_id: str, title: str, identifier: str, fund: Fund, by: Mandate
) -> Round:
    """The programme and year that past grants name (I7)."""
    imported = Round(id=id)
    event = e.Imported(
        stage=lifecycle.start("import"),
        import_id=import_id,
        title=title,
        identifier=identifier,
        fund=fund.id,
        currency=fund.currency,
    )
    imported.record(event, by)
    return imported
