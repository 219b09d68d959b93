"""The fees of experts, as orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from application.docket import Docket
from domain.errors import refuse
from domain.funds.fund import Fund
from domain.kernel import Mandate
from domain.orders import fees
from domain.orders.buying import Source
from domain.orders.fees import Fee
from domain.orders.lifecycle import Stage
from domain.orders.order import Order
from domain.reviews.lifecycle import Stage as ReviewStage
from domain.reviews.review import Review
from domain.rounds.round import Round
from domain.values import Id, PositiveMinor


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFee:
    """Drafts what an expert is paid for locked reviews: so much for each, out of the round."""

    reviews: Annotated[tuple[Id, ...], MinLen(1), MaxLen(200)]
    each_minor: PositiveMinor
    account: Id
    line: Literal["evaluation", "organiser"]


def paid_on(panel: str, docket: Docket) -> frozenset[str]:
    """The reviews of a panel for which an order pays that was not given up."""
    orders = docket.find(Order, panel=panel)
    return frozenset(
        review for order in orders if order.stage != Stage.CANCELLED for review in order.reviews
    )


def draft(command: DraftFee, docket: Docket, id: str, by: Mandate) -> Order:
    reviews = [
        docket.load(Review, review, field=f"/reviews/{index}")
        for index, review in enumerate(command.reviews)
    ]
    if not reviews:
        raise refuse("Q1a.one", "A fee names the reviews that it is for.", field="/reviews")
    round = docket.load(Round, reviews[0].round)
    fee = Fee(
        reviews=reviews,
        each_minor=command.each_minor,
        account=command.account,
        paid=paid_on(reviews[0].panel, docket),
    )
    source = Source(fund=docket.load(Fund, round.fund), round=round, line=command.line)
    return docket.add(fees.draft(docket.new_id(), fee=fee, source=source, by=by))


def unlocked_of(order: Order, docket: Docket) -> int:
    """How many of the reviews that an order pays for are not locked any more."""
    paid_for = docket.find(Review, id=order.reviews) if order.reviews else ()
    return sum(review.stage != ReviewStage.LOCKED for review in paid_for)
