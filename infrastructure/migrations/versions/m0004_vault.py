"""What people are called is sealed; the table that said it in plain is no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0004"
down_revision = "0003"

OF_PEOPLE = {
    "tokens": "digest, id, person, role, place, organisation, created_at, revoked_at",
    "sessions": "digest, person, form_token, expires_at",
}


def upgrade() -> None:
    """Creates the vault, seals the names that there are, and drops the table of names."""
    create_vault()
    seal_names()
    if op.get_bind().dialect.name == "sqlite":
        make_anew()
    else:
        for table in OF_PEOPLE:
            op.drop_constraint(f"{table}_person_fkey", table, type_="foreignkey")
    op.drop_table("people")


def create_vault() -> None:
    """Creates the vault, and the list of who has read what."""
    op.create_table(
        "vault",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("key_id", sa.Text, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("details", sa.LargeBinary, nullable=False),
        sa.Column("kept_until", sa.Text, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
    )
    op.create_index("vault_changed", "vault", ["changed"], unique=True)
    op.create_table(
        "vault_reads",
        sa.Column("no", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
    )
    op.create_index("vault_reads_person", "vault_reads", ["person", "no"])


def seal_names() -> None:
    """Takes over the names that there are; whoever migrates says how they are sealed."""
    connection = op.get_bind()
    named = connection.execute(sa.text("SELECT id, name FROM people ORDER BY id")).all()
    if not named:
        return
    seal = context.config.attributes["seal"]
    for number, (person, name) in enumerate(named, start=1):
        connection.execute(
            sa.text(
                "INSERT INTO vault"
                " (person, key_id, wrapped_key, name, details, kept_until, changed) VALUES"
                " (:person, :key_id, :wrapped_key, :name, :details, :kept_until, :changed)"
            ),
            {**seal(person, name), "changed": number},
        )


def make_anew() -> None:
    """SQLite lets go of a reference to another table only with the table that has it."""
    for table in OF_PEOPLE:
        op.execute(sa.text(f"ALTER TABLE {table} RENAME TO former_{table}"))
    op.create_table(
        "tokens",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("revoked_at", sa.Text, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("form_token", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
    )
    for table, columns in OF_PEOPLE.items():
        op.execute(sa.text(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM former_{table}"))
        op.drop_table(f"former_{table}")
