"""Overwriting what a database has let go of, so that no trace of it is left in its files."""

from __future__ import annotations

from infrastructure.database import Database


def scrub(database: Database) -> bool:
    """Writes SQLite's file anew and empties the log beside it; whether nobody kept it from that.

    Of PostgreSQL its operator has to see to it: VACUUM, and the archives of its log.
    """
    if not database.is_sqlite:
        return False
    with database.writer, database.translated():
        connection = database.engine.raw_connection()
        try:
            cursor = connection.cursor()
            # Cells that moved from page to page leave their bytes behind; new pages have none.
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, *_ = cursor.fetchone() or (1,)
            cursor.close()
        finally:
            connection.close()
    return not is_busy
