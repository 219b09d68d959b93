"""Custody accounts: what a fiscal agent holds for a filed organisation, grant by grant."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from domain.errors import Reason, check
from domain.funds.fund import Fund
from domain.kernel import Aggregate, Event, Mandate
from domain.ledger import Posting, post
from domain.lifecycle import Lifecycle, Step
from domain.organisations import Organisation
from domain.policies import holds, other_hands


class Stage(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


S = Stage
STEPS = (
    #    row   verb            from       to        event
    Step("C1", "open", (), S.OPEN, "custody_account.opened"),
    Step("C2", "receive", (S.OPEN,), None, "custody_account.received"),
    Step("C3", "pay-out", (S.OPEN,), None, "custody_account.paid_out"),
    Step("C4", "return", (S.OPEN,), None, "custody_account.returned"),
    Step("C5", "charge-agent", (S.OPEN,), None, "custody_account.agent_charged"),
    Step("C6", "undo-receipt", (S.OPEN,), None, "custody_account.receipt_undone"),
    Step("C7", "close", (S.OPEN,), S.CLOSED, "custody_account.closed"),
)
lifecycle = Lifecycle("custody_account", Stage, (S.CLOSED,), STEPS)


class Charge(msgspec.Struct, frozen=True):
    """What a fiscal agent was made to owe for one grant, in minor units."""

    grant: str
    amount_minor: int


class Opened(Event, frozen=True, tag="custody_account.opened"):
    organisation: str
    agent: str
    fund: str
    place: str
    currency: str
    account: str
    document: str
    signatories: tuple[str, ...]


class Received(Event, frozen=True, tag="custody_account.received"):
    grant: str
    tranche: str
    amount_minor: int

    def apply(self, aggregate: CustodyAccount) -> None:
        aggregate.deposits = (*aggregate.deposits, self.tranche)


class PaidOut(Event, frozen=True, tag="custody_account.paid_out"):
    grant: str
    payee: str
    amount_minor: int
    voucher: str

    def apply(self, aggregate: CustodyAccount) -> None:
        aggregate.vouchers = (*aggregate.vouchers, self.voucher)


class Returned(Event, frozen=True, tag="custody_account.returned"):
    grant: str
    amount_minor: int
    disallowed_minor: int
    bank_ref: str

    def apply(self, aggregate: CustodyAccount) -> None:
        """What the account holds follows from the postings."""


class AgentCharged(Event, frozen=True, tag="custody_account.agent_charged"):
    grant: str
    amount_minor: int
    disallowed_minor: int
    debtor: str

    def apply(self, aggregate: CustodyAccount) -> None:
        charge = Charge(self.grant, self.amount_minor)
        aggregate.charges = (*aggregate.charges, charge)


class ReceiptUndone(Event, frozen=True, tag="custody_account.receipt_undone"):
    grant: str
    tranche: str
    amount_minor: int

    def apply(self, aggregate: CustodyAccount) -> None:
        aggregate.deposits = tuple(t for t in aggregate.deposits if t != self.tranche)


class Closed(Event, frozen=True, tag="custody_account.closed"):
    pass


class CustodyAccount(Aggregate):
    """What a fiscal agent keeps for one client, in the agent's own fund.

    `organisation` is the client, `account` where the agent's bank takes the money, `signatories`
    whose hands signed the agreement of three parties, `deposits` the tranches that came in.
    """

    noun = "custody_account"
    lifecycle = lifecycle

    organisation: str = ""
    agent: str = ""
    fund: str = ""
    place: str = ""
    account: str = ""
    document: str = ""
    signatories: tuple[str, ...] = ()
    deposits: tuple[str, ...] = ()
    vouchers: tuple[str, ...] = ()
    charges: tuple[Charge, ...] = ()

    def held(self, grant: str) -> int:
        """What is kept of one grant, in minor units."""
        return self.balance(f"custody.assets/{grant}")

    @property
    def total(self) -> int:
        """What is kept of all grants."""
        kept = (name for name in self.balances if name.startswith("custody.assets"))
        return sum(self.balance(name) for name in kept)

    def charged(self, grant: str) -> int:
        """What the agent was made to owe for a grant."""
        return sum(charge.amount_minor for charge in self.charges if charge.grant == grant)

    def posts(
        self, code: str, amount_minor: int, *, grant: str, tranche: str = ""
    ) -> tuple[Posting, ...]:
        """A posting of this account, in the fund of the agent."""
        return post(
            code,
            amount_minor,
            currency=self.currency,
            fund=self.fund,
            grant=grant,
            tranche=tranche,
            client=self.id,
        )


def needs_agent(organisation: Organisation) -> bool:
    """Whether somebody else must keep the money: only a legal person can have an account."""
    return not organisation.is_legal_person


def may_keep(client: Organisation, agent: Organisation) -> Iterable[Reason | None]:
    """What is asked of a client and of the fiscal agent that is to keep its money (C1)."""
    yield holds(
        "C1.client",
        client.is_live and needs_agent(client),
        "Money is kept by a fiscal agent for a filed organisation only.",
        field="/client",
    )
    yield holds(
        "C1.agent",
        agent.is_live and bool(agent.uscc and agent.account),
        "The fiscal agent is a registered organisation in good standing that has an account.",
        field="/client",
    )


def has_room(
    client: Organisation, agent: Organisation, fund: Fund, others: tuple[CustodyAccount, ...]
) -> Iterable[Reason | None]:
    """What is asked of the fund, given the other accounts of the fund and of the client (C1)."""
    yield holds(
        "C1.once",
        not any((other.organisation, other.agent) == (client.id, agent.id) for other in others),
        "This fiscal agent has an open custody account for this client already.",
        field="/client",
    )
    yield holds(
        "C1.fund",
        fund.is_active and fund.kind == "custody",
        "Money in custody is kept in an active fund of the kind for custody.",
        field="/fund",
    )
    yield holds(
        "C1.fund_agent",
        all(other.agent == agent.id for other in others if other.fund == fund.id),
        "This fund holds what another fiscal agent keeps.",
        field="/fund",
    )


def open_for(
    id: str,
    *,
    client: Organisation,
    agent: Organisation,
    fund: Fund,
    document: str,
    others: tuple[CustodyAccount, ...],
    by: Mandate,
) -> CustodyAccount:
    """Opens an account under an agreement of three parties (C1); the agent's hand signs it."""
    check(
        *may_keep(client, agent),
        *has_room(client, agent, fund, others),
        other_hands("C1.hands", by, (client.leader,)),
    )
    account = CustodyAccount(id=id)
    event = Opened(
        stage=lifecycle.start("open"),
        organisation=client.id,
        agent=agent.id,
        fund=fund.id,
        place=client.place,
        currency=fund.currency,
        account=agent.account,
        document=document,
        signatories=tuple(sorted(by.hands)),
    )
    account.record(event, by)
    return account
