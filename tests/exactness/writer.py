"""A process of its own that writes to a shared database; says what was acknowledged."""

from __future__ import annotations

import json
import sys

from application.decide import Sent
from application.funds import ProposeFund
from application.principals import Held, Principal
from infrastructure.settings import Settings
from infrastructure.system import System

MANAGER = Principal("person:manager", (Held("fund_manager", "220102"),))


def proposal_of_a_fund(name: str) -> ProposeFund:
    """A command that makes one event, and needs nothing that stands already."""
    return ProposeFund(
        name=name,
        kind="dedicated",
        place="220102",
        year=2026,
        currency="CNY",
        purposes=("创投",),
        reuse=True,
    )


def sent(name: str, key: str) -> Sent:
    """The command on its way, with a key of its own."""
    command = proposal_of_a_fund(name)
    digest = name.encode().ljust(32)[:32]
    return Sent(noun="fund", verb="propose", command=command, by=MANAGER, key=key, digest=digest)


def main(url: str, who: str, count: int, migrating: bool) -> None:
    """Writes so many events and prints the position of each as JSON."""
    system = System(Settings(database_url=url), migrating=migrating)
    waiting = [system.desk.post(sent(f"{who}-{n}", f"{who}-{n}")) for n in range(count)]
    positions = [future.result().position for future in waiting]
    system.close()
    sys.stdout.write(json.dumps(positions))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:] == ["--migrate"])
