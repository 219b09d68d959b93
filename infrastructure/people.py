"""Where people, their roles, their API tokens and their sessions are kept."""

from __future__ import annotations

import sqlalchemy as sa

from application.principals import Held
from infrastructure.database import metadata

people = sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
)
held_roles = sa.Table(
    "held_roles",
    metadata,
    sa.Column("person", sa.Text, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("organisation", sa.Text, primary_key=True),
)
tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("person", sa.Text, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("revoked_at", sa.Text, nullable=False),
)
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("person", sa.Text, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("form_token", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text, nullable=False),
)

# Asked for every request, so it goes to the driver as it is; SQLite takes JSON apart its own way.
WHOSE = """
SELECT tokens.digest, tokens.person, tokens.role, tokens.place, tokens.organisation,
       held_roles.organisation,
       lent.role, lent.place, lent.id, lent.holder, lent.starts, lent.until
FROM tokens
LEFT JOIN held_roles ON held_roles.person = tokens.person AND held_roles.organisation <> ''
LEFT JOIN delegations AS lent ON lent.to_person = tokens.person AND lent.stage = 'granted'
WHERE tokens.revoked_at = '' AND tokens.digest """
ONE_OF = {
    True: "IN (SELECT value FROM json_each(?))",
    False: "= ANY(ARRAY(SELECT jsonb_array_elements_text(%s::jsonb)))",
}


def held_by(connection: sa.Connection, person: str) -> tuple[Held, ...]:
    """The roles that are the person's own."""
    query = (
        sa.select(held_roles.c.role, held_roles.c.place, held_roles.c.organisation)
        .where(held_roles.c.person == person)
        .order_by(held_roles.c.role, held_roles.c.place, held_roles.c.organisation)
    )
    return tuple(Held(*row) for row in connection.execute(query))
