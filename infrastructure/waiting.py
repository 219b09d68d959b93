"""What stands in the stages in which the clock has something to do, by one question for all."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import sqlalchemy as sa

from application.ports import Standing, Wanted
from infrastructure.database import Database
from infrastructure.views import MAIN

SINCE = "$since"
"""Stands in the statement for a position."""


def standing(database: Database, wanted: Iterable[Wanted], since: int = 0) -> Standing:
    """The id and the column of everything that stands in the wanted stages, in the order of ids."""
    found: Standing = {}
    asked = question(tuple(dict.fromkeys(wanted)), database.engine.dialect)
    with database.reading() as connection:
        rows = connection.exec_driver_sql(asked.replace(SINCE, str(int(since))))
        for noun, column, waits_for, stage, id, value in rows:
            found.setdefault(Wanted(noun, stage, column, waits_for), []).append((id, value))
    return found


@cache
def question(wanted: tuple[Wanted, ...], dialect: sa.Dialect) -> str:
    """The statement, written out once: a tick asks the same again and again."""
    stages: dict[tuple[str, str, str], list[str]] = {}
    for ask in wanted:
        stages.setdefault((ask.noun, ask.column, ask.waits_for), []).append(str(ask.stage))
    parts = [part(*key, of) for key, of in stages.items()]
    statement = sa.union_all(*parts).order_by(sa.literal_column("5"))
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


Columns = tuple[str, str, str, str, str, str]


def part(noun: str, column: str, waits_for: str, stages: list[str]) -> sa.Select[Columns]:
    """The things of one noun in these stages."""
    table = MAIN[noun].table
    named = (sa.literal(noun), sa.literal(column), sa.literal(waits_for))
    query: sa.Select[Columns] = sa.select(*named, table.c.stage, table.c.id, table.c[column])
    query = query.where(table.c.stage.in_(stages))
    if not waits_for:
        return query
    awaited, overrides = MAIN[waits_for].table, MAIN["override"].table
    since: sa.ColumnElement[int] = sa.literal_column(SINCE, sa.BigInteger)
    # A rule that is set aside may let a step through although nothing that it asks has changed.
    set_aside = sa.exists().where(overrides.c.stage == "ready")
    return query.join(awaited, awaited.c.id == table.c[waits_for]).where(
        sa.or_(table.c.position > since, awaited.c.position > since, set_aside)
    )
