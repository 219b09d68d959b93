"""Commands on payments that clients send all the time: asked for, approved, and given back."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from application.decide import Sent
from application.desk import Answer
from application.handlers import HANDLERS
from application.principals import Held, Principal
from benchmarks.measure import Timed, together
from infrastructure.system import System

PLACE = "220102"
ACCOUNT = "account:1"
ROLES = (
    "district_officer", "round_secretary", "reviewer", "panel_chair", "leader", "fund_manager",
    "finance_approver", "cashier", "reconciler", "evaluator", "oversight_officer",
)  # fmt: skip
CYCLE: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("applicant", "request", {"account": ACCOUNT, "invoice_no": "1"}),
    ("fund_manager", "check", {}),
    ("finance_approver", "approve", {}),
    ("fund_manager", "return-request", {"reason": "票据有误"}),
)
"""A payment that is asked for, approved, and given back."""


def people_of(organisation: str) -> dict[str, Principal]:
    """Somebody for every role."""
    people = {role: Principal(f"person:{role}", (Held(role, PLACE),)) for role in ROLES}
    for role in ("applicant", "legal_representative"):
        people[role] = Principal(f"person:{role}", (Held(role, "", organisation),))
    return people


@dataclass
class Ready:
    """A tranche that may be requested, and how often it has been."""

    tranche: str
    turns: int = 0


class Payments:
    """Clients, each with a tranche of its own, and one in a fund that all share."""

    def __init__(
        self, system: System, organisation: str, *, own: Sequence[str], hot: Sequence[str] = ()
    ) -> None:
        self.system = system
        self.people = people_of(organisation)
        self.own = [Ready(tranche) for tranche in own]
        self.hot = [Ready(tranche) for tranche in hot]
        self.keys = itertools.count()
        # Several processes write to one database, and no two commands have the same key.
        self.name = f"{os.getpid()}-{own[0] if own else ''}"

    def run(self, clients: int, each: int, *, hot: bool = False) -> Timed:
        """Each client requests, checks, approves and returns its payment, over and over.

        Of the four commands two post two ledger entries and move two homes. With `hot`, every
        fifth command is on a grant whose fund all clients share.
        """

        def act(number: int, turn: int) -> None:
            self.step((self.hot if hot and turn % 5 == 4 else self.own)[number])

        return together(clients, each, act)

    def step(self, ready: Ready) -> None:
        """The next command of the cycle."""
        who, verb, fields = CYCLE[ready.turns % len(CYCLE)]
        ready.turns += 1
        command = HANDLERS["tranche"][verb][0](**fields)
        self.send(who, "tranche", verb, ready.tranche, command)

    def send(self, who: str, noun: str, verb: str, id: str, command: Any) -> Answer:
        """Sends a command with a key of its own, and waits for its answer."""
        key = f"{self.name}-{next(self.keys)}"
        sent = Sent(
            noun=noun, verb=verb, command=command, by=self.people[who], id=id, key=key,
            digest=key.encode()[-32:].ljust(32),
        )  # fmt: skip
        return self.system.desk.send(sent)

    def close(self) -> None:
        """Finishes what waits and gives the database back."""
        self.system.close()
