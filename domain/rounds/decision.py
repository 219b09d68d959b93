"""How a round decides and ends: review, ranking, notice, close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.calendar import Calendar
from domain.errors import Reason, check
from domain.funds.fund import Fund
from domain.kernel import Mandate
from domain.ledger import Posting
from domain.policies import at_most, holds
from domain.rounds import events as e
from domain.rounds.round import Round
from domain.rounds.rules import Noticed, Ranked
from domain.scoring.fixing import Adjusted

UNDECIDED = ("draft", "submitted", "in_intake", "returned", "budget_checked")
"""The stages of a proposal that must be over before review starts (R7)."""

LONGEST_NOTICE_DAYS = 366
"""The most days, of any kind, that a notice may run."""


def start_review(round: Round, *, panel: str, undecided: int, recusals: int, by: Mandate) -> None:
    stage = round.after("start-review")
    check(
        holds("R7.panel", bool(panel), "No panel has been drawn for this round."),
        holds(
            "R7.intake",
            not undecided,
            "{count} proposals have not come through intake and budget check.",
            count=undecided,
        ),
        holds(
            "R7.recusals",
            not recusals,
            "Of {count} reviews it is not decided yet whether the reviewer stays, or who follows.",
            count=recusals,
        ),
    )
    round.record(e.ReviewStarted(stage=stage, panel=panel), by)


def fix_ranking(
    round: Round,
    *,
    ranking: tuple[Ranked, ...],
    waitlist: tuple[str, ...],
    under_review: int,
    has_deliberated: bool,
    by: Mandate,
    adjusted: Adjusted | None = None,
) -> None:
    """Fixes the ranking of all scored proposals, and who waits for a place (R8)."""
    stage = round.after("fix-ranking")
    intended = sum(item.amount_minor for item in ranking)
    check(
        holds("R8.deliberated", has_deliberated, "The panel of the round has not deliberated yet."),
        holds(
            "R8.reviewed",
            not under_review,
            "{count} proposals are still under review.",
            count=under_review,
        ),
        at_most("R8.allotted", intended, round.allotted, round.currency, of="authority.allotted"),
    )
    event = e.RankingFixed(stage=stage, ranking=ranking, waitlist=waitlist, adjusted=adjusted)
    round.record(event, by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A public notice: its first and last day, and whom to turn to."""

    starts: date
    ends: date
    contact: str


def may_go_on_notice(fund: Fund, undecided: int) -> Iterable[Reason | None]:
    """What must be settled before the intended awards are published (R9)."""
    yield holds("R9.fund", fund.is_active, "The fund is not active.")
    yield holds(
        "R9.decided",
        not undecided,
        "{count} proposals still wait for a decision.",
        count=undecided,
    )


def runs_long_enough(
    rule: str, notice: Notice, least: int, calendar: Calendar, by: Mandate
) -> Iterable[Reason | None]:
    """A notice begins when it is published or later, and lasts the working days asked for."""
    span = (notice.ends - notice.starts).days
    yield holds(
        f"{rule}.longest",
        span <= LONGEST_NOTICE_DAYS,
        "A notice runs {most} days at most.",
        field="/ends",
        most=LONGEST_NOTICE_DAYS,
    )
    # The days of a notice that is refused as too long are not counted one by one.
    yield holds(
        f"{rule}.days",
        span > LONGEST_NOTICE_DAYS
        or calendar.working_days_between(notice.starts, notice.ends) >= least,
        "A notice of this round runs {least} working days or more.",
        field="/ends",
        least=least,
    )
    yield holds(
        f"{rule}.starts",
        notice.starts >= by.day,
        "A notice does not start before it is published.",
        field="/starts",
    )


def publish_notice(
    round: Round,
    *,
    notice: Notice,
    items: tuple[Noticed, ...],
    undecided: int,
    panel_members: tuple[str, ...],
    fund: Fund,
    calendar: Calendar,
    by: Mandate,
) -> None:
    """Publishes the intended awards (R9), and holds the money for them (P4)."""
    stage = round.after("publish-notice")
    check(
        *may_go_on_notice(fund, undecided),
        *runs_long_enough("R9", notice, round.asks.notice_days, calendar, by),
    )
    event = e.NoticePublished(
        stage=stage,
        items=items,
        starts=notice.starts,
        ends=notice.ends,
        contact=notice.contact,
        panel_members=panel_members if round.asks.reviewers_published else (),
    )
    round.record(event, by, held_for(round, items))


def held_for(round: Round, items: tuple[Noticed, ...]) -> tuple[Posting, ...]:
    """What the items of a notice take out of the budget of the round (P4)."""
    return tuple(
        posting
        for item in items
        for posting in round.posts("P4", item.amount_minor, proposal=item.proposal)
    )


def conclude_notice(
    round: Round, *, clear: tuple[str, ...], held: tuple[str, ...], by: Mandate
) -> None:
    stage = round.after("conclude-notice")
    over = round.ends is not None and by.day > round.ends
    check(holds("R10.time", over, "The last day of the notice is not over."))
    round.record(e.NoticeConcluded(stage=stage, clear=clear, held=held), by)


def start_execution(round: Round, *, signed: int, by: Mandate) -> None:
    stage = round.after("start-execution")
    check(holds("R11.signed", signed > 0, "No agreement of this round is signed."))
    round.record(e.ExecutionStarted(stage=stage), by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a round: what has not ended yet, and what its grants were given and spent."""

    open_proposals: int
    open_grants: int
    open_orders: int
    open_children: int
    grants: int
    awarded_minor: int
    spent_minor: int


def orders_final(rule: str, under_way: int) -> Reason | None:
    """Every order of the round has ended (R12, R13)."""
    return holds(f"{rule}.orders", not under_way, "{count} orders have not ended.", count=under_way)


def may_end(round: Round, outcome: Outcome) -> Iterable[Reason | None]:
    """What must be over before a round is closed (R12)."""
    reserved = sum(round.balance(f"authority.reserved/{line.line}") for line in round.lines)
    running, undecided = outcome.open_grants, outcome.open_proposals
    yield holds("R12.grants", not running, "{count} grants have not ended.", count=running)
    yield holds(
        "R12.proposals", not undecided, "{count} proposals have not ended.", count=undecided
    )
    yield orders_final("R12", outcome.open_orders)
    children = outcome.open_children
    yield holds("R12.children", not children, "{count} rounds below it are open.", count=children)
    yield holds("R12.reserved", not reserved, "Money is still reserved for awards.")


def close(round: Round, *, outcome: Outcome, by: Mandate) -> None:
    """Ends the round; what is left of its budget goes back to the fund (P3r)."""
    stage = round.after("close")
    check(*may_end(round, outcome))
    rest = {line.line: round.balance(f"authority.allotted/{line.line}") for line in round.lines}
    event = e.Closed(
        stage=stage,
        grants=outcome.grants,
        awarded_minor=outcome.awarded_minor,
        spent_minor=outcome.spent_minor,
        returned_minor=sum(rest.values()),
    )
    postings = [
        posting for line, left in rest.items() for posting in round.posts("P3r", left, line=line)
    ]
    round.record(event, by, postings)
