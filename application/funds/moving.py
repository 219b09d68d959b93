"""What may be told to a fund of money that leaves it for another fund, or of rights that lapse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen

from application.docket import Docket
from application.funds.values import Number
from application.told import Handlers, said, tells
from domain.documents import Document
from domain.funds import correcting, moving
from domain.funds.fund import Fund
from domain.funds.values import Basis, Share
from domain.kernel import Mandate
from domain.values import Id, Minor, Name, PositiveMinor, Text

Shares = Annotated[tuple[Share, ...], MaxLen(500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Passes authority, cash or both to another fund, and says whose money it was."""

    to: Id
    authority_minor: Minor = 0
    cash_minor: Minor = 0
    split: Shares = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver:
    """Passes what is left to the fund of the same purposes for the year after."""

    to: Id
    authority_minor: Minor = 0
    cash_minor: Minor = 0
    split: Shares = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyAllocationRule:
    """Passes on a share, by a rule, of a basis that a stored document shows."""

    to: Id
    rule_version: Name
    document: Id
    basis_minor: PositiveMinor
    percent: Annotated[int, Ge(1), Le(100)]
    moves: Literal["both", "authority", "cash"] = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseAuthority:
    """Ends a right to commit of which nobody made use."""

    amount_minor: PositiveMinor


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseEntry:
    """Reverses an entry that should not have been made; names it by its version in the fund."""

    entry: Number
    reason: Text


def transfer(command: Transfer, docket: Docket, id: str, by: Mandate) -> Fund:
    fund, to = docket.load(Fund, id), docket.load(Fund, command.to, field="/to")
    moving.transfer(fund, **{**said(command), "to": to}, by=by)
    return fund


def carry_over(command: CarryOver, docket: Docket, id: str, by: Mandate) -> Fund:
    fund, to = docket.load(Fund, id), docket.load(Fund, command.to, field="/to")
    moving.carry_over(fund, **{**said(command), "to": to}, by=by)
    return fund


def apply_allocation_rule(
    command: ApplyAllocationRule, docket: Docket, id: str, by: Mandate
) -> Fund:
    fund, to = docket.load(Fund, id), docket.load(Fund, command.to, field="/to")
    document = docket.load(Document, command.document, field="/document")
    basis = Basis(command.rule_version, command.basis_minor, command.percent, command.moves)
    moving.apply_allocation_rule(fund, to=to, document=document, basis=basis, by=by)
    return fund


def reverse_entry(command: ReverseEntry, docket: Docket, id: str, by: Mandate) -> Fund:
    fund = docket.load(Fund, id)
    fund.after("reverse-entry")
    others = tuple(docket.load(Fund, other) for other in correcting.others_of(fund, command.entry))
    correcting.reverse_entry(fund, entry=command.entry, others=others, by=by)
    return fund


HANDLERS: Handlers = {
    "apply-allocation-rule": (ApplyAllocationRule, apply_allocation_rule),
    "transfer": (Transfer, transfer),
    "carry-over": (CarryOver, carry_over),
    "lapse-authority": (LapseAuthority, tells(Fund, moving.lapse_authority)),
    "reverse-entry": (ReverseEntry, reverse_entry),
}
