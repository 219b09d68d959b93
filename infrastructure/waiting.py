"""What stands in the stages in which the clock has something to do, by one question for all."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import sqlalchemy as sa

from application.ports import Standing, Wanted
from infrastructure.database import Database
from infrastructure.views import MAIN


def standing(database: Database, wanted: Iterable[Wanted]) -> Standing:
    """The id and the column of everything that stands in the wanted stages, in the order of ids."""
    found: Standing = {}
    asked = question(tuple(dict.fromkeys(wanted)), database.engine.dialect)
    with database.reading() as connection:
        for noun, column, stage, id, value in connection.exec_driver_sql(asked):
            found.setdefault(Wanted(noun, stage, column), []).append((id, value))
    return found


@cache
def question(wanted: tuple[Wanted, ...], dialect: sa.Dialect) -> str:
    """The statement, written out once: a tick asks the same again and again."""
    stages: dict[tuple[str, str], list[str]] = {}
    for ask in wanted:
        stages.setdefault((ask.noun, ask.column), []).append(str(ask.stage))
    parts = [part(noun, column, of) for (noun, column), of in stages.items()]
    statement = sa.union_all(*parts).order_by(sa.literal_column("4"))
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def part(noun: str, column: str, stages: list[str]) -> sa.Select[tuple[str, str, str, str, str]]:
    """The things of one noun in these stages."""
    table = MAIN[noun].table
    named = (sa.literal(noun), sa.literal(column))
    query: sa.Select[tuple[str, str, str, str, str]] = sa.select(
        *named, table.c.stage, table.c.id, table.c[column]
    )
    return query.where(table.c.stage.in_(stages))
