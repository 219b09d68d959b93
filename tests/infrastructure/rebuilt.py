"""A played district whose derived tables are made again, and what is in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from infrastructure.database import derived
from infrastructure.store import DatabaseStore
from tests import played
from tests.district import DISTRICT, RULES, District

ROOT = Path(__file__).resolve().parent.parent.parent
REBUILDER = Path(__file__).with_name("rebuilder.py")
Tables = dict[str, list[tuple[object, ...]]]


@dataclass
class Played:
    """A district in which everything along the path is closed, and a rebuilder's own access."""

    district: District
    path: played.Path
    store: DatabaseStore

    @property
    def url(self) -> str:
        """Where it is."""
        return self.store.database.url

    def draft(self) -> str:
        """A new proposal, in a round that takes some."""
        return self.path.tell(
            "applicant", "proposals", "draft",
            round=self.path.round, organisation=self.path.organisation, title="新项目",
        )  # fmt: skip

    def edit(self, proposal: str, summary: str) -> None:
        """Changes a proposal."""
        self.path.tell("applicant", "proposals", "edit", proposal, summary=summary)


def open_another_round(path: played.Path) -> None:
    """A round that takes proposals, of a fund of its own, beside those that are closed."""
    path.fund = path.tell(
        "fund_manager", "funds", "propose", name="另一专项", kind="dedicated", place=DISTRICT,
        year=2026, currency="CNY", purposes=["创投"], reuse=True,
    )  # fmt: skip
    path.tell("finance_approver", "funds", "open", path.fund)
    path.pair(
        "cashier", "reconciler", "funds", "receive-contribution", path.fund, contributor="企业",
        source="donation", amount_minor=played.PAID_IN, purposes=["创投"], bank_ref="B2",
    )  # fmt: skip
    path.round = path.tell(
        "round_secretary", "rounds", "plan", no="2026-2", title="第五届公益创投", kind="micro",
        place=DISTRICT, rules=RULES,
    )  # fmt: skip
    path.pair(
        "fund_manager", "finance_approver", "rounds", "allot-budget", path.round,
        fund=path.fund, lines=played.ALLOTTED,
    )  # fmt: skip
    now = path.district.system.clock.now()
    path.tell(
        "district_officer", "rounds", "publish-call", path.round, rules_version="1",
        opens=now + timedelta(hours=1), closes=now + timedelta(days=10),
    )  # fmt: skip
    path.district.wait(hours=2)


def contents(store: DatabaseStore) -> Tables:
    """Every row of every derived table, by primary key."""
    with store.database.reading() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(sa.select(table).order_by(*table.primary_key))
            ]
            for table in derived.sorted_tables
        }


def leftovers(store: DatabaseStore) -> list[str]:
    """Tables and schemas that only a rebuild makes."""
    with store.database.reading() as connection:
        inspector = sa.inspect(connection)
        names = [*inspector.get_table_names(), *inspector.get_schema_names()]
    return [name for name in names if name.startswith("rebuilding")]
