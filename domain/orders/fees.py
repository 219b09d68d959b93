"""The fee of an expert: an order whose payee is a reviewer, for the reviews that were locked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.orders import events as e
from domain.orders.buying import Source, is_open_line
from domain.orders.lifecycle import lifecycle
from domain.orders.order import Order
from domain.policies import holds, other_hands
from domain.reviews.lifecycle import Stage
from domain.reviews.review import Review

KIND = "fee"
"""What kind of order a fee is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What is paid for: reviews, so much for each (in minor units), into which account.

    `paid` are the reviews of the panel that another order pays for already.
    """

    reviews: Sequence[Review]
    each_minor: int
    account: str
    paid: frozenset[str]

    @property
    def member(self) -> str:
        """Who wrote the first of the reviews, and with it all of them."""
        return self.reviews[0].member


def is_earned(fee: Fee) -> Iterable[Reason | None]:
    """The reviews are one reviewer's on one panel, are locked, and nobody pays them twice (Q1a)."""
    ids = [review.id for review in fee.reviews]
    whose = {(review.panel, review.member) for review in fee.reviews}
    yield holds(
        "Q1a.one",
        len(whose) == 1 and len(set(ids)) == len(ids),
        "A fee is for reviews of one reviewer on one panel, each named once.",
        field="/reviews",
    )
    yield holds(
        "Q1a.locked",
        all(review.stage == Stage.LOCKED for review in fee.reviews),
        "A fee is paid for reviews that are locked.",
        field="/reviews",
    )
    yield holds(
        "Q1a.paid",
        fee.paid.isdisjoint(ids),
        "Another order pays for one of these reviews.",
        field="/reviews",
    )


def draft(id: str, *, fee: Fee, source: Source, by: Mandate) -> Order:
    """Says what an expert is paid for the reviews of a round, and out of which line (Q1a)."""
    check(
        *is_open_line("Q1a", source),
        *is_earned(fee),
        other_hands("Q1a.hands", by, (fee.member,)),
    )
    order, first = Order(id=id), fee.reviews[0]
    event = e.FeeDrafted(
        stage=lifecycle.start("draft-fee"),
        kind=KIND,
        panel=first.panel,
        member=first.member,
        payee=first.member,
        reviews=tuple(review.id for review in fee.reviews),
        each_minor=fee.each_minor,
        amount_minor=fee.each_minor * len(fee.reviews),
        account=fee.account,
        round=first.round,
        line=source.line,
        fund=source.fund.id,
        place=source.place,
        currency=source.fund.currency,
        drafter=by.person,
    )
    order.record(event, by)
    return order
