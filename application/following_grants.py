"""What follows the end of a grant, and a claim after it."""

from __future__ import annotations

from typing import Any

from application.clawbacks import appeal_until
from application.docket import Docket
from domain import amendments
from domain.amendments import Amendment
from domain.amendments import Stage as AmendmentStage
from domain.clawbacks import claiming
from domain.clawbacks.clawback import Clawback
from domain.clawbacks.lifecycle import Stage
from domain.grants.grant import Grant
from domain.kernel import Mandate, Record
from domain.tranches import payment
from domain.tranches.tranche import Tranche


def cancel_tranches(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Ends the tranches that will not be paid any more (T9a)."""
    for tranche in docket.find(Tranche, grant=grant_of(record, docket).id):
        if "cancel" in tranche.lifecycle.allows(tranche.stage):
            payment.cancel(tranche, cause=record.event_name, by=by)


def withdraw_amendments(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Takes back what was asked of a grant that has ended (M4)."""
    grant = grant_of(record, docket)
    for amendment in docket.find(Amendment, grant=grant.id, stage=AmendmentStage.REQUESTED):
        amendments.withdraw(amendment, grant=grant, by=by)


def claim_back(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Orders back what a grant still owes that was ended against its plan (K0)."""
    grant = grant_of(record, docket)
    if grant.balance("cash.recoverable"):
        order(grant, grant.basis, record, docket, by)


def claim_more(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Orders back what was claimed after the end (K0), or adds it to what is ordered (K0a)."""
    grant, event = grant_of(record, docket), record.event
    for claim in docket.find(Clawback, grant=grant.id):
        if claim.stage == Stage.ORDERED:
            claiming.raise_(
                claim,
                amount_minor=event.amount_minor,
                basis=event.basis,
                appeal_until=appeal_until(grant, docket, by),
                by=by,
            )
            return
    order(grant, event.basis, record, docket, by)


def order(grant: Grant, basis: str, record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Orders back what is recoverable, by the day that the event names."""
    terms = claiming.Terms(basis, record.event.repay_by, appeal_until(grant, docket, by))
    docket.add(claiming.order(docket.new_id(), grant=grant, terms=terms, is_claimed=False, by=by))


def grant_of(record: Record[Any], docket: Docket) -> Grant:
    """The grant that the record is about."""
    return docket.load(Grant, record.originator_id.partition(":")[2])


OF_GRANTS = {
    "grant.settled": (cancel_tranches, withdraw_amendments),
    "grant.closed_unilaterally": (cancel_tranches, withdraw_amendments, claim_back),
    "grant.terminated": (cancel_tranches, withdraw_amendments, claim_back),
    "grant.post_closeout_adjusted": (claim_more,),
}
