"""What an amendment may change of an agreement, and what is asked of the changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, Literal

from annotated_types import Ge, Le, MaxLen

from domain.custody import CustodyAccount, needs_agent
from domain.errors import Reason
from domain.funds.fund import Fund
from domain.grants.changing import goes_to_agent, is_new, is_party, none_at_the_bank
from domain.grants.grant import Grant
from domain.grants.lifecycle import Stage as GrantStage
from domain.money import percent_of
from domain.organisations import Organisation
from domain.policies import at_most, holds
from domain.proposals.content import BudgetLine, Indicator
from domain.rounds.round import Round
from domain.tranches.lifecycle import Stage as TrancheStage
from domain.tranches.tranche import Tranche
from domain.values import Id, Minor, PositiveMinor, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """A planned tranche by its number, and its new amount in minor units; 0 takes it out."""

    no: Annotated[int, Ge(1), Le(1_000)]
    amount_minor: Minor


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A further tranche: its amount in minor units, and what it waits for."""

    amount_minor: PositiveMinor
    condition: Literal["signature", "midterm", "final"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is to become of an agreement; whatever is left out stays as it is.

    `amount_minor` is the new amount of the whole grant. `party` names the organisation itself when
    it has become a legal person and takes the place of the filed one.
    """

    amount_minor: PositiveMinor | None = None
    tranches: Annotated[tuple[Replanned, ...], MaxLen(12)] = ()
    added: Annotated[tuple[Added, ...], MaxLen(12)] = ()
    budget: Annotated[tuple[BudgetLine, ...], MaxLen(60)] = ()
    indicators: Annotated[tuple[Indicator, ...], MaxLen(60)] = ()
    scope: Text | None = None
    ends: date | None = None
    midterm: date | None = None
    party: Id | None = None
    account: Id | None = None

    def stated(self) -> dict[str, Any]:
        """What is changed, by name."""
        all_of_it = ((field.name, getattr(self, field.name)) for field in fields(Changes))
        return {name: value for name, value in all_of_it if value not in (None, ())}

    def delta(self, grant: Grant) -> int:
        """By how much the grant grows, in minor units; negative where it shrinks."""
        return 0 if self.amount_minor is None else self.amount_minor - grant.amount_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What changes of a grant are judged by; `proposed_minor` is what others are to get."""

    grant: Grant
    organisation: Organisation
    custody: CustodyAccount | None
    tranches: tuple[Tranche, ...]
    round: Round
    fund: Fund
    proposed_minor: int


def are_sound(rule: str, changes: Changes, around: Around, day: date) -> Iterable[Reason | None]:
    """What is asked of the changes when they are requested and when they are agreed (M1, M2)."""
    yield holds(f"{rule}.changes", bool(changes.stated()), "Say what is to be changed.")
    yield from moves_days(rule, changes, around.grant, day)
    yield from shifts_lines(rule, changes, around)
    yield from adds_up(rule, changes, around)
    yield from has_money(rule, changes, around)
    yield from changes_payee(rule, changes, around)


def moves_days(rule: str, changes: Changes, grant: Grant, day: date) -> Iterable[Reason | None]:
    """The period ends later than today, and the mid-term still lies ahead and inside."""
    yield holds(
        f"{rule}.ends",
        changes.ends is None or changes.ends > day,
        "The new last day lies in the future.",
        field="/ends",
    )
    yield holds(
        f"{rule}.midterm",
        changes.midterm is None
        or (changes.midterm > day and not grant.midterm_result and is_active(grant)),
        "A mid-term can be moved to a later day before it is open.",
        field="/midterm",
    )
    yield holds(
        f"{rule}.midterm_within",
        is_inside(changes, grant),
        "The mid-term lies inside the period.",
        field="/midterm",
    )


def is_inside(changes: Changes, grant: Grant) -> bool:
    """Whether a mid-term that is still to come lies between the first and the last day."""
    ends, midterm = changes.ends or grant.ends, changes.midterm or grant.midterm
    if midterm is None or ends is None or grant.midterm_result:
        return True
    return not (changes.ends or changes.midterm) or midterm < ends


def is_active(grant: Grant) -> bool:
    """Whether the grant runs and no mid-term is open."""
    return grant.stage != GrantStage.MIDTERM_DUE


def shifts_lines(rule: str, changes: Changes, around: Around) -> Iterable[Reason | None]:
    """A new budget has each line once and the lines of cost that was reported (M2)."""
    if not changes.budget:
        return
    grant, percent = around.grant, around.round.asks.line_shift_percent
    lines = [line.line for line in changes.budget]
    yield holds(
        f"{rule}.lines",
        len(set(lines)) == len(lines) and {cost.line for cost in grant.costs} <= set(lines),
        "Each line of the budget stands there once, and lines with reported cost stay.",
        field="/budget",
    )
    yield holds(
        f"{rule}.needless",
        set(changes.stated()) != {"budget"} or is_shifted(grant, changes.budget, percent),
        "A shift between lines of no more than {percent}% needs no amendment.",
        field="/budget",
        percent=percent,
    )
    total = sum(line.amount_minor for line in changes.budget)
    for cap in around.round.asks.line_caps:
        minor = sum(line.amount_minor for line in changes.budget if line.line == cap.line)
        yield holds(
            f"{rule}.line_cap",
            minor * 100 <= total * cap.percent,
            "The budget line “{line}” is more than {percent}% of the budget.",
            field="/budget",
            line=cap.line,
            percent=cap.percent,
        )


def is_shifted(grant: Grant, budget: tuple[BudgetLine, ...], percent: int) -> bool:
    """Whether a line comes or goes, or moves by more than the round allows."""
    old = {line.line: line.amount_minor for line in grant.budget}
    new = {line.line: line.amount_minor for line in budget}
    moved = ((old.get(line, 0), new.get(line, 0)) for line in old.keys() | new.keys())
    return any(abs(after - before) * 100 > before * percent for before, after in moved)


def adds_up(rule: str, changes: Changes, around: Around) -> Iterable[Reason | None]:
    """Only planned tranches change, and all of them together make up the amount (M2)."""
    going = [t for t in around.tranches if t.stage != TrancheStage.CANCELLED]
    planned = {t.no: t for t in going if t.stage == TrancheStage.PLANNED}
    new = {part.no: part.amount_minor for part in changes.tranches}
    yield holds(
        f"{rule}.planned",
        new.keys() <= planned.keys() and len(new) == len(changes.tranches),
        "Only tranches that are still planned can be changed, each once.",
        field="/tranches",
    )
    total = sum(new.get(t.no, t.amount_minor) for t in going)
    total += sum(part.amount_minor for part in changes.added)
    yield holds(
        f"{rule}.sum",
        total == around.grant.amount_minor + changes.delta(around.grant),
        "The tranches together must make up the amount of the grant.",
        field="/tranches",
    )
    yield at_most(
        f"{rule}.down",
        -changes.delta(around.grant),
        sum(t.amount_minor for t in planned.values()),
        around.grant.currency,
        of="planned_tranches",
        field="/amount_minor",
    )


def has_money(rule: str, changes: Changes, around: Around) -> Iterable[Reason | None]:
    """More is granted only from what the round has left, and within the cap (M2)."""
    grant, delta, asks = around.grant, changes.delta(around.grant), around.round.asks
    budget = changes.budget or grant.budget
    share = percent_of(sum(line.amount_minor for line in budget), asks.cap_percent)
    new = grant.amount_minor + delta
    limits = {"cap": asks.cap_minor, "cap_percent": share}
    for name, most in limits.items():
        yield at_most(f"{rule}.{name}", new, most, grant.currency, of=name, field="/amount_minor")
    if delta > 0:
        yield holds(f"{rule}.fund", around.fund.is_active, "The fund is not active.")
        left = max(0, around.round.allotted - around.proposed_minor)
        yield at_most(
            f"{rule}.allotted",
            delta,
            left,
            grant.currency,
            of="authority.allotted",
            field="/amount_minor",
        )


def changes_payee(rule: str, changes: Changes, around: Around) -> Iterable[Reason | None]:
    """A new party is the same organisation as a legal person, with an account of its own (M2)."""
    grant, organisation = around.grant, around.organisation
    if changes.party is not None:
        yield holds(
            f"{rule}.new_party",
            changes.party == grant.organisation
            and bool(grant.custody_account)
            and not needs_agent(organisation)
            and changes.account is not None,
            "The party changes only when the filed organisation itself was registered; its own "
            "account is named with it.",
            field="/party",
        )
    if changes.account is not None:
        if changes.party is None:
            yield is_party(rule, grant, organisation, "/account")
        yield is_new(rule, changes.account, grant)
        yield none_at_the_bank(rule, around.tranches)
        yield goes_to_agent(rule, changes.account, organisation, around.custody)
