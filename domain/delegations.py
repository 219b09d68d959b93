"""Delegations: a role that its holder lends to another person, for a place and some days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import Reason, Word, check
from domain.kernel import Aggregate, Event, Mandate
from domain.lifecycle import Lifecycle, Step
from domain.policies import holds, other_hands


class Stage(StrEnum):
    GRANTED = "granted"
    ENDED = "ended"


STEPS = (
    Step("Y3", "grant", (), Stage.GRANTED, "delegation.granted"),
    Step("Y4", "end", (Stage.GRANTED,), Stage.ENDED, "delegation.ended"),
)
lifecycle = Lifecycle("delegation", Stage, (Stage.ENDED,), STEPS)


LONGEST_DAYS = 366
"""For how many days, counted from today or from its first day, a role is lent at most."""


class Granted(Event, frozen=True, tag="delegation.granted"):
    """`until` is the last day on which `to_person` acts in the role."""

    role: str
    holder: str
    to_person: str
    place: str
    starts: date
    until: date


class Ended(Event, frozen=True, tag="delegation.ended"):
    pass


class Delegation(Aggregate):
    """That `to_person` may act for a place in a role of `holder`, from day to day."""

    noun = "delegation"
    lifecycle = lifecycle

    role: str = ""
    holder: str = ""
    to_person: str = ""
    place: str = ""
    starts: date | None = None
    until: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether the role is lent on that day; both the first and the last day count."""
        if self.stage != Stage.GRANTED or self.starts is None or self.until is None:
            return False
        return self.starts <= day <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """A role as it is to be lent: whose, to whom, where and when."""

    role: str
    holder: str
    to_person: str
    place: str
    starts: date
    until: date


def may_be_lent(is_lendable: bool, is_held: bool) -> Iterable[Reason | None]:
    """The role can be lent, and the holder has it for the place as their own (Y3)."""
    yield holds("Y3.role", is_lendable, "This role is not lent.", field="/role")
    yield holds(
        "Y3.holder",
        is_held,
        "The person does not hold this role for the place, so it cannot be lent.",
        field="/holder",
    )


def may_borrow(loan: Loan, other_hand: str, by: Mandate) -> Iterable[Reason | None]:
    """The borrower is another person, and does not get both hands of a pair (Y3)."""
    yield holds(
        "Y3.other",
        loan.holder != loan.to_person,
        "A role is lent to another person than its holder.",
        field="/to_person",
    )
    yield other_hands("Y3.hands", by, (loan.to_person,))
    yield holds("Y3.lent", not by.delegated_by, "Whoever acts in a lent role lends nothing on.")
    yield holds(
        "Y3.pair",
        not other_hand,
        "The person is “{role}” there, the other hand of a pair with this role.",
        field="/to_person",
        role=Word("role", other_hand),
    )


def lasts_some_days(loan: Loan, by: Mandate) -> Iterable[Reason | None]:
    """The days are in their order, not over, and not too many (Y3)."""
    yield holds(
        "Y3.days",
        by.day <= loan.until and loan.starts <= loan.until,
        "The last day is neither over nor before the first.",
        field="/until",
    )
    yield holds(
        "Y3.longest",
        (loan.until - max(loan.starts, by.day)).days < LONGEST_DAYS,
        "A role is lent for {most} days at most.",
        field="/until",
        most=LONGEST_DAYS,
    )


def grant(
    id: str, *, loan: Loan, is_lendable: bool, is_held: bool, other_hand: str, by: Mandate
) -> Delegation:
    """Lends a role (Y3).

    `is_held`: the holder has the role of their own for the place. `other_hand` is a role that the
    borrower has there and that is the other hand of a pair; empty where there is none.
    """
    check(
        *may_be_lent(is_lendable, is_held),
        *may_borrow(loan, other_hand, by),
        *lasts_some_days(loan, by),
    )
    delegation = Delegation(id=id)
    event = Granted(
        stage=lifecycle.start("grant"),
        role=loan.role,
        holder=loan.holder,
        to_person=loan.to_person,
        place=loan.place,
        starts=loan.starts,
        until=loan.until,
    )
    delegation.record(event, by)
    return delegation


def end(delegation: Delegation, *, by_clock: bool, by: Mandate) -> None:
    """Takes the role back (Y4); the clock does so when the last day is over."""
    stage = delegation.after("end")
    over = delegation.until is not None and by.day > delegation.until
    check(holds("Y4.until", over or not by_clock, "The last day is not over."))
    delegation.record(Ended(stage=stage), by)
