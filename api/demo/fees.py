"""What a reviewer of the large round is paid, for the reviews that were locked."""

from __future__ import annotations

from api.demo.agenda import Story
from api.demo.days import at
from api.demo.district import District
from api.demo.funds import YUAN
from api.demo.ordering import Purchase, carried_out
from api.demo.people import SECRETARY, account_id
from api.demo.rounds import SPRING, day
from application.fees import DraftFee
from domain.orders.lifecycle import Stage
from domain.reviews.lifecycle import Stage as ReviewStage

EACH_YUAN = 50
"""For one review; the figure is an example."""


def fee(district: District) -> Story:
    """The first member of the panel is paid for everything that was reviewed."""
    yield at(day(5, 11), 9)
    round = district.rounds[SPRING]
    (panel,) = district.ids("panel", round=round)
    member = district.see("panel", panel).members[0]
    reviews = district.ids("review", panel=panel, member=member, stage=ReviewStage.LOCKED)
    command = DraftFee(
        reviews=tuple(reviews),
        each_minor=EACH_YUAN * YUAN,
        account=account_id(member),
        line="evaluation",
    )
    id = district.tell(SECRETARY, command).id
    yuan, until = EACH_YUAN * len(reviews), Stage.CLOSED
    order = Purchase("fee", "评审费", member, yuan, day(5, 11), until, "evaluation")
    yield from carried_out(district, order, id)
