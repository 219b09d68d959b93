"""What the stories of funds share: open funds, money that comes in, and their trial balances."""

from __future__ import annotations

from typing import Any

from application.principals import Grounds, Held
from application.questions import Moment
from domain.funds.fund import Fund
from infrastructure.verify import verify
from infrastructure.views import VIEWS
from tests.application.refusing import refused, rules
from tests.district import DISTRICT, District


def officers(district: District) -> None:
    """Everybody whom a fund meets in its life."""
    district.officers()
    district.person("department", Held("department_officer", DISTRICT))


def opened(district: District, **said: Any) -> str:
    """A fund that is open and empty."""
    fields = {
        "name": "公益专项", "kind": "pooled", "place": DISTRICT, "year": 2026, "currency": "CNY",
        "purposes": ["创投"], "reuse": True, **said,
    }  # fmt: skip
    fund = district.tell("fund_manager", "funds", "propose", **fields).id
    district.tell("finance_approver", "funds", "open", fund)
    return fund


def balances(district: District, fund: str, moment: Moment | None = None) -> dict[str, int]:
    """What the accounts of a fund hold, debit less credit, where they hold anything."""
    rows = district.system.questions.balances(moment or Moment(), fund=fund)
    return {row.account: row.balance_minor for row in rows if row.balance_minor}


HANDS = {
    "record-appropriation": ("fund_manager", "finance_approver"),
    "record-opening-balance": ("finance_approver", "leader"),
    "receive-contribution": ("cashier", "reconciler"),
    "pledge-contribution": ("department", "fund_manager"),
    "withdraw-pledge": ("department", "fund_manager"),
    "apply-allocation-rule": ("fund_manager", "finance_approver"),
    "transfer": ("finance_approver", "leader"),
    "carry-over": ("finance_approver", "leader"),
    "lapse-authority": ("finance_approver", "leader"),
    "reverse-entry": ("fund_manager", "finance_approver"),
    "close-period": ("finance_approver", "reconciler"),
    "close-year": ("finance_approver", "reconciler"),
    "close": ("finance_approver", "leader"),
    "reopen": ("finance_approver", "leader"),
    "return-money": ("cashier", "finance_approver"),
    "declare-left-over": ("finance_approver", "leader"),
    "record-interest": ("cashier", "reconciler"),
    "record-bank-fee": ("cashier", "reconciler"),
    "park-receipt": ("cashier", "reconciler"),
    "send-back-receipt": ("cashier", "finance_approver"),
    "assign-receipt": ("finance_approver", "reconciler"),
}
"""Who prepares and who approves what is told to a fund."""


def tell(
    district: District, fund: str, verb: str, *, grounds: Grounds | None = None, **said: Any
) -> None:
    """Tells a fund something by the two hands that it needs, both on the same grounds."""
    first, second = HANDS[verb]
    waiting = district.tell(first, "funds", verb, fund, grounds=grounds, **said)
    assert waiting.prepared
    district.tell(second, "approvals", "approve", waiting.id, grounds=grounds)


def refusal(district: District, fund: str, verb: str, **said: Any) -> list[str]:
    """By which rules a fund refuses what the first hand prepares."""
    return rules(refused(district, HANDS[verb][0], "funds", verb, fund, **said))


def gift(amount_minor: int, bank_ref: str, **said: Any) -> dict[str, Any]:
    """A donation as the cashier reads it off the statement."""
    fields = {"contributor": "净月商会", "source": "donation", "purposes": ["创投"]}
    return {**fields, "amount_minor": amount_minor, "bank_ref": bank_ref, **said}


def fund_of(district: District, id: str) -> Fund:
    """The fund as it was last saved."""
    with district.system.store.shelf() as shelf:
        found = shelf.fetch([f"fund:{id}"])[f"fund:{id}"]
    assert isinstance(found, Fund)
    return found


def version(district: District, fund: str) -> int:
    """The number of the fund's last record."""
    return fund_of(district, fund).version


def stage_of(district: District, fund: str) -> str:
    """Where the fund stands."""
    return fund_of(district, fund).stage


def contributions(district: District) -> list[tuple[str, int, int]]:
    """The stage of every contribution, and what of it was received and withdrawn."""
    table = VIEWS["contributions"].table
    with district.system.store.database.reading() as connection:
        rows = connection.execute(table.select().order_by(table.c.no)).mappings()
        return [(row["stage"], row["received_minor"], row["withdrawn_minor"]) for row in rows]


def check_verified(district: District) -> None:
    """Everything that was recorded could have come about, and every invariant holds."""
    assert verify(district.system.store).faults == ()
