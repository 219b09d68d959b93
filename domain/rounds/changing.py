"""How a round changes on its way: more budget, a later deadline, a further notice, its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar import Calendar
from domain.errors import Reason, check
from domain.funds.fund import Fund
from domain.kernel import Mandate
from domain.policies import holds
from domain.rounds import changes as e
from domain.rounds.call import last_question_day, may_be_taken
from domain.rounds.decision import Notice, held_for, runs_long_enough
from domain.rounds.round import Round
from domain.rounds.rules import Budgeted, Noticed


def add_budget(round: Round, *, fund: Fund, lines: tuple[Budgeted, ...], by: Mandate) -> None:
    """Adds to the budget of a round out of its fund (R2b)."""
    stage = round.after("add-budget")
    check(*may_be_taken("R2b", fund, lines, by))
    postings = [
        posting
        for line in lines
        for posting in fund.posts("P3", line.amount_minor, round=round.id, line=line.line)
    ]
    round.record(e.BudgetAdded(stage=stage, lines=lines), by, postings)


def may_be_extended(
    round: Round, new: datetime, calendar: Calendar, by: Mandate
) -> Iterable[Reason | None]:
    """A deadline is moved before it has passed, to a later moment in the calendar (R5)."""
    closes = round.closes or new
    yield holds("R5.before", by.recorded_at < closes, "The call has reached its closing time.")
    yield holds(
        "R5.later", new > closes, "A deadline is only moved to a later moment.", field="/closes"
    )
    yield holds(
        "R5.calendar",
        new > closes and calendar.covers(closes.date(), new.date()),
        "The working-day calendar {version} does not cover these dates; publish a newer one first.",
        field="/closes",
        version=calendar.version,
    )


def extend_deadline(round: Round, *, closes: datetime, calendar: Calendar, by: Mandate) -> None:
    """Moves the closing time of a call, and the last day of questions with it (R5)."""
    stage = round.after("extend-deadline")
    check(*may_be_extended(round, closes, calendar, by))
    event = e.DeadlineExtended(
        stage=stage,
        old=round.closes or closes,
        new=closes,
        question_until=last_question_day(closes, round.asks, calendar),
        reason=by.reason,
    )
    round.record(event, by)


def publish_supplementary_notice(
    round: Round,
    *,
    notice: Notice,
    items: tuple[Noticed, ...],
    fund: Fund,
    calendar: Calendar,
    by: Mandate,
) -> None:
    """Publishes intended awards that came after the notice (R9b), and holds their money (P4)."""
    stage = round.after("publish-supplementary-notice")
    check(
        holds("R9b.fund", fund.is_active, "The fund is not active."),
        holds("R9b.items", bool(items), "No proposal was put up for an award after the notice."),
        *runs_long_enough("R9b", notice, round.asks.notice_days, calendar, by),
    )
    event = e.SupplementaryNoticePublished(
        stage=stage, items=items, starts=notice.starts, ends=notice.ends
    )
    round.record(event, by, held_for(round, items))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependants:
    """What keeps a round from ending: how many grants, open orders and open child rounds."""

    grants: int
    orders: int
    children: int


def may_be_cancelled(dependants: Dependants) -> Iterable[Reason | None]:
    """No grant has come of the round, and nothing below it is still open (R13)."""
    grants, orders, children = dependants.grants, dependants.orders, dependants.children
    yield holds("R13.grants", not grants, "{count} grants have come of this round.", count=grants)
    yield holds("R13.orders", not orders, "{count} orders have not ended.", count=orders)
    yield holds("R13.children", not children, "{count} rounds below it are open.", count=children)


def cancel(round: Round, *, dependants: Dependants, by: Mandate) -> None:
    """Gives a round up for a public reason (R13); its budget goes back to the fund (P3r).

    Its proposals have been cancelled before, so that what was reserved for them is back.
    """
    stage = round.after("cancel")
    check(*may_be_cancelled(dependants))
    rest = {line.line: round.balance(f"authority.allotted/{line.line}") for line in round.lines}
    event = e.Cancelled(stage=stage, reason=by.reason, returned_minor=sum(rest.values()))
    postings = [
        posting for line, left in rest.items() for posting in round.posts("P3r", left, line=line)
    ]
    round.record(event, by, postings)


def notice_of(starts: date, ends: date, round: Round) -> Notice:
    """A further notice of the same round, with the same contact."""
    return Notice(starts=starts, ends=ends, contact=round.contact)
