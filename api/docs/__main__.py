"""Writes the generated pages of docs/; with `--check` it only says which are stale."""

from __future__ import annotations

import sys

from api.docs import FOLDER, events, kept, pages, stale


def check() -> int:
    """Names the stale pages; 1 where there are any."""
    names = stale()
    for name in names:
        sys.stderr.write(f"docs/{name} is stale; run “make docs”.\n")
    return int(bool(names))


def write() -> int:
    """Writes every page; 1, and nothing written, where an event would break its contract."""
    broken = events.broken(kept("events.md"), events.page())
    for sentence in broken:
        sys.stderr.write(f"{sentence}\n")
    if broken:
        return 1
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(check() if "--check" in sys.argv[1:] else write())
