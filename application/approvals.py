"""What may be told to approvals: carried out, declined, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

from application.docket import Docket
from application.kinds import KINDS
from application.told import Handlers, NoFields, tells
from domain import approvals
from domain.approvals import Approval
from domain.kernel import Mandate
from domain.values import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve(NoFields):
    """Carries out what another person prepared; all guards are checked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """Declines what another person prepared."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(NoFields):
    """Withdraws what the same person prepared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expire(NoFields):
    """Ends what waited too long."""


def stage_of_thing(approval: Approval, docket: Docket) -> str:
    """Where the thing stands that was prepared for; empty where the thing is to be created."""
    if not approval.thing:
        return ""
    return docket.load(KINDS[approval.thing_noun], approval.thing).stage


def approve(command: Approve, docket: Docket, id: str, by: Mandate) -> Approval:
    approval = docket.load(Approval, id)
    approvals.check_approval(approval, thing_stage=stage_of_thing(approval, docket), by=by)
    result = docket.perform(approval, docket, by)
    approvals.check_agent(approval, getattr(result, "agent", ""))
    approvals.approve(approval, result=result.stream, by=by)
    return approval


def expire(command: Expire, docket: Docket, id: str, by: Mandate) -> Approval:
    approval = docket.load(Approval, id)
    approvals.expire(approval, thing_stage=stage_of_thing(approval, docket), by=by)
    return approval


HANDLERS: Handlers = {
    "approve": (Approve, approve),
    "decline": (Decline, tells(Approval, approvals.decline)),
    "withdraw": (Withdraw, tells(Approval, approvals.withdraw)),
    "expire": (Expire, expire),
}
