"""Where the names of leaders are kept that a register states; nothing of them is in an event."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from infrastructure.database import Database
from infrastructure.imports.organisations.rows import Private
from infrastructure.people import people


def keep_people(database: Database, private: Sequence[Private]) -> int:
    """Keeps the names in one transaction; how many other private values are not kept."""
    with database.writing() as connection:
        known = set(connection.execute(sa.select(people.c.id)).scalars())
        new = [{"id": each.leader, "name": each.name} for each in private]
        new = [values for values in new if values["id"] not in known]
        if new:
            connection.execute(people.insert(), new)
    return sum(each.not_kept for each in private)
