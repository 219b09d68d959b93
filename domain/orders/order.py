"""The order: a purchase or a fee from its draft to the line of the bank statement."""

from __future__ import annotations

from datetime import date

from domain.funds.fund import Fund
from domain.kernel import Aggregate
from domain.ledger import Posting, post
from domain.orders.lifecycle import lifecycle
from domain.rounds.round import Round


class Order(Aggregate):
    """What is bought or paid for: a service, a fee, equipment, a subsidy.

    Its money is held in a line of a round's budget, or in the fund itself where `round` is empty.
    `accepted_minor` is what of it counts as delivered now. A fee names the `panel` and the
    `member` of it who is paid `each_minor` for each of the `reviews`.
    """

    noun = "order"
    lifecycle = lifecycle

    kind: str = ""
    purpose: str = ""
    payee: str = ""
    organisation: str = ""
    account: str = ""
    amount_minor: int = 0
    accepted_minor: int = 0
    round: str = ""
    line: str = ""
    fund: str = ""
    place: str = ""
    drafter: str = ""
    approvers: tuple[str, ...] = ()
    document: str = ""
    signer: str = ""
    proof: str = ""
    invoice_no: str = ""
    senders: tuple[str, ...] = ()
    batch: str = ""
    bank_ref: str = ""
    readers: tuple[str, ...] = ()
    bank_txn: str = ""
    value_date: date | None = None
    code: str = ""
    statement_line: str = ""
    released_minor: int = 0
    panel: str = ""
    member: str = ""
    reviews: tuple[str, ...] = ()
    each_minor: int = 0

    @property
    def parties(self) -> tuple[str, str]:
        """Who drafted it and, where it is a fee, who is paid: neither decides on it or pays it."""
        return self.drafter, self.member

    def posts(self, code: str, amount_minor: int) -> tuple[Posting, ...]:
        """A posting of this order."""
        return post(
            code,
            amount_minor,
            currency=self.currency,
            fund=self.fund,
            round=self.round,
            order=self.id,
            line=self.line,
        )

    def posts_with_pool(self, code: str, amount_minor: int) -> tuple[Posting, ...]:
        """A posting between this order and the pool that its money is taken from."""
        return self.posts(code if self.round else f"{code}.fund", amount_minor)

    def pool(self, fund: Fund, round: Round | None, proposed_minor: int) -> int:
        """What the pool still holds for orders, in minor units.

        What is intended for awards and not reserved for them yet is left in the line for grants.
        """
        if round is None:
            return fund.balance("authority.available")
        allotted = round.balance(f"authority.allotted/{self.line}")
        return allotted - proposed_minor if self.line == "grants" else allotted
