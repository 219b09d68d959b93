"""What a read model is: one table, filled from an aggregate's state, one row or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa

from domain.kernel import Aggregate
from infrastructure.database import POSITION, derived

HIDDEN = frozenset({"version", "balances", "effective_at"})
"""Parts of an aggregate's state that stand in columns of their own, or are the ledger's."""


@dataclass(frozen=True, slots=True)
class View:
    """A read model: its plural name, whose state it shows, its table, what `q` searches.

    `kept_out` are fields of the aggregate too large to be shown with it. `expand` makes several
    rows of one aggregate; each has an id of its own.
    """

    name: str
    noun: str
    table: sa.Table
    search: tuple[str, ...] = ()
    kept_out: frozenset[str] = frozenset()
    expand: Callable[[Any], Sequence[dict[str, Any]]] | None = None


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


def rows(view: View, aggregate: Aggregate, position: int, born: int) -> list[tuple[Any, ...]]:
    """The rows of one aggregate, each with a value for every column."""
    common = {
        "version": aggregate.version,
        "position": position,
        "born": born,
        "place": getattr(aggregate, "place", ""),
        "organisation": organisation_of(aggregate),
        "currency": aggregate.currency,
    }
    if view.expand is not None:
        return [row(view, {**common, **part}) for part in view.expand(aggregate)]
    state = {name: getattr(aggregate, name) for name in aggregate.__struct_fields__}
    shown = {n: v for n, v in state.items() if n not in HIDDEN and n not in view.kept_out}
    return [row(view, {**state, **common, "facts": shown})]


def organisation_of(aggregate: Aggregate) -> str:
    """Whose matter the thing is: an organisation's own, or that of the one it names."""
    if aggregate.noun == "organisation":
        return aggregate.id
    return str(getattr(aggregate, "organisation", ""))


@cache
def blanks(table: sa.Table) -> tuple[tuple[str, str | None], ...]:
    """The names of a table's columns in their order, each with what stands for nothing there."""
    return tuple((column.name, None if column.nullable else "") for column in table.columns)


def row(view: View, values: dict[str, Any]) -> tuple[Any, ...]:
    """The values in the order of the table's columns, as the database keeps them."""
    facts = msgspec.json.encode(values.get("facts", {})).decode()
    return tuple(
        facts if name == "facts" else kept(values.get(name), blank)
        for name, blank in blanks(view.table)
    )


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
        return msgspec.json.encode(value).decode()
    return int(value) if isinstance(value, bool) else str(value)
