"""What follows amendments, and payments to and from custody accounts, in the same save."""

from __future__ import annotations

from typing import Any, cast

from application.docket import Docket
from domain import amendments, custody_moves
from domain.amendments import Amendment
from domain.custody import CustodyAccount
from domain.grants import changing
from domain.grants.grant import Grant
from domain.kernel import Mandate, Record
from domain.tranches import payment
from domain.tranches.lifecycle import Stage as TrancheStage
from domain.tranches.tranche import Tranche


def amend_grant(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Takes what was agreed into the grant (G32)."""
    amendment = cast(Amendment, docket.stream(record.originator_id))
    amendments.take_in(docket.load(Grant, amendment.grant), amendment, by)


def replan_tranches(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Gives planned tranches their new amounts (T0a); one that has nothing left ends (T9a)."""
    amendment = cast(Amendment, docket.stream(record.originator_id))
    new = {part.no: part.amount_minor for part in amendment.tranches}
    for tranche in docket.find(Tranche, grant=amendment.grant, stage=TrancheStage.PLANNED):
        minor = new.get(tranche.no, tranche.amount_minor)
        if not minor:
            payment.cancel(tranche, cause=record.event_name, by=by)
        elif minor != tranche.amount_minor:
            payment.amend(tranche, amount_minor=minor, amendment=amendment.id, by=by)


def plan_added(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Plans the tranches that an amendment adds, numbered on (T0)."""
    amendment = cast(Amendment, docket.stream(record.originator_id))
    grant = docket.load(Grant, amendment.grant)
    last = max(tranche.no for tranche in docket.find(Tranche, grant=grant.id))
    for no, part in enumerate(amendment.added, start=last + 1):
        planned = payment.plan(
            docket.new_id(),
            grant=grant,
            no=no,
            amount_minor=part.amount_minor,
            condition=part.condition,
            by=by,
        )
        docket.add(planned)


def receive_in_custody(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Puts a tranche that was paid to a fiscal agent into custody (C2)."""
    tranche = cast(Tranche, docket.stream(record.originator_id))
    grant = docket.load(Grant, tranche.grant)
    if grant.custody_account:
        account = docket.load(CustodyAccount, grant.custody_account)
        custody_moves.receive(account, tranche=tranche, by=by)


def undo_custody(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Takes a payment that the bank sent back out of the custody it came into (C6)."""
    tranche = cast(Tranche, docket.stream(record.originator_id))
    for account in docket.find(CustodyAccount, organisation=tranche.organisation):
        if tranche.id in account.deposits:
            custody_moves.undo_receipt(account, tranche=tranche, by=by)


def count_refund(record: Record[Any], docket: Docket, by: Mandate) -> None:
    """Counts what a fiscal agent returned among the refunds of the grant (G23)."""
    returned = record.event
    changing.take_back(
        docket.load(Grant, returned.grant),
        amount_minor=returned.amount_minor,
        bank_ref=returned.bank_ref,
        by=by,
    )


OF_CHANGES = {
    "amendment.approved": (amend_grant, replan_tranches, plan_added),
    "tranche.paid": (receive_in_custody,),
    "tranche.bounced_after_payment": (undo_custody,),
    "custody_account.returned": (count_refund,),
}
"""Events of amendments and custody, and what they set off."""
