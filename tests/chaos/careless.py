"""The same program with a planted fault: SQLite is told not to flush what it commits."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from api.cli import main


@sa.event.listens_for(sa.Pool, "checkout")
def flush_nothing(connection: Any, *_: Any) -> None:
    """Takes back what every connection is opened with."""
    connection.execute("PRAGMA synchronous=OFF")


if __name__ == "__main__":
    main()
