"""How read models are filled: the rows of every aggregate that a save has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter, is_
from typing import Any

import sqlalchemy as sa

from application.ports import Save
from domain.kernel import Aggregate
from infrastructure.rows import Change, How, Row
from infrastructure.views import MAIN, OF_NOUN
from infrastructure.views.kit import View, rows, shown

Before = dict[str, Aggregate | None]
"""Each changed aggregate as its rows show it; None where that is not known."""


def view_changes(
    connection: sa.Connection, saves: Iterable[Save], before: Before, born: dict[str, int]
) -> list[Change]:
    """What brings the read models of every changed aggregate up to its last state.

    `born` is where things began, as far as it is known; what begins here is added to it.
    """
    last: dict[str, int] = {}
    states: dict[str, Aggregate] = {}
    for save in saves:
        for position, record in enumerate(save.records, start=save.first_position):
            last[record.originator_id] = position
            if record.originator_version == 1:
                born[record.originator_id] = position
        states.update((aggregate.stream, aggregate) for aggregate in save.touched)
    born.update(births(connection, [states[stream] for stream in states if stream not in born]))
    found: dict[tuple[sa.Table, How], list[Row]] = {}
    for stream, aggregate in states.items():
        for view in OF_NOUN[aggregate.noun]:
            how, made = changed_rows(
                view, before.get(stream), aggregate, last[stream], born.get(stream, 0)
            )
            found.setdefault((view.table, how), []).extend(made)
    return [Change(table, how, made) for (table, how), made in found.items()]


def changed_rows(
    view: View, before: Aggregate | None, after: Aggregate, position: int, born: int
) -> tuple[How, list[Row]]:
    """The rows of a read model that differ from what it shows of the aggregate already."""
    if before is None:
        return "replace", rows(view, after, position, born)
    if view.expand is not None:
        if getattr(before, view.of) is getattr(after, view.of):
            return "replace", []
        shown_already = set(rows(view, before, position, born))
        made = rows(view, after, position, born)
        return "replace", [row for row in made if row not in shown_already]
    seen = visible(view, type(after))
    if all(map(is_, seen(before), seen(after))):
        return "advance", [(after.version, position, after.id)]
    return "replace", rows(view, after, position, born)


@cache
def visible(view: View, kind: type[Aggregate]) -> Callable[[Aggregate], tuple[Any, ...]]:
    """Gets the fields of an aggregate that its row shows, beside version and position."""
    columns = {column.name for column in view.table.columns}
    ours = [name for name in kind.__struct_fields__ if name in columns]
    return attrgetter(*dict.fromkeys((*shown(view, kind), *(n for n in ours if n != "version"))))


def births(connection: sa.Connection, aggregates: Iterable[Aggregate]) -> dict[str, int]:
    """Where things began that fill several rows of a read model; a row may come late."""
    ids: dict[str, list[str]] = {}
    for aggregate in aggregates:
        if any(view.expand is not None for view in OF_NOUN[aggregate.noun]):
            ids.setdefault(aggregate.noun, []).append(aggregate.id)
    found: dict[str, int] = {}
    for noun, wanted in ids.items():
        table = MAIN[noun].table
        query = sa.select(table.c.id, table.c.born).where(table.c.id.in_(wanted))
        found.update((f"{noun}:{id}", born) for id, born in connection.execute(query))
    return found
