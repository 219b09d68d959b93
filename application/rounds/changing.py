"""How a round is changed on its way: budget, deadline, questions, a further notice, its end."""

from __future__ import annotations

import msgspec

from application.docket import Docket
from application.homes import tell_homes
from application.reactions import BEFOREHAND
from application.rounds.allocating import HANDLERS as ALLOCATIONS
from application.rounds.commands import (
    AddBudget,
    AllotFromParent,
    AskQuestion,
    CancelRound,
    ExtendDeadline,
    PublishClarification,
    PublishSupplementaryNotice,
)
from application.told import Handlers, tells
from domain.errors import check
from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.orders.lifecycle import UNDER_WAY
from domain.orders.order import Order
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal
from domain.rounds import asking, changing, nesting
from domain.rounds.round import Round
from domain.rounds.rules import Noticed


def allot_from_parent(command: AllotFromParent, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    round.after("allot-from-parent")
    parent = docket.load(Round, round.parent) if round.parent else None
    check(nesting.can_give(parent))
    assert parent is not None
    nesting.allot_from_parent(
        round,
        parent=parent,
        fund=docket.load(Fund, parent.fund),
        lines=command.lines,
        proposed_minor=proposed_in(parent, docket),
        by=by,
    )
    return round


def proposed_in(round: Round, docket: Docket) -> int:
    """What is put up for awards in a round and not reserved yet, in minor units."""
    proposed = docket.find(Proposal, round=round.id, stage=ProposalStage.PROPOSED)
    return sum(proposal.amount_minor for proposal in proposed)


def add_budget(command: AddBudget, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    round.after("add-budget")
    changing.add_budget(round, fund=docket.load(Fund, round.fund), lines=command.lines, by=by)
    return round


def extend_deadline(command: ExtendDeadline, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    round.after("extend-deadline")
    calendar = docket.calendar(round.asks.calendar)
    changing.extend_deadline(round, closes=command.closes, calendar=calendar, by=by)
    return round


def noticed(round: Round, docket: Docket) -> tuple[Noticed, ...]:
    """The proposals that are put up for an award and on no notice yet, as items of a notice."""
    proposed = docket.find(Proposal, round=round.id, stage=ProposalStage.PROPOSED)
    free = (proposal for proposal in proposed if not proposal.is_blocked)
    return tuple(Noticed(p.id, p.organisation, p.amount_minor) for p in free)


def publish_supplementary_notice(
    command: PublishSupplementaryNotice, docket: Docket, id: str, by: Mandate
) -> Round:
    round = docket.load(Round, id)
    round.after("publish-supplementary-notice")
    changing.publish_supplementary_notice(
        round,
        notice=changing.notice_of(command.starts, command.ends, round),
        items=noticed(round, docket),
        fund=docket.load(Fund, round.fund),
        calendar=docket.calendar(round.asks.calendar),
        by=by,
    )
    return round


def open_orders(round: Round, docket: Docket) -> int:
    """How many orders of a round have not ended."""
    return docket.count(Order, round=round.id, stage=UNDER_WAY)


def open_children(round: Round, docket: Docket) -> int:
    """How many rounds below a round have not ended."""
    return sum(not child.is_final for child in docket.find(Round, parent=round.id))


def cancel(command: CancelRound, docket: Docket, id: str, by: Mandate) -> Round:
    """Ends the proposals first (S29), so that all of the budget can go back with the round."""
    round = docket.load(Round, id)
    round.after("cancel")
    for react in BEFOREHAND["round.cancelled"]:
        react(round, docket, by)
    tell_homes(docket, by)
    dependants = changing.Dependants(
        grants=docket.count(Grant, round=id),
        orders=open_orders(round, docket),
        children=open_children(round, docket),
    )
    changing.cancel(round, dependants=dependants, by=by)
    *earlier, last = by.records
    named = [r if r.causation else msgspec.structs.replace(r, causation=last.name) for r in earlier]
    by.records[:] = [*named, last]
    return round


HANDLERS: Handlers = {
    **ALLOCATIONS,
    "allot-from-parent": (AllotFromParent, allot_from_parent),
    "add-budget": (AddBudget, add_budget),
    "extend-deadline": (ExtendDeadline, extend_deadline),
    "ask-question": (AskQuestion, tells(Round, asking.ask_question)),
    "publish-clarification": (PublishClarification, tells(Round, asking.publish_clarification)),
    "publish-supplementary-notice": (PublishSupplementaryNotice, publish_supplementary_notice),
    "cancel": (CancelRound, cancel),
}
