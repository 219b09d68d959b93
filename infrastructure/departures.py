"""Whoever has gone keeps nothing by which they could come in again."""

from __future__ import annotations

import sqlalchemy as sa

from infrastructure import sessions
from infrastructure.credentials import OF_PERSONS
from infrastructure.followers.kinds import Effect, InDatabase
from infrastructure.recorder import events

GOING = ("person.released", "person.erased")


def work_out(connection: sa.Connection, after: int, upto: int) -> Effect:
    """Finds who has gone between two positions; their passwords, links and sessions go too.

    A session is worth nothing from the moment of the event; this removes what is left of it.
    """
    between = events.c.position.between(after + 1, upto)
    query = sa.select(events.c.stream).where(between, events.c.type.in_(GOING)).distinct()
    gone = list(connection.execute(query).scalars())

    def effect(connection: sa.Connection) -> None:
        for table in (*OF_PERSONS, sessions.table):
            connection.execute(table.delete().where(table.c.person.in_(gone)))

    return effect


DEPARTURES = InDatabase("departures", work_out)
"""The follower that forgets how those who have gone could come in."""
