"""The rows of the vault: as they are stored, and as they are made."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from application.personal import Read
from infrastructure.database import metadata
from infrastructure.keys import KEY_BYTES, MasterKey, sealed

table = sa.Table(
    "vault",
    metadata,
    sa.Column("person", sa.Text, primary_key=True),
    sa.Column("key_id", sa.Text, nullable=False),
    sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
    sa.Column("name", sa.LargeBinary, nullable=False),
    sa.Column("details", sa.LargeBinary, nullable=False),
    sa.Column("kept_until", sa.Text, nullable=False),
    sa.Column("changed", sa.BigInteger, nullable=False),
    sa.Index("vault_changed", "changed", unique=True),
)
"""`changed` goes up with every change of any row, so that it is known what changed since."""

reads = sa.Table(
    "vault_reads",
    metadata,
    sa.Column("no", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("reader", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("fields", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Index("vault_reads_person", "person", "no"),
)

Row = sa.Row[Any]
NOTHING = {"key_id": "", "wrapped_key": b"", "name": b"", "details": b"", "kept_until": ""}
"""What remains of somebody who was erased: that there was somebody."""


def wrapped(master: MasterKey, key: bytes, person: str) -> dict[str, Any]:
    """A person's key as it is stored, with the name of what wraps it."""
    of = f"{person} key"
    return {"key_id": master.fingerprint, "wrapped_key": sealed(master.wrapping, key, of)}


def fresh(master: MasterKey, person: str, name: str, details: Mapping[str, str]) -> dict[str, Any]:
    """A row with a new key, under which this alone is sealed."""
    key = secrets.token_bytes(KEY_BYTES)
    return {
        "person": person,
        **wrapped(master, key, person),
        "name": sealed(key, name.encode(), f"{person} name"),
        "details": sealed(key, json.dumps(dict(details)).encode(), f"{person} details"),
        "kept_until": "",
    }


def next_of(connection: sa.Connection) -> int:
    """The number of the next change."""
    return (connection.execute(sa.select(sa.func.max(table.c.changed))).scalar() or 0) + 1


def read_of(row: Row) -> Read:
    """A note of a reading, as it is told."""
    return Read(
        row.no,
        datetime.fromisoformat(row.at),
        row.reader,
        row.person,
        tuple(json.loads(row.fields)),
        row.purpose,
    )
