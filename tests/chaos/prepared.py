"""A district with a grant that is ready to be paid, and a token for everybody who acts in it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.district import District
from tests.played_to_end import with_grant_active

SPEAKERS = (
    "applicant",
    "fund_manager",
    "finance_approver",
    "cashier",
    "reconciler",
)


@dataclass(frozen=True)
class Prepared:
    """The token of each speaker, the tranche that may be requested, its account, and its fund."""

    secrets: dict[str, str]
    tranche: str
    fund: str


def prepare(url: str) -> Prepared:
    """Plays the path of one grant on an empty database and leaves tokens behind."""
    district = District(url)
    path = with_grant_active(district)
    identity, now = district.system.identity, district.system.clock.now()
    secrets = {
        name: identity.create_token(name, f"person:{name}", district.people[name].held[0], now)
        for name in SPEAKERS
    }
    district.close()
    return Prepared(secrets, path.tranches[0], path.fund)
