"""What may be told to clawbacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.docket import Docket
from application.documents import belongs_to
from application.refunds import is_reusable
from application.told import Handlers, NoFields, said, tells
from domain.appeals.appeal import Appeal
from domain.clawbacks import claiming
from domain.clawbacks.clawback import Clawback
from domain.clawbacks.lifecycle import Stage
from domain.errors import Reason, check
from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.policies import holds
from domain.rounds.round import Round
from domain.values import Id, Name, PositiveMinor, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderClawback:
    """Orders everything back that is recoverable of a grant, on some basis, by a day."""

    grant: Id
    basis: Text
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRepayment:
    """Records money that the bank shows as repaid."""

    amount_minor: PositiveMinor
    bank_ref: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseClawback(NoFields):
    """Closes a clawback that is repaid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOff:
    """Gives up what is still claimed, with a document that shows what was tried."""

    proof: Id
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLateRecovery:
    """Records money that came after the claim was given up."""

    amount_minor: PositiveMinor
    bank_ref: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawClawback:
    """Takes the claim back, as a granted appeal asks."""

    appeal: Id


def is_claimed(grant: Grant, docket: Docket) -> bool:
    """Whether a clawback is ordered for the grant."""
    return any(claim.stage == Stage.ORDERED for claim in docket.find(Clawback, grant=grant.id))


def appeal_until(grant: Grant, docket: Docket, by: Mandate) -> date:
    """The last day on which a claim that is made now may be contested, by the grant's round."""
    asks = docket.load(Round, grant.round).asks
    return docket.calendar(asks.calendar).after_working_days(by.day, asks.appeal_days)


def order(command: OrderClawback, docket: Docket, id: str, by: Mandate) -> Clawback:
    grant = docket.load(Grant, command.grant, field="/grant")
    return docket.add(
        claiming.order(
            docket.new_id(),
            grant=grant,
            terms=claiming.Terms(command.basis, command.due, appeal_until(grant, docket, by)),
            is_claimed=is_claimed(grant, docket),
            by=by,
        )
    )


def bank_lines(clawback: Clawback, docket: Docket) -> tuple[str, ...]:
    """The lines of the bank statement that are recorded for the grant or one of its clawbacks."""
    grant = docket.load(Grant, clawback.grant)
    claims = docket.find(Clawback, grant=grant.id)
    return (*grant.bank_refs, *(line for claim in claims for line in claim.bank_refs))


def record_repayment(command: RecordRepayment, docket: Docket, id: str, by: Mandate) -> Clawback:
    clawback = docket.load(Clawback, id)
    reusable = is_reusable(docket.load(Grant, clawback.grant), docket)
    known = bank_lines(clawback, docket)
    claiming.record_repayment(clawback, **said(command), known=known, reusable=reusable, by=by)
    return clawback


def write_off(command: WriteOff, docket: Docket, id: str, by: Mandate) -> Clawback:
    clawback = docket.load(Clawback, id)
    check(belongs_to("K3.proof", command.proof, docket, clawback, field="/proof"))
    claiming.write_off(clawback, proof=command.proof, by=by)
    return clawback


def record_late_recovery(
    command: RecordLateRecovery, docket: Docket, id: str, by: Mandate
) -> Clawback:
    clawback = docket.load(Clawback, id)
    fund, known = docket.load(Fund, clawback.fund), bank_lines(clawback, docket)
    claiming.record_late_recovery(clawback, **said(command), fund=fund, known=known, by=by)
    return clawback


def is_granted(appeal: str, clawback: Clawback, docket: Docket) -> Reason | None:
    """An appeal against this clawback has been granted; nothing else takes a claim back (K5)."""
    found = docket.load(Appeal, appeal, field="/appeal")
    return holds(
        "K5.appeal",
        # Whether an appeal was granted is still to be seen once its result was sent.
        found.contested == clawback.stream and bool(found.step),
        "A claim is taken back only where an appeal against it has been granted.",
    )


def withdraw(command: WithdrawClawback, docket: Docket, id: str, by: Mandate) -> Clawback:
    clawback = docket.load(Clawback, id)
    check(is_granted(command.appeal, clawback, docket))
    claiming.withdraw(clawback, basis=f"appeal:{command.appeal}", by=by)
    return clawback


HANDLERS: Handlers = {
    "order": (OrderClawback, order),
    "record-repayment": (RecordRepayment, record_repayment),
    "close": (CloseClawback, tells(Clawback, claiming.close)),
    "write-off": (WriteOff, write_off),
    "record-late-recovery": (RecordLateRecovery, record_late_recovery),
    "withdraw": (WithdrawClawback, withdraw),
}
