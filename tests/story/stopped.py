"""What the stories of stopped grants share: the books of the one fund, and steps by name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from application.questions import Moment
from domain.errors import Refusal
from tests.district import District
from tests.played import ACCOUNT, Path
from tests.played_to_end import found, with_grant_settled

LEADER, OVERSIGHT, FINANCE = "leader", "oversight_officer", "finance_approver"
MANAGER, CASHIER, RECONCILER = "fund_manager", "cashier", "reconciler"


SETTLED = {
    "authority.source": -300_000_000,
    "authority.available": 249_000_000,
    "authority.allotted": 43_000_000,
    "authority.spent": 8_000_000,
    "cash.bank": 292_000_000,
    "cash.income_appropriation": -300_000_000,
    "cash.grant_expense": 4_000_000,
    "cash.recoverable": 4_000_000,
}
"""80 000 yuan are paid, 50 000 accepted; a grant pays 80% of those, so 40 000 are due back."""


def books(path: Path) -> dict[str, int]:
    """What the fund's accounts hold in fen, debit less credit, where they hold anything."""
    rows = path.district.system.questions.balances(Moment(), fund=path.fund)
    held: dict[str, int] = {}
    for row in rows:
        held[row.account] = held.get(row.account, 0) + row.balance_minor
    return {account: minor for account, minor in held.items() if minor}


def stage(path: Path, stream: str) -> str:
    """The stage of a thing."""
    return str(found(path, stream).stage)


def stage_of_grant(path: Path) -> str:
    """The stage of the story's grant."""
    return stage(path, f"grant:{path.grant}")


def stages_of_tranches(path: Path) -> list[str]:
    """The stages of the two tranches."""
    return [stage(path, f"tranche:{tranche}") for tranche in path.tranches]


def later(path: Path, days: int = 30) -> Any:
    """A day to come."""
    return path.district.today + timedelta(days=days)


def claim(path: Path) -> Any:
    """The one clawback that is ordered."""
    return found(path, f"clawback:{path.district.only('clawbacks', stage='ordered')}")


def document(path: Path, subject: str) -> str:
    """A document that is stored for a thing."""
    return path.tell(
        "administrator", "documents", "store", sha256="ab" * 32, media_type="application/pdf",
        size=9, subject=subject,
    )  # fmt: skip


def finding(path: Path, subject: str) -> str:
    """What an auditor has found about a thing; somebody else answers for it."""
    return path.tell(
        "auditor", "findings", "raise", subject=subject, severity="serious",
        owner="person:fund_manager", statement="同一发票重复报账", amount_minor=600_000,
    )  # fmt: skip


def rules_of_refusal(path: Path, who: str, nouns: str, verb: str, id: str, **said: Any) -> set[str]:
    """The rules that refuse a command."""
    with pytest.raises(Refusal) as refused:
        path.tell(who, nouns, verb, id, **said)
    return {reason.rule for reason in refused.value.reasons}


def confirm(path: Path, tranche: str) -> None:
    """The bank says that it has paid."""
    path.tell(
        RECONCILER, "tranches", "confirm", tranche, bank_txn="X1", account=ACCOUNT,
        value_date=path.district.today, amount_minor=found(path, f"tranche:{tranche}").amount_minor,
    )  # fmt: skip


def propose_termination(path: Path) -> None:
    """The leader proposes the end; the grantee's days for being heard go by."""
    path.tell(LEADER, "grants", "propose-termination", path.grant, cause="无法实施")
    path.district.wait(days=20)


def terminate(path: Path) -> None:
    """Two hands end the grant."""
    path.pair(MANAGER, LEADER, "grants", "terminate", path.grant, repay_by=later(path))


def with_claim(district: District, **asked: Any) -> Path:
    """A settled grant of which what is due back is ordered back; an order moves no money."""
    path = with_grant_settled(district, **asked)
    path.pair(
        FINANCE, LEADER, "clawbacks", "order",
        grant=path.grant, basis="结算决定", due=later(path),
    )  # fmt: skip
    assert books(path) == SETTLED
    return path
