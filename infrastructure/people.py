"""Where API tokens are kept; roles stand in a read model, names in the vault."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from application.principals import Held
from domain.people.person import RoleStage
from infrastructure.database import metadata
from infrastructure.views.roles import table as roles

tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("revoked_at", sa.Text, nullable=False),
    sa.Column("scope", sa.Text, nullable=False, server_default=""),
    sa.Column("until", sa.Text, nullable=False, server_default=""),
)

# Asked for every request, so it goes to the driver as it is; SQLite takes JSON apart its own way.
WHOSE = """
SELECT tokens.digest, tokens.scope, tokens.until,
       tokens.person, tokens.role, tokens.place, tokens.organisation,
       held.role, held.held_place, held.held_organisation, held.starts, held.until,
       lent.role, lent.place, lent.id, lent.holder, lent.starts, lent.until
FROM tokens
JOIN roles AS held ON held.person = tokens.person AND held.stage = 'held'
LEFT JOIN delegations AS lent ON lent.to_person = tokens.person AND lent.stage = 'granted'
WHERE tokens.revoked_at = '' AND tokens.digest """
ONE_OF = {
    True: "IN (SELECT value FROM json_each(?))",
    False: "= ANY(ARRAY(SELECT jsonb_array_elements_text(%s::jsonb)))",
}


def is_in_force(starts: str, until: str, day: date) -> bool:
    """Whether a role that begins and ends on these days is held on the day."""
    return starts <= day.isoformat() <= (until or "9999")


def held_by(connection: sa.Connection, person: str, day: date) -> tuple[Held, ...]:
    """The roles that are the person's own on a day."""
    held = roles.c
    query = (
        sa.select(held.role, held.held_place, held.held_organisation, held.starts, held.until)
        .where(held.person == person, held.stage == RoleStage.HELD)
        .order_by(held.role, held.held_place, held.held_organisation)
    )
    return tuple(
        Held(role, place, organisation)
        for role, place, organisation, starts, until in connection.execute(query)
        if is_in_force(starts, until, day)
    )
