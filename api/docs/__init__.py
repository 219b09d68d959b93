"""The pages of docs/ that are written from the tables: lifecycles, events, permissions."""

from __future__ import annotations

from pathlib import Path

from api.docs import events, lifecycles, permissions

FOLDER = Path(__file__).parents[2] / "docs"


def pages() -> dict[str, str]:
    """Every generated page by its file name, as it should be now."""
    return {
        "lifecycles.md": lifecycles.page(),
        "events.md": events.page(),
        "permissions.md": permissions.page(),
    }


def kept(name: str) -> str:
    """The page as it stands in docs/; empty where there is none."""
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def stale() -> list[str]:
    """The names of the pages that are not as they should be."""
    return [name for name, text in pages().items() if kept(name) != text]
