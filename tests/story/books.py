"""The books as the story writes them by hand, held against what the server answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.story.people import Teller

CREDIT = ("source", "income_appropriation", "payables", "counterpart")
"""The accounts of this story whose normal side is the credit (domain table 3.3)."""

Table = dict[str, Decimal]


def table(**books: str) -> Table:
    """A table in yuan as it is written in the story, each account on its normal side."""
    return {
        f"{book}.{name}": Decimal(yuan)
        for book, line in books.items()
        for name, yuan in (part.split() for part in line.split(",") if part.strip())
    }


def answered(accounts: list[dict[str, Any]]) -> Table:
    """The same of what the server answered; accounts that are empty again are left out."""
    signed = {row["account"]: Decimal(row["balance_minor"]) / 100 for row in accounts}
    assert sum(signed.values()) == 0, "The trial balance is not zero."
    return {
        account: -yuan if account.partition(".")[2] in CREDIT else yuan
        for account, yuan in signed.items()
        if yuan
    }


@dataclass
class Books:
    """What stands in the books after each step, as written by hand."""

    reader: Teller
    today: str
    written: Table = field(default_factory=dict)
    positions: dict[int, Table] = field(default_factory=dict)
    days: dict[str, Table] = field(default_factory=dict)

    def hold(self, **books: str) -> None:
        """The books hold exactly this; every other account is empty."""
        self.written = table(**books)
        self.are_as_before()

    def are_as_before(self) -> None:
        """The books hold what they held; when that was is kept, so that it can be asked again."""
        answer = self.reader.get("/balances").json()
        assert answered(answer["accounts"]) == self.written
        self.positions[answer["position"]] = self.written
        self.days[self.today] = self.written

    def held(self, **moment: str) -> Table:
        """What the server says today that the books held at an earlier moment."""
        return answered(self.reader.get("/balances", **moment).json()["accounts"])
