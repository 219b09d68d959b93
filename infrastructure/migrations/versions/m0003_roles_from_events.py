"""Roles stand in events and are derived from them; the table that held them is no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


class HeldRoles(Exception):
    """Roles were granted before they stood in events."""


def upgrade() -> None:
    """Drops the table; refuses while it holds roles, which nobody would have granted."""
    (held,) = op.get_bind().execute(sa.text("SELECT count(*) FROM held_roles")).one()
    if held:
        raise HeldRoles(
            f"{held} roles were granted by a version that kept them apart from the events. "
            "Empty the table “held_roles”, migrate, and grant them anew."
        )
    op.drop_table("held_roles")
