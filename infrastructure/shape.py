"""The shape of the derived tables, and which shape a database has."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from infrastructure.book import entries
from infrastructure.closings import TABLES
from infrastructure.database import derived, metadata
from infrastructure.views import VIEWS

WAY_OF_FILLING = 2
"""Goes up when the same records give other rows, so that every database is refilled."""

derived_schema = sa.Table(
    "derived_schema",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
)


def indexes_of(table: sa.Table) -> list[sa.Index]:
    """The indexes of a table, by name."""
    return sorted(table.indexes, key=lambda index: str(index.name))


def fingerprint() -> str:
    """The derived tables as they should be, and how they are filled, in one hash."""
    shown = {view.table for view in VIEWS.values()} | {entries} | TABLES
    assert shown == set(derived.tables.values())
    statements = [f"filled in way {WAY_OF_FILLING}"]
    for table in sorted(shown, key=lambda table: table.name):
        statements.append(str(CreateTable(table)))
        statements.extend(str(CreateIndex(index)) for index in indexes_of(table))
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()


def kept_fingerprint(connection: sa.Connection) -> str | None:
    """The shape that the derived tables of a database have; None where they were never made."""
    return connection.execute(sa.select(derived_schema.c.fingerprint)).scalar()


def keep_fingerprint(connection: sa.Connection) -> None:
    """Notes that the derived tables have this program's shape."""
    connection.execute(derived_schema.delete())
    connection.execute(derived_schema.insert().values(id=1, fingerprint=fingerprint()))
