"""Where the names of leaders are kept that a register states; nothing of them is in an event."""

from __future__ import annotations

from collections.abc import Sequence

from infrastructure.identity import Identity
from infrastructure.imports.organisations.rows import Private


def keep_people(identity: Identity, private: Sequence[Private]) -> None:
    """Keeps the names in one transaction; nothing changes for whoever is known, or was erased."""
    identity.add_people({each.leader: each.name for each in private})
