"""How what is told to grants is carried out."""

from __future__ import annotations

from datetime import timedelta

from application.clawbacks import is_claimed
from application.custody_accounts import custody_of
from application.docket import Docket
from application.grants.changing import HANDLERS as OF_CHANGES
from application.grants.changing import left_open
from application.grants.commands import (
    AcceptCosts,
    ActivateGrant,
    AllowCost,
    CancelGrant,
    CloseGrant,
    DisallowCost,
    EndPeriod,
    EvaluateFinal,
    OpenMidterm,
    QuestionCost,
    RecordAudit,
    RecordMidterm,
    RecordRefund,
    ReportProgress,
    ReturnFinal,
    SettleGrant,
    SignAgreement,
    SubmitFinal,
    SubmitMidterm,
    WaiveAudit,
)
from application.grants.stopping import HANDLERS as OF_STOPPING
from application.refunds import is_reusable
from application.told import Handlers, said, tells
from domain.custody import needs_agent
from domain.findings.finding import Finding
from domain.funds.fund import Fund
from domain.grants import agreement, closing, midterm, refunding, reporting
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.proposals.proposal import Proposal
from domain.reviews.review import Review
from domain.rounds.round import Round
from domain.tranches.tranche import Tranche


def sign_agreement(command: SignAgreement, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    organisation = docket.load(Organisation, grant.organisation)
    agreement.sign_agreement(
        grant,
        organisation=organisation,
        custody=custody_of(organisation, docket) if needs_agent(organisation) else None,
        round=docket.load(Round, grant.round),
        terms=agreement.Terms(**said(command)),
        by=by,
    )
    return grant


def reserved_for(grant: Grant, docket: Docket) -> int:
    """What the round holds for the award of the grant, in minor units."""
    return sum(
        line.balance_minor
        for line in docket.book(grant.fund)
        if line.account == "authority.reserved" and line.proposal == grant.proposal
    )


def activate(command: ActivateGrant, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    fund = docket.load(Fund, grant.fund)
    agreement.activate(
        grant,
        organisation=docket.load(Organisation, grant.organisation),
        fund=fund,
        reserved_minor=reserved_for(grant, docket),
        by=by,
    )
    return grant


def accept_costs(command: AcceptCosts, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    round = docket.load(Round, grant.round)
    tranches = docket.find(Tranche, grant=id)
    reporting.accept_costs(grant, lines=command.lines, tranches=tranches, round=round, by=by)
    return grant


def question_cost(command: QuestionCost, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    found = docket.load(Finding, command.finding, field="/finding") if command.finding else None
    tranches = docket.find(Tranche, grant=id)
    reporting.question_cost(
        grant, cost=command.cost, cause=command.cause, finding=found, tranches=tranches, by=by
    )
    return grant


def allow_cost(command: AllowCost, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    tranches = docket.find(Tranche, grant=id)
    reporting.allow_cost(grant, cost=command.cost, reply=command.reply, tranches=tranches, by=by)
    return grant


def disallow_cost(command: DisallowCost, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    tranches = docket.find(Tranche, grant=id)
    reporting.disallow_cost(grant, cost=command.cost, reply=command.reply, tranches=tranches, by=by)
    return grant


def reviewers_of(grant: Grant, docket: Docket) -> tuple[str, ...]:
    """Who scored the proposal of a grant."""
    return tuple(review.member for review in docket.find(Review, proposal=grant.proposal))


def open_midterm(command: OpenMidterm, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    days = docket.load(Round, grant.round).asks.midterm_days
    midterm.open_midterm(grant, days=days, by=by)
    return grant


def record_midterm(command: RecordMidterm, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    reviewers = reviewers_of(grant, docket)
    midterm.record_midterm(grant, reviewers=reviewers, by=by, **said(command))
    return grant


def submit_final(command: SubmitFinal, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    days = docket.load(Round, grant.round).asks.final_days
    last_day = (grant.ends or by.day) + timedelta(days=days)
    closing.submit_final(grant, last_day=last_day, by=by, **said(command))
    return grant


def evaluate_final(command: EvaluateFinal, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    reviewers = reviewers_of(grant, docket)
    round = docket.load(Round, grant.round)
    closing.evaluate_final(grant, reviewers=reviewers, round=round, by=by, **said(command))
    return grant


def waive_audit(command: WaiveAudit, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    round = docket.load(Round, grant.round)
    closing.waive_audit(grant, round=round, by=by)
    return grant


def pledged_of(grant: Grant, docket: Docket) -> int:
    """Match money of the grant's proposal that is still only promised, in minor units."""
    return docket.load(Proposal, grant.proposal).balance("match.pledged")


def settle(command: SettleGrant, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    closing.settle(
        grant,
        tranches=docket.find(Tranche, grant=id),
        pledged_minor=pledged_of(grant, docket),
        left=left_open("G18", grant, docket),
        round=docket.load(Round, grant.round),
        by=by,
    )
    return grant


def close(command: CloseGrant, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    claimed, left = is_claimed(grant, docket), left_open("G19", grant, docket)
    closing.close(
        grant, pledged_minor=pledged_of(grant, docket), is_claimed=claimed, left=left, by=by
    )
    return grant


def record_refund(command: RecordRefund, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    refunding.record_refund(
        grant,
        **said(command),
        reusable=is_reusable(grant, docket),
        is_claimed=is_claimed(grant, docket),
        fund=docket.load(Fund, grant.fund),
        by=by,
    )
    return grant


def cancel(command: CancelGrant, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    pledged = pledged_of(grant, docket)
    agreement.cancel(grant, cause=command.cause, pledged_minor=pledged, by=by)
    return grant


HANDLERS: Handlers = {
    **OF_CHANGES,
    "sign-agreement": (SignAgreement, sign_agreement),
    "activate": (ActivateGrant, activate),
    "report-progress": (ReportProgress, tells(Grant, reporting.report_progress)),
    "accept-costs": (AcceptCosts, accept_costs),
    "question-cost": (QuestionCost, question_cost),
    "allow-cost": (AllowCost, allow_cost),
    "disallow-cost": (DisallowCost, disallow_cost),
    "open-midterm": (OpenMidterm, open_midterm),
    "submit-midterm": (SubmitMidterm, tells(Grant, midterm.submit_midterm)),
    "record-midterm": (RecordMidterm, record_midterm),
    "end-period": (EndPeriod, tells(Grant, closing.end_period)),
    "submit-final": (SubmitFinal, submit_final),
    "return-final": (ReturnFinal, tells(Grant, closing.return_final)),
    "evaluate-final": (EvaluateFinal, evaluate_final),
    "record-audit": (RecordAudit, tells(Grant, closing.record_audit)),
    "waive-audit": (WaiveAudit, waive_audit),
    "settle": (SettleGrant, settle),
    "close": (CloseGrant, close),
    "record-refund": (RecordRefund, record_refund),
    "cancel": (CancelGrant, cancel),
    **OF_STOPPING,
}
