"""What may be told to grants that are stopped, or that end against their plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from application.custody_accounts import kept_of
from application.docket import Docket
from application.documents import belongs_to
from application.grants.commands import ScoreMilli, Sentences
from application.told import Handlers, said, tells
from domain.appeals.appeal import OPEN, Appeal
from domain.errors import Reason, check
from domain.findings.finding import Finding
from domain.funds.fund import Fund
from domain.grants import changing, ending, midterm, stopping
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.proposals.proposal import Proposal
from domain.reviews.review import Review
from domain.rounds.round import Round
from domain.tranches.tranche import Tranche
from domain.values import Id, Name, PositiveMinor, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendGrant:
    """Blocks the payments of a grant: for what cause, what it covers, until when."""

    cause: Text
    scope: Name
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeGrant:
    """Lets a suspended grant go on; the reason says what was put right."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FailMidterm:
    """Fails the mid-term, with a score in thousandths of a point; this suspends the grant."""

    score_milli: ScoreMilli = 0
    findings: Sentences = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseUnilaterally:
    """Closes a grant whose end is long overdue: on what basis, and when debts are due."""

    basis: Text
    repay_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeTermination:
    """Proposes to end the grant before its plan; the grantee may be heard first."""

    cause: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminateGrant:
    """Ends the grant before its plan, and says when debts are due.

    `waiver` is a document of the grant in which the grantee gives up being heard.
    """

    repay_by: date
    waiver: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropTermination:
    """Gives the termination up."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPostCloseout:
    """Claims accepted cost back after the end: how much, which finding says so, on what basis."""

    amount_minor: PositiveMinor
    finding: Id
    basis: Text
    repay_by: date


def resume(command: ResumeGrant, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    organisation = docket.load(Organisation, grant.organisation)
    stopping.resume(grant, organisation=organisation, by=by)
    return grant


def fail_midterm(command: FailMidterm, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    reviewers = tuple(review.member for review in docket.find(Review, proposal=grant.proposal))
    round = docket.load(Round, grant.round)
    midterm.fail_midterm(grant, reviewers=reviewers, round=round, by=by, **said(command))
    return grant


def left_open(rule: str, grant: Grant, docket: Docket) -> tuple[Reason | None, ...]:
    """What must have ended beside the grant before it is ended against its plan.

    An amendment that is only asked for ends with the grant, or asking would keep it alive.
    """
    kept = kept_of(grant, docket)
    return (*changing.nothing_left_open(rule, grant, custody_minor=kept, requested=0),)


def held_around(rule: str, grant: Grant, docket: Docket) -> ending.Held:
    """What stands around a grant when it is ended against its plan."""
    return ending.Held(
        tranches=docket.find(Tranche, grant=grant.id),
        round=docket.load(Round, grant.round),
        pledged_minor=docket.load(Proposal, grant.proposal).balance("match.pledged"),
        left=left_open(rule, grant, docket),
    )


def close_unilaterally(command: CloseUnilaterally, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    asks = docket.load(Round, grant.round).asks
    reported_by = (grant.ends or by.day) + timedelta(days=asks.final_days)
    ending.close_unilaterally(
        grant,
        **said(command),
        last_day=max(reported_by, grant.due or reported_by) + timedelta(days=asks.unilateral_days),
        held=held_around("G20", grant, docket),
        by=by,
    )
    return grant


def propose_termination(command: ProposeTermination, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    round = docket.load(Round, grant.round)
    calendar = docket.calendar(round.asks.calendar)
    stopping.propose_termination(grant, cause=command.cause, round=round, calendar=calendar, by=by)
    return grant


def terminate(command: TerminateGrant, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    waiver = command.waiver or ""
    check(belongs_to("G21a.waiver", waiver, docket, grant, field="/waiver") if waiver else None)
    held = held_around("G21a", grant, docket)
    open_stages = tuple(str(stage) for stage in OPEN)
    ending.terminate(
        grant,
        repay_by=command.repay_by,
        waiver=waiver,
        contested=bool(docket.count(Appeal, contested=grant.stream, stage=open_stages)),
        held=held,
        by=by,
    )
    return grant


def adjust(command: RecordPostCloseout, docket: Docket, id: str, by: Mandate) -> Grant:
    grant = docket.load(Grant, id)
    grant.after("record-post-closeout")
    finding = docket.load(Finding, command.finding, field="/finding")
    ending.adjust(
        grant,
        amount_minor=command.amount_minor,
        found=ending.Found(finding, docket.find(Tranche, grant=id)),
        basis=command.basis,
        repay_by=command.repay_by,
        fund=docket.load(Fund, grant.fund),
        by=by,
    )
    return grant


HANDLERS: Handlers = {
    "suspend": (SuspendGrant, tells(Grant, stopping.suspend)),
    "resume": (ResumeGrant, resume),
    "fail-midterm": (FailMidterm, fail_midterm),
    "close-unilaterally": (CloseUnilaterally, close_unilaterally),
    "propose-termination": (ProposeTermination, propose_termination),
    "terminate": (TerminateGrant, terminate),
    "drop-termination": (DropTermination, tells(Grant, stopping.drop_termination)),
    "record-post-closeout": (RecordPostCloseout, adjust),
}
