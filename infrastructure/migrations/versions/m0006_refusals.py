"""Refused commands about money: who tried what, how often; a row for what is alike in an hour."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KEY = ("hour", "person", "roles", "noun", "target", "verb", "sort", "rules")


def upgrade() -> None:
    """Makes the table, empty: what was refused before was kept nowhere."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "refusals",
        sa.Column("no", number, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in KEY),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("first_at", sa.Text, nullable=False),
        sa.Column("last_at", sa.Text, nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
    )
    op.create_index("refusals_alike", "refusals", [*KEY], unique=True)
