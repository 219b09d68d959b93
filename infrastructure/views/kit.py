"""What a read model is: one table, filled from an aggregate's state, one row or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from operator import attrgetter
from typing import Any

import msgspec
import sqlalchemy as sa

from domain.kernel import Aggregate
from infrastructure.database import POSITION, derived
from infrastructure.rows import Row

ENCODE = msgspec.json.Encoder().encode

OWN = 8
"""How many columns every read model has before its own."""

HIDDEN = frozenset({"version", "balances", "effective_at"})
"""Parts of an aggregate's state that stand in columns of their own, or are the ledger's."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A read model: its plural name, whose state it shows, its table, what `q` searches.

    `kept_out` are fields of the aggregate too large to be shown with it. `expand` makes several
    rows of one aggregate, of the parts in its field `of`; each has an id of its own.
    """

    name: str
    noun: str
    table: sa.Table
    search: tuple[str, ...] = ()
    kept_out: frozenset[str] = frozenset()
    expand: Callable[[Any], Sequence[dict[str, Any]]] | None = None
    of: str = ""


def text(name: str) -> sa.Column[str]:
    """Words, or the id of another thing."""
    return sa.Column(name, sa.Text, nullable=False, info={"kind": "text"})


def money(name: str) -> sa.Column[int]:
    """An amount in minor units."""
    return sa.Column(name, sa.BigInteger, nullable=True, info={"kind": "money"})


def number(name: str) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.BigInteger, nullable=True, info={"kind": "number"})


def day(name: str) -> sa.Column[str]:
    """A local day as 2026-03-31; empty where there is none."""
    return sa.Column(name, sa.Text, nullable=False, info={"kind": "day"})


def moment(name: str) -> sa.Column[str]:
    """An instant in UTC, always written with microseconds; empty where there is none."""
    return sa.Column(name, sa.Text, nullable=False, info={"kind": "moment"})


def view_table(name: str, *columns: sa.Column[Any], index: Sequence[str] = ()) -> sa.Table:
    """A read model's table: the columns every thing has, then its own, then all its facts.

    `position` is where the thing last changed, `born` where it began; lists are in that order.
    """
    return sa.Table(
        name,
        derived,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("stage", sa.Text, nullable=False, info={"kind": "stage"}),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("position", POSITION, nullable=False),
        sa.Column("born", POSITION, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        *columns,
        sa.Column("facts", sa.Text, nullable=False),
        sa.Index(f"{name}_born", "born"),
        *(sa.Index(f"{name}_{column}", column) for column in index),
    )


def rows(view: View, aggregate: Aggregate, position: int, born: int) -> list[Row]:
    """The rows of one aggregate, each with a value for every column."""
    if view.expand is not None:
        return [part(view, aggregate, born, values) for values in view.expand(aggregate)]
    names, values = shown(view, type(aggregate)), facts_of(view, type(aggregate))(aggregate)
    return [
        (
            aggregate.id,
            aggregate.stage,
            aggregate.version,
            position,
            born,
            getattr(aggregate, "place", ""),
            organisation_of(aggregate),
            aggregate.currency,
            *(
                kept(getattr(aggregate, name), blank) if name else blank
                for name, blank in own_columns(view, type(aggregate))
            ),
            encoded(dict(zip(names, values, strict=True))),
        )
    ]


def part(view: View, aggregate: Aggregate, born: int, values: dict[str, Any]) -> Row:
    """The row of one part of an aggregate; it stands where the aggregate began, and never moves."""
    return (
        values["id"],
        values["stage"],
        1,
        born,
        born,
        getattr(aggregate, "place", ""),
        organisation_of(aggregate),
        aggregate.currency,
        *(kept(values[name], blank) for name, blank in blanks(view.table)[OWN:-1]),
        "{}",
    )


def encoded(value: Any) -> str:
    """The value as JSON."""
    return ENCODE(value).decode()


@cache
def shown(view: View, kind: type[Aggregate]) -> tuple[str, ...]:
    """The fields of an aggregate that its read model keeps as facts."""
    left_out = HIDDEN | view.kept_out
    return tuple(name for name in kind.__struct_fields__ if name not in left_out)


@cache
def facts_of(view: View, kind: type[Aggregate]) -> Callable[[Aggregate], tuple[Any, ...]]:
    """Gets the values of those fields."""
    return attrgetter(*shown(view, kind))


@cache
def own_columns(view: View, kind: type[Aggregate]) -> tuple[tuple[str, str | None], ...]:
    """The columns between the common ones and the facts, each with its field and its blank.

    The field is empty where the aggregate has none of that name.
    """
    fields = frozenset(kind.__struct_fields__)
    own = blanks(view.table)[OWN:-1]
    return tuple((name if name in fields else "", blank) for name, blank in own)


def organisation_of(aggregate: Aggregate) -> str:
    """Whose matter the thing is: an organisation's own, or that of the one it names."""
    if aggregate.noun == "organisation":
        return aggregate.id
    return str(getattr(aggregate, "organisation", ""))


@cache
def blanks(table: sa.Table) -> tuple[tuple[str, str | None], ...]:
    """The names of a table's columns in their order, each with what stands for nothing there."""
    return tuple((column.name, None if column.nullable else "") for column in table.columns)


def kept(value: Any, blank: str | None) -> Any:
    """A value as the database keeps it."""
    kind = type(value)
    if kind is str or kind is int:
        return value
    if value is None:
        return blank
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return encoded(value)
    return int(value) if isinstance(value, bool) else str(value)
