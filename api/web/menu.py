"""The lists of the workbench, grouped by the part of the work in which people use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from application.refusals import is_watcher

if TYPE_CHECKING:
    from api.web.visit import Visit

GROUPS = {
    "calls": ("rounds", "proposals", "pools", "panels", "reviews", "objections", "appeals"),
    "grants": ("grants", "amendments", "tranches", "costs", "clawbacks"),
    "money": ("funds", "contributions", "orders", "custody-accounts"),
    "oversight": ("findings", "overrides"),
    "records": ("organisations", "documents", "policies", "imports"),
    "people": ("people", "roles", "delegations", "places"),
}
"""The lists of each group in the order in which people use them; approvals stand apart."""

TITLES = {
    "calls": "Calls and judging",
    "grants": "Grants under way",
    "money": "Money",
    "oversight": "Oversight",
    "records": "Records and rules",
    "people": "People and places",
}

NAVIGATION = tuple(view for views in GROUPS.values() for view in views)

FEW = 6
"""So many lists fit beside one another and need no groups."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the navigation; `here` says that the page belongs to it."""

    href: str
    name: str
    here: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """The upper row, the lists of the group that the page belongs to, and that group's name."""

    entries: tuple[Entry, ...]
    within: tuple[Entry, ...] = ()
    title: str = ""


def menu(visit: Visit) -> Menu:
    """The lists that could show the visitor anything; in groups where they are many."""
    here = visit.request.url.path.split("/")[1]
    groups = {
        group: tuple(
            Entry(f"/{view}", visit.plural(view), here == view)
            for view in views
            if visit.may_list(view)
        )
        for group, views in GROUPS.items()
    }
    if is_watcher(visit.principal):
        refused = Entry("/refusals", visit.words.text("Refused commands"), here == "refusals")
        groups["oversight"] += (refused,)
    every = tuple(entry for entries in groups.values() for entry in entries)
    if len(every) <= FEW:
        return Menu(every)
    upper: list[Entry] = []
    within: tuple[Entry, ...] = ()
    title = ""
    for group, entries in groups.items():
        if not entries:
            continue
        name = visit.words.text(TITLES[group])
        is_here = any(entry.here for entry in entries)
        upper.append(Entry(entries[0].href, name, is_here))
        if is_here:
            within, title = entries, name
    return Menu(tuple(upper), within, title)
