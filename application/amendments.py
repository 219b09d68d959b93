"""What may be told to amendments."""

from __future__ import annotations

from dataclasses import dataclass

from application.custody_accounts import custody_of
from application.docket import Docket
from application.told import Handlers, NoFields, said, tells
from domain import amendments
from domain.amendments import Amendment, Stage
from domain.funds.fund import Fund
from domain.grants.changes import Around, Changes
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal
from domain.rounds.round import Round
from domain.tranches.tranche import Tranche
from domain.values import Id, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAmendment(Changes):
    """Asks to change the agreement of a grant; what is left out stays as it is."""

    grant: Id
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveAmendment(NoFields):
    """Agrees to the change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAmendment:
    """Says no to the change."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAmendment(NoFields):
    """Takes the request back."""


def around(grant: Grant, docket: Docket) -> Around:
    """What changes of the grant are judged by."""
    organisation = docket.load(Organisation, grant.organisation)
    proposed = docket.find(Proposal, round=grant.round, stage=ProposalStage.PROPOSED)
    return Around(
        grant=grant,
        organisation=organisation,
        custody=custody_of(organisation, docket),
        tranches=docket.find(Tranche, grant=grant.id),
        round=docket.load(Round, grant.round),
        fund=docket.load(Fund, grant.fund),
        proposed_minor=sum(proposal.amount_minor for proposal in proposed),
    )


def requested_of(grant: Grant, docket: Docket) -> int:
    """How many amendments of a grant wait for a decision."""
    return docket.count(Amendment, grant=grant.id, stage=Stage.REQUESTED)


def request(command: RequestAmendment, docket: Docket, id: str, by: Mandate) -> Amendment:
    changes = said(command)
    grant = docket.load(Grant, changes.pop("grant"), field="/grant")
    return docket.add(
        amendments.request(
            docket.new_id(),
            changes=Changes(**changes),
            around=around(grant, docket),
            requested=requested_of(grant, docket),
            by=by,
        )
    )


def approve(command: ApproveAmendment, docket: Docket, id: str, by: Mandate) -> Amendment:
    amendment = docket.load(Amendment, id)
    agreed = docket.count(Amendment, grant=amendment.grant, stage=Stage.APPROVED)
    grant = docket.load(Grant, amendment.grant)
    amendments.approve(amendment, around=around(grant, docket), no=agreed + 1, by=by)
    return amendment


def withdraw(command: WithdrawAmendment, docket: Docket, id: str, by: Mandate) -> Amendment:
    amendment = docket.load(Amendment, id)
    amendments.withdraw(amendment, grant=docket.load(Grant, amendment.grant), by=by)
    return amendment


HANDLERS: Handlers = {
    "request": (RequestAmendment, request),
    "approve": (ApproveAmendment, approve),
    "refuse": (RefuseAmendment, tells(Amendment, amendments.refuse)),
    "withdraw": (WithdrawAmendment, withdraw),
}
