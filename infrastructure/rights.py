"""What the application's database role may do on PostgreSQL, where another role owns the tables."""

from __future__ import annotations

import sqlalchemy as sa

from infrastructure.rows import quoted
from infrastructure.views import VIEWS

LOOK = ("SELECT",)
ADD = ("SELECT", "INSERT")
SET = ("SELECT", "INSERT", "UPDATE")
END = ("SELECT", "INSERT", "DELETE")
CHANGE = ("SELECT", "INSERT", "UPDATE", "DELETE")

RIGHTS: dict[str, tuple[str, ...]] = {
    "alembic_version": LOOK,
    "derived_schema": LOOK,
    "events": ADD,
    "receipts": ADD,
    "tracking": SET,
    "simulated_clock": SET,
    "vault": SET,
    "vault_reads": ADD,
    "refusals": SET,
    "tokens": SET,
    "sessions": CHANGE,
    "passwords": CHANGE,
    "invitations": END,
    "subjects": END,
    "openid_attempts": END,
    "drafts": CHANGE,
    "entries": ADD,
    "book_lines": CHANGE,
    "closings": SET,
    "former_closings": ADD,
    "closed_blocks": ADD,
    "derived_marks": SET,
    **{view.table.name: SET for view in VIEWS.values()},
    "approvals": SET,
    "clawbacks": SET,
    "contributions": SET,
    "costs": SET,
    "documents": SET,
    "funds": SET,
    "grants": SET,
    "imports": SET,
    "organisations": SET,
    "panels": SET,
    "pools": SET,
    "proposals": SET,
    "reviews": SET,
    "rounds": SET,
    "tranches": SET,
}
"""Each table with the rights that the application needs there, and no other."""

OWNERSHIP = """
SELECT pg_has_role(current_user, owned.relowner, 'USAGE')
    OR has_table_privilege(current_user, owned.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
FROM pg_class AS owned WHERE owned.oid = to_regclass('events')
"""

GIVEN = """
SELECT old.relname, given.privilege_type, given.is_grantable,
    CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END
FROM pg_class AS old, aclexplode(old.relacl) AS given, pg_class AS new
WHERE old.relnamespace = %s::regnamespace AND new.relnamespace = %s::regnamespace
    AND old.relname = new.relname AND old.relkind = 'r' AND given.grantee <> old.relowner
"""


def role_of(connection: sa.Connection) -> str:
    """The role as which the connection works."""
    return str(connection.exec_driver_sql("SELECT current_user").scalar_one())


def grant(connection: sa.Connection, role: str) -> None:
    """Gives the role what the table of rights says, and takes everything else from it."""
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    name = quoted([role])
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {quoted([schema])} TO {name}")
    for table, rights in RIGHTS.items():
        connection.exec_driver_sql(f"REVOKE ALL ON {quoted([table])} FROM {name}")
        connection.exec_driver_sql(f"GRANT {', '.join(rights)} ON {quoted([table])} TO {name}")


def copy_rights(connection: sa.Connection, old: str, new: str) -> None:
    """Gives everybody on the tables of one schema what they have on those of another."""
    for table, right, may_grant, role in connection.exec_driver_sql(GIVEN, (old, new)).all():
        tail = " WITH GRANT OPTION" if may_grant else ""
        connection.exec_driver_sql(
            f"GRANT {right} ON {quoted([new])}.{quoted([table])} TO {role}{tail}"
        )


def may_change_events(connection: sa.Connection) -> bool:
    """Whether the connection's role could take the guards off, or has more rights than to add."""
    if connection.dialect.name == "sqlite":
        return False
    return bool(connection.exec_driver_sql(OWNERSHIP).scalar())
