"""How what is told to rounds is carried out."""

from __future__ import annotations

import hashlib

import msgspec

from application.docket import Docket
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
from domain.orders.lifecycle import UNDER_WAY as ORDERS_UNDER_WAY
from domain.orders.order import Order
from domain.policies import holds
from domain.proposals.lifecycle import FINAL as PROPOSAL_ENDS
from domain.proposals.lifecycle import HANDED_IN
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal
from domain.reviews.panel import Panel
from domain.rounds import call, decision
from domain.rounds.round import Round
from domain.rounds.rules import Noticed, Ranked


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
    return docket.add(call.plan(docket.new_id(), **said(command), by=by))


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
        by=by,
    )
    return round


def fix_ranking(command: FixRanking, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    decision.fix_ranking(
        round,
        ranking=ranked(docket.find(Proposal, round=id)),
        under_review=docket.count(Proposal, round=id, stage=ProposalStage.UNDER_REVIEW),
        by=by,
    )
    return round


def ranked(proposals: tuple[Proposal, ...]) -> tuple[Ranked, ...]:
    """The scored proposals from the best down; equal scores by the number of the proposal."""
    scored = [(-p.score_milli, p.no, p) for p in proposals if p.score_milli is not None]
    return tuple(
        Ranked(
            p.id,
            rank,
            -score,
            p.amount_minor if p.stage == ProposalStage.PROPOSED else 0,
        )
        for rank, (score, _, p) in enumerate(sorted(scored, key=lambda item: item[:2]), start=1)
    )


def publish_notice(command: PublishNotice, docket: Docket, id: str, by: Mandate) -> Round:
    round = docket.load(Round, id)
    intended = docket.find(Proposal, round=id, stage=ProposalStage.PROPOSED)
    proposed = [proposal for proposal in intended if not proposal.is_blocked]
    waiting = (ProposalStage.UNDER_REVIEW, ProposalStage.SCORED)
    panel = docket.load(Panel, round.panel) if round.panel else None
    decision.publish_notice(
        round,
        items=tuple(Noticed(p.id, p.organisation, p.amount_minor) for p in proposed),
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
    noticed = docket.find(Proposal, round=id, stage=ProposalStage.ON_NOTICE)
    held = docket.find(Proposal, round=id, stage=ProposalStage.OBJECTED)
    decision.conclude_notice(
        round, clear=tuple(p.id for p in noticed), held=tuple(p.id for p in held), by=by
    )
    return round


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
        open_orders=docket.count(Order, round=id, stage=ORDERS_UNDER_WAY),
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
}
