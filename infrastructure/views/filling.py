"""How read models are filled: the rows of every aggregate that a save has changed."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from application.ports import Save
from domain.kernel import Aggregate
from infrastructure.rows import Row, insert
from infrastructure.views import MAIN, OF_NOUN
from infrastructure.views.kit import rows


def write_views(connection: sa.Connection, saves: Iterable[Save], born: dict[str, int]) -> None:
    """Brings the read models of every changed aggregate up to its last state.

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
    by_table: dict[sa.Table, list[Row]] = {}
    for stream, aggregate in states.items():
        for view in OF_NOUN[aggregate.noun]:
            made = rows(view, aggregate, last[stream], born.get(stream, 0))
            by_table.setdefault(view.table, []).extend(made)
    for table, made in by_table.items():
        insert(connection, table, made, replaces=True)


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
