"""A correction that was forged is found: it must reverse just what was posted, and only once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from infrastructure.database import Database
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore
from infrastructure.verify import verify
from tests.district import District
from tests.infrastructure.faults import Damage, Planted, verdict_after
from tests.story.funded import gift, officers, opened, tell, version


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DatabaseStore]:
    """A district in which one contribution was reversed, and another stands."""
    url = f"sqlite:///{tmp_path_factory.mktemp('corrected') / 'fundtrail.db'}"
    district = District(url)
    officers(district)
    fund = opened(district)
    tell(district, fund, "receive-contribution", **gift(900, "B1"))
    tell(district, fund, "reverse-entry", entry=version(district, fund), reason="录错")
    tell(district, fund, "receive-contribution", **gift(500, "B2"))
    district.close()
    database = Database(url)
    yield DatabaseStore(database, Settings().zone)
    database.close()


def reversed_again(damage: Damage) -> Planted:
    """The same contribution is reversed a second time."""
    return damage.forge(damage.where("fund.entry_reversed"), lambda record: None), "F8.reverses"


def of_nothing(damage: Damage) -> Planted:
    """A correction that names a record which posted nothing."""

    def change(record: dict[str, Any]) -> None:
        record["event"]["reverses"] = 2

    return damage.forge(damage.where("fund.entry_reversed"), change), "F8.reverses"


def of_another_amount(damage: Damage) -> Planted:
    """More is taken out of the books than the contribution brought in."""
    at = damage.where("fund.entry_reversed")
    damage.rewrite(at, lambda record: record["postings"][0].update(amount_minor=901))
    return at, "F8.reverses"


def of_one_leg(damage: Damage) -> Planted:
    """The money goes, and the right to commit it stays."""
    at = damage.where("fund.entry_reversed")
    damage.rewrite(at, lambda record: record["postings"].pop())
    return at, "F8.reverses"


def under_another_name(damage: Damage) -> Planted:
    """A contribution posts the legs of a reversal: each of them is in the table of legs."""
    at = damage.where("fund.contribution_received", -1)
    legs = {"code": "P16", "debit": "cash.bank", "credit": "cash.restricted_net_assets"}
    damage.rewrite(at, lambda record: record["postings"][0].update(legs))
    return at, "F8.reverses"


def test_what_was_really_corrected_is_sound(corrected: DatabaseStore) -> None:
    assert verify(corrected).faults == ()


@pytest.mark.parametrize(
    "plant",
    [reversed_again, of_nothing, of_another_amount, of_one_leg, under_another_name],
    ids=lambda plant: plant.__name__,
)
def test_a_forged_correction_is_named(
    corrected: DatabaseStore, plant: Callable[[Damage], Planted]
) -> None:
    verdict, planted = verdict_after(corrected, plant)
    found = {(fault.position, fault.rule) for fault in verdict.faults}
    assert planted in found
    assert (planted[0], "posting.legs") not in found
