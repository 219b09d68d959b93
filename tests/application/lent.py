"""What the tests of lent roles share: a loan, who brings it to the door, what was recorded."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from application.principals import Held
from domain.kernel import Record
from tests.application.refusing import refused, rules, stand_at
from tests.district import DISTRICT, District
from tests.ordered import accept, approve, draft, sign
from tests.played import Path, with_fund

FIRST, LAST = date(2026, 3, 4), date(2026, 3, 6)
"""The days of the loans of these tests, which begin on the second of March."""

CASHIER = {"role": "cashier", "holder": "person:cashier", "place": DISTRICT}
SENT: dict[str, Any] = {"batch": "1", "bank_ref": "R"}


def town(district: District) -> Path:
    """A fund with an order that waits for the cashier, and a deputy without any role."""
    path = with_fund(district)
    district.person("deputy")
    return path


def waiting(path: Path, drafter: str = "round_secretary") -> str:
    """An order that the cashier is to send."""
    order = draft(path, 1_000, who=drafter)
    approve(path, order)
    sign(path, order)
    accept(path, order, 1_000)
    return order


def loan(**said: Any) -> dict[str, Any]:
    """The cashier's role for the deputy, unless something else is said."""
    return {**CASHIER, "to_person": "person:deputy", "starts": FIRST, "until": LAST, **said}


def lend(path: Path, who: str = "leader", **said: Any) -> str:
    return path.tell(who, "delegations", "grant", **loan(**said))


def refusal_to_lend(path: Path, who: str = "leader", **said: Any) -> list[str]:
    return rules(refused(path.district, who, "delegations", "grant", **loan(**said)))


def come(district: District, name: str = "deputy") -> tuple[Held, ...]:
    """The person comes to the door as the house knows them on that day; the roles they bring."""
    district.people[name] = district.system.identity.principal(f"person:{name}")
    return district.people[name].held


def let_days_pass(district: District, days: int) -> None:
    """Time passes, and nobody asks the clock what is due."""
    stand_at(district, district.system.clock.now() + timedelta(days=days))


def refused_to_send(path: Path, order: str, who: str = "deputy") -> list[str]:
    return rules(refused(path.district, who, "orders", "send", order, **SENT))


def last_of(path: Path, stream: str) -> Record[Any]:
    """The last record of a thing."""
    store = path.district.system.store
    records = [store.chronicle.lines.decode(line) for _, line, _ in store.recorder.scan(0)]
    return [record for record in records if record.originator_id == stream][-1]
