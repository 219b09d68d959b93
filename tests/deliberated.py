"""The end of a review: the panel meets, and its ranking is fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.played import Path


def fix_ranking(path: Path) -> None:
    """The panel deliberates, and its ranking is fixed."""
    deliberate(path)
    path.pair("panel_chair", "leader", "rounds", "fix-ranking", path.round)


def deliberate(path: Path) -> None:
    """The panel of the round meets; everybody on it votes in favour."""
    panel = path.district.only("panels", round=path.round)
    with path.district.system.store.shelf() as shelf:
        drawn: Any = shelf.fetch([f"panel:{panel}"])[f"panel:{panel}"]
    votes = [{"member": member, "choice": "for"} for member in drawn.members]
    path.tell("panel_chair", "panels", "hold-deliberation", panel, votes=votes)
