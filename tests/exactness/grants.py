"""Several grants of one fund, each paid in many instalments, for races about money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

from domain.grants.grant import Grant
from domain.tranches import payment
from tests.deliberated import fix_ranking
from tests.district import RULES, District
from tests.exactness.racing import CLIENTS, Ground, command, refused_by, winners
from tests.played import ACCOUNT, AWARD, Path, with_scored_proposal
from tests.played_to_end import found

PARTS = 12
SHARE, LAST_SHARE = 8, 12
SMALL = AWARD * SHARE // 100
"""What each instalment of a grant comes to, but for the last and larger one."""

FIT = 3
"""How many small payments fit into what is left before a race."""

NEARLY_EMPTY = FIT * SMALL + 7
"""What is left in a fund before a race; the rest is too little for any payment."""

MANY: dict[str, Any] = {
    **RULES,
    "per_organisation_limit": 10,
    "tranches": [
        {"percent": share, "condition": "signature"}
        for share in (*[SHARE] * (PARTS - 1), LAST_SHARE)
    ],
}


def with_scored_proposals(district: District, count: int, **asked: Any) -> Path:
    """As many scored proposals of one organisation in one round."""
    return with_scored_proposal(district, rivals=count - 1, rules=MANY, **asked)


def with_active_grants(district: District, count: int, **asked: Any) -> Path:
    """As many active grants, each with instalments that may all be requested now."""
    path = with_scored_proposals(district, count, **asked)
    proposals = (path.proposal, *path.rivals)
    for proposal in proposals:
        path.pair(
            "panel_chair", "leader", "proposals", "propose-award", proposal, amount_minor=AWARD
        )
    fix_ranking(path)
    path.tell(
        "district_officer", "rounds", "publish-notice", path.round, starts=district.today,
        ends=district.today + timedelta(days=10), contact="0431-88888888",
    )  # fmt: skip
    district.wait(days=11)
    for proposal in proposals:
        path.tell("leader", "proposals", "confirm-award", proposal)
        activate(path, district.only("grants", proposal=proposal))
    district.wait(hours=1)
    return path


def activate(path: Path, grant: str) -> None:
    """Signs the agreement of a grant and commits its money."""
    path.pair(
        "legal", "district_officer", "grants", "sign-agreement", grant, document="document:1",
        account=ACCOUNT, starts="2026-04-10", ends="2026-10-31",
    )  # fmt: skip
    path.pair("fund_manager", "finance_approver", "grants", "activate", grant)


def checked(path: Path, tranche: str) -> str:
    """A tranche that waits for the approval of its payment."""
    path.tell("applicant", "tranches", "request", tranche, account=ACCOUNT, invoice_no=tranche)
    path.tell("fund_manager", "tranches", "check", tranche)
    return tranche


def paid(path: Path, tranche: str, amount_minor: int) -> None:
    """An approved tranche is sent to the bank and paid there."""
    path.tell("cashier", "tranches", "send", tranche, batch="1", bank_ref=tranche)
    path.tell(
        "reconciler", "tranches", "confirm", tranche, bank_txn=tranche,
        value_date=path.district.today, amount_minor=amount_minor, account=ACCOUNT,
    )  # fmt: skip


def received(path: Path, amount_minor: int, bank_ref: str) -> None:
    """More of the fund's appropriation comes to its bank account."""
    path.pair(
        "cashier", "reconciler", "funds", "receive-contribution", path.fund,
        contributor="财政局", source="appropriation", amount_minor=amount_minor,
        purposes=["创投"], bank_ref=bank_ref,
    )  # fmt: skip


def plan_another(fields: Any, docket: Any, id: str, by: Any) -> Any:
    """Plans an instalment that no agreement names."""
    grant = docket.load(Grant, fields["grant"])
    return docket.add(
        payment.plan(
            docket.new_id(), grant=grant, no=99, amount_minor=SMALL,
            condition="signature", by=by,
        )
    )  # fmt: skip


@dataclass
class Money:
    """What a district has to pay, and how its clients compete for the money."""

    ground: Ground
    path: Path
    waiting: list[str]

    def amount(self, tranche: str) -> int:
        return int(found(self.path, f"tranche:{tranche}").amount_minor)

    def race(self, most: int, rule: str) -> list[str]:
        """All approve payments at once; the ones that were, whose sum is at most what there is.

        Nobody is refused without need: whatever was refused for want of money does not fit into
        what is left.
        """
        clients = [
            command(self.ground.district, "finance_approver", "tranches", "approve", tranche)
            for tranche in islice(cycle(self.waiting), CLIENTS)
        ]
        outcomes = self.ground.race(clients)
        approved = [sent.id for sent in winners(clients, outcomes)]
        assert len(set(approved)) == len(approved)
        assert refused_by(outcomes) <= {(rule,), ("T4.stage",)}
        left = most - sum(self.amount(tranche) for tranche in approved)
        assert left >= 0
        self.waiting = [tranche for tranche in self.waiting if tranche not in approved]
        assert min(self.amount(sent.id) for sent in clients if sent.id in self.waiting) > left
        return approved

    def account(self, stream: str, name: str) -> int:
        """The balance of an account where it is guarded, on its normal side."""
        return int(found(self.path, stream).balance(name))
