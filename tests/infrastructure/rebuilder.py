"""A process of its own that rebuilds a database, and may die in the middle of it."""

from __future__ import annotations

import os
import signal
import sys

import infrastructure.rebuild
from infrastructure.database import Database
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore


def die(position: int) -> None:
    """Ends the process without a chance to tidy up."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, page: int, dying: bool) -> None:
    """Rebuilds in pages of so many records."""
    infrastructure.rebuild.PAGE, infrastructure.rebuild.FEW = page, page // 2
    store = DatabaseStore(Database(url), Settings().zone)
    infrastructure.rebuild.rebuild(store, die if dying else None)
    store.database.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:] == ["--dying"])
