"""How what is told to proposals is carried out."""

from __future__ import annotations

from application.asides import is_ready
from application.docket import Docket
from application.proposals.commands import (
    AdmitProposal,
    ConfirmAward,
    DeclineProposal,
    DraftProposal,
    EditProposal,
    ExpireDraft,
    LapseProposal,
    PassBudgetCheck,
    ProposeAward,
    RecordScore,
    RejectIntake,
    ResubmitProposal,
    ReturnForCorrection,
    RevokeAward,
    SubmitProposal,
    TakeBackProposal,
    TakeIntake,
    WithdrawProposal,
)
from application.proposals.turns import HANDLERS as TURNS
from application.proposals.turns import amended
from application.recusals import OF_PROPOSALS as RECUSALS
from application.told import Handlers, said, tells
from domain.kernel import Mandate
from domain.objections import Objection
from domain.organisations import Organisation
from domain.overrides import OVERRUN_DAYS
from domain.proposals import contest, judgement, submission
from domain.proposals.content import Content
from domain.proposals.lifecycle import HANDED_IN, Stage
from domain.proposals.proposal import Proposal
from domain.reviews import thirds
from domain.reviews.lifecycle import Stage as ReviewStage
from domain.reviews.review import Review, aggregate_milli
from domain.rounds.round import Round
from domain.scoring.methods import raw_method


def draft(command: DraftProposal, docket: Docket, id: str, by: Mandate) -> Proposal:
    round = docket.load(Round, command.round, field="/round")
    organisation = docket.load(Organisation, command.organisation, field="/organisation")
    for partner in command.partners:
        docket.load(Organisation, partner, field="/partners")
    number = docket.count(Proposal, round=round.id) + 1
    return docket.add(
        submission.draft(
            docket.new_id(),
            no=f"{round.no}-{number:03d}",
            round=round,
            organisation=organisation,
            partners=command.partners,
            content=Content(title=command.title),
            by=by,
        )
    )


def edit(command: EditProposal, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    round = docket.load(Round, proposal.round)
    submission.edit(proposal, content=amended(proposal.says, command), round=round, by=by)
    return proposal


def submit(command: SubmitProposal, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    parties = (proposal.organisation, *proposal.partners)
    submission.submit(
        proposal,
        round=docket.load(Round, proposal.round),
        parties=tuple(docket.load(Organisation, party) for party in parties),
        live_of_party=docket.count(
            Proposal, round=proposal.round, organisation=proposal.organisation, stage=HANDED_IN
        ),
        by=by,
    )
    return proposal


def take_back(command: TakeBackProposal, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    submission.take_back(proposal, round=docket.load(Round, proposal.round), by=by)
    return proposal


def return_for_correction(
    command: ReturnForCorrection, docket: Docket, id: str, by: Mandate
) -> Proposal:
    proposal = docket.load(Proposal, id)
    round = docket.load(Round, proposal.round)
    calendar = docket.calendar(round.asks.calendar)
    judgement.return_for_correction(
        proposal, defects=command.defects, round=round, calendar=calendar, by=by
    )
    return proposal


def resubmit(command: ResubmitProposal, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    round = docket.load(Round, proposal.round)
    submission.resubmit(proposal, content=amended(proposal.says, command), round=round, by=by)
    return proposal


def pass_budget_check(command: PassBudgetCheck, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    round = docket.load(Round, proposal.round)
    judgement.pass_budget_check(proposal, adjusted_lines=command.adjusted_lines, round=round, by=by)
    return proposal


def admit(command: AdmitProposal, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    organisation = docket.load(Organisation, proposal.organisation)
    judgement.admit(proposal, organisation=organisation, by=by)
    return proposal


def record_score(command: RecordScore, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    round = docket.load(Round, proposal.round)
    reviews = docket.find(Review, proposal=id)
    locked = [r for r in reviews if r.stage == ReviewStage.LOCKED]
    totals = [r.total_milli for r in locked if r.total_milli is not None]
    score = aggregate_milli(totals, round.asks.aggregation) if totals else 0
    others = docket.find(Proposal, round=round.id)
    judgement.record_score(
        proposal,
        method=raw_method(round.asks.aggregation),
        score_milli=score,
        better=sum(p.score_milli is not None and p.score_milli > score for p in others),
        locked=len(totals),
        unlocked=sum(not review.is_settled for review in reviews),
        spread_milli=thirds.spread_milli(locked),
        has_third=thirds.has_third(reviews),
        round=round,
        by=by,
    )
    return proposal


def propose_award(command: ProposeAward, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    proposed = docket.find(Proposal, round=proposal.round, stage=Stage.PROPOSED)
    judgement.propose_award(
        proposal,
        round=docket.load(Round, proposal.round),
        proposed_minor=sum(other.amount_minor for other in proposed),
        by=by,
        **said(command),
    )
    return proposal


def decline(command: DeclineProposal, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    round = docket.load(Round, proposal.round)
    judgement.decline(proposal, feedback=command.feedback, round=round, by=by)
    return proposal


def revoke_award(command: RevokeAward, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    objections = docket.find(Objection, proposal=id)
    upheld = sum(objection.outcome == "upheld" for objection in objections)
    contest.revoke_award(proposal, upheld=upheld, by=by)
    return proposal


def confirm_award(command: ConfirmAward, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    undecided = sum(objection.is_open for objection in docket.find(Objection, proposal=id))
    judgement.confirm_award(proposal, open_objections=undecided, by=by)
    return proposal


def expire_draft(command: ExpireDraft, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    submission.expire_draft(proposal, round=docket.load(Round, proposal.round), by=by)
    return proposal


def lapse(command: LapseProposal, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    more_days = OVERRUN_DAYS if is_ready(docket, proposal, "S6.due") else 0
    submission.lapse(proposal, more_days=more_days, by=by)
    return proposal


HANDLERS: Handlers = {
    "draft": (DraftProposal, draft),
    "edit": (EditProposal, edit),
    "submit": (SubmitProposal, submit),
    "take-back": (TakeBackProposal, take_back),
    "take-intake": (TakeIntake, tells(Proposal, judgement.take_intake)),
    "return-for-correction": (ReturnForCorrection, return_for_correction),
    "resubmit": (ResubmitProposal, resubmit),
    "lapse": (LapseProposal, lapse),
    "reject-intake": (RejectIntake, tells(Proposal, judgement.reject_intake)),
    "pass-budget-check": (PassBudgetCheck, pass_budget_check),
    "admit": (AdmitProposal, admit),
    "record-score": (RecordScore, record_score),
    "propose-award": (ProposeAward, propose_award),
    "decline": (DeclineProposal, decline),
    "revoke-award": (RevokeAward, revoke_award),
    "confirm-award": (ConfirmAward, confirm_award),
    "withdraw": (WithdrawProposal, tells(Proposal, submission.withdraw)),
    "expire-draft": (ExpireDraft, expire_draft),
    **TURNS,
    **RECUSALS,
}
