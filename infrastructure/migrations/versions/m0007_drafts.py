"""Drafts of score sheets, beside the chronicle."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "drafts",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("review", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.Text, nullable=False),
        sa.Column("typed", sa.Text, nullable=False),
    )
