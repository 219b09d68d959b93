"""How what is told to rounds is carried out."""

from __future__ import annotations

import hashlib
from datetime import date

import msgspec

from application.docket import Docket
from application.recusals import undecided_recusals
from application.rounds.changing import HANDLERS as CHANGES
from application.rounds.changing import noticed, open_children, open_orders
from application.rounds.commands import (
    AllotBudget,
    CloseIntake,
    CloseRound,
    ConcludeNotice,
    FixRanking,
    OpenRound,
    PlanRound,
    PublishCall,
    PublishNotice,
    StartExecution,
    StartReview,
)
from application.told import Handlers, said
from domain.errors import check
from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.grants.lifecycle import Stage as GrantStage
from domain.kernel import Mandate
from domain.policies import holds
from domain.proposals.lifecycle import FINAL as PROPOSAL_ENDS
from domain.proposals.lifecycle import HANDED_IN
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal
from domain.proposals.ranking import fixed_ranking
from domain.proposals.waiting import in_order
from domain.reviews.lifecycle import PanelStage
from domain.reviews.lifecycle import Stage as ReviewStage
from domain.reviews.panel import Panel
from domain.reviews.review import Review, sheet_of
from domain.rounds import call, decision
from domain.rounds.round import Round
from domain.scoring.methods import ADJUSTED
from domain.scoring.sheet import Sheet


def plan(command: PlanRound, docket: Docket, id: str, by: Mandate) -> Round:
    docket.calendar(command.rules.calendar)
    check(
        holds(
            "R1.no",
            not docket.count(Round, no=command.no),
            "The number {no} is another round's.",
            field="/no",
            no=command.no,
        )
    )
    above = docket.load(Round, command.parent, field="/parent") if command.parent else None
    asked = said(command) | {"parent": above}
    return docket.add(call.plan(docket.new_id(), **asked, by=by))


def allot_budget(command: AllotBudget, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    fund = docket.load(Fund, command.fund, field="/fund")
    call.allot_budget(round, fund=fund, lines=command.lines, by=by)
    return round


def publish_call(command: PublishCall, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    rules = round.asks
    sha = hashlib.sha256(msgspec.json.encode(rules)).hexdigest()
    call.publish_call(
        round, **said(command), rules_sha=sha, calendar=docket.calendar(rules.calendar), by=by
    )
    return round


def open_(command: OpenRound, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    call.open(round, by=by)
    return round


def close_intake(command: CloseIntake, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    count = docket.count(Proposal, round=id, stage=HANDED_IN)
    call.close_intake(round, count=count, by=by)
    return round


def start_review(command: StartReview, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    panels = docket.find(Panel, round=id)
    decision.start_review(
        round,
        panel=panels[0].id if panels else "",
        undecided=docket.count(Proposal, round=id, stage=decision.UNDECIDED),
        recusals=undecided_recusals(id, docket),
        by=by,
    )
    return round


def locked_scores(round: Round, docket: Docket) -> Sheet:
    """The locked scores of a round, where its ranking depends on all of them."""
    if round.asks.aggregation not in ADJUSTED:
        return Sheet(())
    return sheet_of(docket.find(Review, round=round.id, stage=ReviewStage.LOCKED))


def fix_ranking(command: FixRanking, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    proposals = docket.find(Proposal, round=id)
    waiting = (p for p in proposals if p.stage == ProposalStage.WAITLISTED)
    panel = docket.load(Panel, round.panel) if round.panel else None
    ranking, adjusted = fixed_ranking(proposals, round.asks, locked_scores(round, docket))
    decision.fix_ranking(
        round,
        ranking=ranking,
        adjusted=adjusted,
        waitlist=tuple(p.id for p in in_order(waiting)),
        under_review=sum(p.stage == ProposalStage.UNDER_REVIEW for p in proposals),
        has_deliberated=panel is not None and panel.stage == PanelStage.HELD,
        by=by,
    )
    return round


def publish_notice(command: PublishNotice, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    waiting = (ProposalStage.UNDER_REVIEW, ProposalStage.SCORED, ProposalStage.OPTIMISING)
    panel = docket.load(Panel, round.panel) if round.panel else None
    decision.publish_notice(
        round,
        items=noticed(round, docket),
        undecided=docket.count(Proposal, round=id, stage=waiting),
        panel_members=panel.members if panel else (),
        fund=docket.load(Fund, round.fund),
        calendar=docket.calendar(round.asks.calendar),
        notice=decision.Notice(**said(command)),
        by=by,
    )
    return round


def conclude_notice(command: ConcludeNotice, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    items = docket.find(Proposal, round=id, stage=NOTICED)
    clear = tuple(item.id for item in items if is_clear(item, by.day))
    held = tuple(item.id for item in items if item.id not in clear)
    decision.conclude_notice(round, clear=clear, held=held, by=by)
    return round


NOTICED = ("on_notice", "objected")
"""The stages of a proposal whose award is published and not decided."""


def is_clear(item: Proposal, day: date) -> bool:
    """Whether the notice of a proposal is over, and nothing holds its award."""
    return item.stage == "on_notice" and item.ends is not None and item.ends < day


def start_execution(command: StartExecution, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    unsigned = (GrantStage.AGREEMENT_PENDING, GrantStage.CANCELLED)
    signed = tuple(str(stage) for stage in GrantStage if stage not in unsigned)
    decision.start_execution(round, signed=docket.count(Grant, round=id, stage=signed), by=by)
    return round


def close(command: CloseRound, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    undecided = tuple(str(s) for s in ProposalStage if s not in PROPOSAL_ENDS)
    grants = docket.find(Grant, round=id)
    outcome = decision.Outcome(
        open_proposals=docket.count(Proposal, round=id, stage=undecided),
        open_grants=sum(not grant.is_final for grant in grants),
        open_orders=open_orders(round, docket),
        open_children=open_children(round, docket),
        grants=len(grants),
        awarded_minor=sum(g.amount_minor for g in grants if g.stage != GrantStage.CANCELLED),
        spent_minor=sum(grant.balance("authority.spent") for grant in grants),
    )
    decision.close(round, outcome=outcome, by=by)
    return round


HANDLERS: Handlers = {
    "plan": (PlanRound, plan),
    "allot-budget": (AllotBudget, allot_budget),
    "publish-call": (PublishCall, publish_call),
    "open": (OpenRound, open_),
    "close-intake": (CloseIntake, close_intake),
    "start-review": (StartReview, start_review),
    "fix-ranking": (FixRanking, fix_ranking),
    "publish-notice": (PublishNotice, publish_notice),
    "conclude-notice": (ConcludeNotice, conclude_notice),
    "start-execution": (StartExecution, start_execution),
    "close": (CloseRound, close),
    **CHANGES,
}
