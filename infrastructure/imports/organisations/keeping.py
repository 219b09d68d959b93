"""Where the names of leaders are kept that a register states; nothing of them is in an event."""

from __future__ import annotations

from collections.abc import Sequence

from infrastructure.identity import Identity
from infrastructure.imports.organisations.rows import Private


def keep_people(identity: Identity, private: Sequence[Private]) -> int:
    """Keeps the names in one transaction; how many other private values are not kept."""
    identity.add_people({each.leader: each.name for each in private})
    return sum(each.not_kept for each in private)
