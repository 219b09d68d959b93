"""A PostgreSQL database that one role owns and another one works with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa

from tests import servers


@dataclass(frozen=True)
class TwoRoles:
    """The address for the owner, that for the application, and the name of its role."""

    owner: str
    application: str
    role: str


@contextmanager
def two_roles(server: sa.URL) -> Iterator[TwoRoles]:
    """An empty database with two roles of its own, which are gone afterwards."""
    owner, role = f"owner_{uuid4().hex}", f"Application_{uuid4().hex}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for name in (owner, role):
            connection.exec_driver_sql(f"CREATE ROLE \"{name}\" LOGIN PASSWORD 'secret'")
        connection.exec_driver_sql(f'GRANT "{owner}" TO CURRENT_USER')
        with servers.fresh_database(server) as url:
            address = sa.make_url(url)
            connection.exec_driver_sql(f'ALTER DATABASE "{address.database}" OWNER TO "{owner}"')
            urls = [
                address.set(username=name, password="secret")
                .render_as_string(hide_password=False)
                .replace("%2F", "/")
                for name in (owner, role)
            ]
            yield TwoRoles(urls[0], urls[1], role)
        for name in (owner, role):
            connection.exec_driver_sql(f'DROP ROLE "{name}"')
