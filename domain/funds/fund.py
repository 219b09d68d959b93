"""The fund: what may be done with a pot of money, and what it holds."""

from __future__ import annotations

from domain.errors import Reason
from domain.funds.lifecycle import Stage, lifecycle
from domain.funds.values import Contribution
from domain.kernel import Aggregate
from domain.ledger import Posting, post
from domain.policies import at_most


class Fund(Aggregate):
    """A pot of one owner level, purpose, fiscal year and currency."""

    noun = "fund"
    lifecycle = lifecycle

    name: str = ""
    kind: str = ""
    place: str = ""
    year: int = 0
    purposes: tuple[str, ...] = ()
    reuse: bool = False
    proposer: str = ""
    freezer: str = ""
    documents: tuple[str, ...] = ()
    appropriated_minor: int = 0
    contributions: tuple[Contribution, ...] = ()
    day: str = ""
    period: str = ""
    identifier: str = ""

    @property
    def is_active(self) -> bool:
        """Whether money may be promised and paid from it."""
        return self.stage == Stage.ACTIVE

    @property
    def free_cash(self) -> int:
        """Bank less what is already owed from it, in minor units."""
        owed = ("cash.payables", "cash.payable_to_treasury", "cash.unassigned_receipts")
        return self.balance("cash.bank") - sum(self.balance(account) for account in owed)

    def posts(self, code: str, amount_minor: int, **dimensions: str) -> tuple[Posting, ...]:
        """A posting of this fund, in its currency."""
        return post(code, amount_minor, currency=self.currency, fund=self.id, **dimensions)

    def has_available(
        self, rule: str, amount_minor: int, *, field: str | None = None
    ) -> Reason | None:
        return at_most(
            rule,
            amount_minor,
            self.balance("authority.available"),
            self.currency,
            of="authority.available",
            field=field,
        )
