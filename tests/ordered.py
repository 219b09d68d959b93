"""The path of an order as reusable steps, from its draft to the line of the bank statement."""

from __future__ import annotations

from typing import Any

from application.questions import Moment
from tests.district import DISTRICT, RULES, District
from tests.played import ACCOUNT, Path, with_fund

LINES = [
    {"line": "grants", "amount_minor": 10_000_000},
    {"line": "evaluation", "amount_minor": 500_000},
]
"""The budget of a round that pays for its own evaluation, in fen."""

DOCUMENT = "document:contract"


def books(path: Path) -> dict[str, int]:
    """What the fund's accounts hold, debit less credit, where they hold anything."""
    rows = path.district.system.questions.balances(Moment(), fund=path.fund)
    return {row.account: row.balance_minor for row in rows if row.balance_minor}


def with_evaluated_round(district: District, **asked: Any) -> Path:
    """A round with a line for its evaluation."""
    path = with_fund(district, **asked)
    path.round = path.tell(
        "round_secretary", "rounds", "plan", no="2026-2", title="微创投", kind="micro",
        place=DISTRICT, rules=RULES,
    )  # fmt: skip
    path.pair(
        "fund_manager", "finance_approver", "rounds", "allot-budget", path.round,
        fund=path.fund, lines=LINES,
    )  # fmt: skip
    return path


def draft(path: Path, amount_minor: int, who: str = "round_secretary", **source: Any) -> str:
    """A draft of an order: on a line of the path's round, or on its fund where no line is named."""
    said: dict[str, Any] = {
        "kind": "service", "purpose": "评估服务", "payee": "某评估公司", "account": ACCOUNT,
        "amount_minor": amount_minor,
    }  # fmt: skip
    said |= {"round": path.round, **source} if "line" in source else {"fund": path.fund, **source}
    return path.tell(who, "orders", "draft", **said)


def approve(path: Path, order: str) -> None:
    """Two people hold the money for it."""
    path.pair("fund_manager", "finance_approver", "orders", "approve", order)


def sign(path: Path, order: str) -> None:
    """The contract is signed."""
    path.tell("district_officer", "orders", "sign", order, document=DOCUMENT)


def accept(path: Path, order: str, amount_minor: int) -> None:
    """Two people accept what was delivered."""
    path.pair(
        "fund_manager", "finance_approver", "orders", "accept-delivery", order,
        amount_minor=amount_minor, proof="document:proof", invoice_no="I7", account=ACCOUNT,
    )  # fmt: skip


def send(path: Path, order: str) -> None:
    """The payment is at the bank."""
    path.tell("cashier", "orders", "send", order, batch="1", bank_ref="R7")


def confirm(path: Path, order: str, amount_minor: int) -> None:
    """The bank has paid."""
    path.tell(
        "reconciler", "orders", "confirm", order, bank_txn="X7", amount_minor=amount_minor,
        value_date=path.district.today, account=ACCOUNT,
    )  # fmt: skip


def close(path: Path, order: str) -> None:
    """The bank statement shows the payment."""
    path.tell("reconciler", "orders", "close", order, statement_line="S7")
