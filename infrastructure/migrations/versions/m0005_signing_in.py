"""Passwords, invitations and providers' subjects; sessions that are listed, tokens with a scope."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def column(name: str, **kind: bool) -> sa.Column[str]:
    """A column of text that is never null."""
    return sa.Column(name, sa.Text, nullable=False, **kind)  # type: ignore[arg-type]


def upgrade() -> None:
    """Makes the tables; whoever has signed in signs in again, because sessions are kept anew."""
    op.drop_table("sessions")
    op.create_table(
        "sessions",
        column("digest", primary_key=True),
        column("id", unique=True),
        column("person"),
        column("form_token"),
        column("token"),
        column("method"),
        column("browser"),
        column("opened_at"),
        column("seen_at"),
        column("expires_at"),
    )
    op.create_index("ix_sessions_person", "sessions", ["person"])
    op.create_table(
        "passwords",
        column("person", primary_key=True),
        column("name", unique=True),
        column("hash"),
        column("changed_at"),
    )
    op.create_table(
        "invitations",
        column("digest", primary_key=True),
        column("person"),
        column("made_by"),
        column("expires_at"),
    )
    op.create_table(
        "subjects",
        column("issuer", primary_key=True),
        column("subject", primary_key=True),
        column("person"),
    )
    op.create_index("ix_subjects_person", "subjects", ["person"])
    op.create_table(
        "openid_attempts",
        column("digest", primary_key=True),
        column("state"),
        column("nonce"),
        column("verifier"),
        column("after"),
        column("invitation"),
        column("expires_at"),
    )
    for name in ("scope", "until"):
        op.add_column("tokens", sa.Column(name, sa.Text, nullable=False, server_default=""))
