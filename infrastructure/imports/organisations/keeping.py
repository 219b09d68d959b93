"""Where that is kept which a register states of leaders; nothing of it is in an event."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from infrastructure.imports.organisations.rows import Private
from infrastructure.vault import PersonalVault
from infrastructure.vault_of_registers import take_in


def keep_people(
    vault: PersonalVault, private: Iterable[Private], leaders: Collection[str], keeper: str
) -> int:
    """Keeps those who lead what is recorded, also whom a broken run left out; how many are new."""
    return take_in(
        vault,
        {each.leader: each.personal for each in private if each.leader in leaders},
        keeper,
    )
