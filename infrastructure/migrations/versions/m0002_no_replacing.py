"""Guards that hold against replacing, and in sessions that would run without triggers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# SQLite's OR REPLACE takes rows away without asking the triggers of deletion.
SQLITE_GUARDS = (
    """CREATE TRIGGER events_no_replace BEFORE INSERT ON events
       WHEN EXISTS (SELECT 1 FROM events WHERE position = NEW.position)
         OR EXISTS (SELECT 1 FROM events WHERE stream = NEW.stream AND version = NEW.version)
       BEGIN SELECT RAISE(ABORT, 'Events are never replaced.'); END""",
)
# A session with session_replication_role = replica leaves out triggers that are not for always.
POSTGRESQL_GUARDS = (
    "ALTER TABLE events ENABLE ALWAYS TRIGGER events_no_change",
    "ALTER TABLE events ENABLE ALWAYS TRIGGER events_no_truncate",
)


def upgrade() -> None:
    """Adds to the guards that keep events as they are."""
    guards = SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARDS
    for guard in guards:
        op.execute(sa.text(guard))
