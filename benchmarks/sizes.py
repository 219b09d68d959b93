"""How large a database is."""

from __future__ import annotations

from infrastructure.database import Database
from infrastructure.recorder import last_position


def bytes_of(url: str) -> int:
    """How much the database takes up."""
    database = Database(url)
    with database.engine.connect() as connection:
        if database.is_sqlite:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            size = pages * connection.exec_driver_sql("PRAGMA page_size").scalar_one()
        else:
            size = connection.exec_driver_sql(
                "SELECT pg_database_size(current_database())"
            ).scalar_one()
    database.close()
    return int(size)


def count_of(url: str) -> int:
    """How many events the database has."""
    database = Database(url)
    with database.reading() as connection:
        count = last_position(connection)
    database.close()
    return count
