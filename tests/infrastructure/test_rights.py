"""The application's role on PostgreSQL does all that it must, and nothing that it must not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from application.principals import Held
from infrastructure.database import Database, derived, metadata
from infrastructure.identity import Identity
from infrastructure.rebuild import rebuild
from infrastructure.rights import RIGHTS, may_change_events
from infrastructure.schema import bring_up, check_schema
from infrastructure.settings import Settings
from infrastructure.store import DatabaseStore
from infrastructure.system import System
from infrastructure.verify import verify
from tests.commandline import CommandLine
from tests.district import District
from tests.exactness.writer import sent
from tests.infrastructure.roles import TwoRoles, two_roles
from tests.infrastructure.statements import CHANGES, ON_POSTGRESQL, events_of, refusal
from tests.played_to_end import with_fund_closed

OWNERS_WORK = {
    "dropping a guard": "DROP TRIGGER events_no_change ON events",
    "switching a guard off": "ALTER TABLE events DISABLE TRIGGER events_no_change",
    "switching all guards off": "ALTER TABLE events DISABLE TRIGGER ALL",
    "another function": "CREATE OR REPLACE FUNCTION events_are_final() RETURNS trigger"
    " LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
    "a trigger of one's own": "CREATE TRIGGER mine BEFORE INSERT ON events"
    " FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "a rule": "CREATE RULE mine AS ON INSERT TO events DO INSTEAD NOTHING",
    "a session without triggers": "SET session_replication_role = replica",
    "dropping the table": "DROP TABLE events",
    "another name": "ALTER TABLE events RENAME TO others",
    "a table of one's own": "CREATE TABLE others (id INTEGER)",
    "taking the role of the owner": 'SET ROLE "{owner}"',
    "a receipt that says something else": "UPDATE receipts SET answer = ''",
    "an entry that says something else": "UPDATE entries SET amount_minor = 0",
    "a person who is gone": "DELETE FROM vault",
    "a schema that says it is ours": "DELETE FROM derived_schema",
}


def test_every_table_has_its_row_in_the_table_of_rights() -> None:
    tables = {*metadata.tables, *derived.tables, "alembic_version"}

    assert set(RIGHTS) == tables
    assert set(RIGHTS["events"]) == {"SELECT", "INSERT"}


@pytest.fixture
def roles(postgresql_server: sa.URL) -> Iterator[TwoRoles]:
    """A database that is migrated by its owner, for another role."""
    with two_roles(postgresql_server) as roles:
        bring_up(settings_of(roles))
        yield roles


def settings_of(roles: TwoRoles, **others: object) -> Settings:
    """The settings with both addresses."""
    both = {"database_url": roles.application, "owner_database_url": roles.owner}
    return Settings.model_validate({**both, **others})


def rights_in(url: str, role: str) -> dict[str, set[str]]:
    """What the role may do with each table, as the database answers."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    every = "('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('REFERENCES')"
    query = (
        f"SELECT tablename, word FROM pg_tables, (VALUES {every}, ('TRIGGER')) AS w (word) WHERE"
        " schemaname = 'public' AND has_table_privilege(%s, quote_ident(tablename), word)"
    )
    found: dict[str, set[str]] = {}
    with engine.connect() as connection:
        for table, word in connection.exec_driver_sql(query, (role,)):
            found.setdefault(table, set()).add(word)
    return found


def test_the_application_has_the_rights_of_the_table_and_no_other(roles: TwoRoles) -> None:
    expected = {table: set(rights) for table, rights in RIGHTS.items()}
    assert rights_in(roles.owner, roles.role) == expected

    owner = Database(roles.owner)
    with owner.writing() as connection:
        connection.exec_driver_sql(f'GRANT ALL ON events, grants TO "{roles.role}"')
    assert rights_in(roles.owner, roles.role) != expected
    bring_up(settings_of(roles))
    assert rights_in(roles.owner, roles.role) == expected

    rebuild(DatabaseStore(owner, Settings().zone))
    owner.close()
    assert rights_in(roles.owner, roles.role) == expected


def test_rights_of_others_on_read_models_outlive_a_rebuild(roles: TwoRoles) -> None:
    owner = Database(roles.owner)
    with owner.writing() as connection:
        connection.exec_driver_sql("GRANT SELECT ON grants TO PUBLIC")

    rebuild(DatabaseStore(owner, Settings().zone))

    owner.close()
    assert rights_in(roles.owner, "pg_monitor") == {"grants": {"SELECT"}}


def test_the_application_works_whole_under_its_own_role(roles: TwoRoles) -> None:
    """A played path from the first organisation to the closed fund, people and tokens."""
    district = District(roles.application)
    with_fund_closed(district, rivals=1)
    identity: Identity = district.system.identity
    now = district.system.clock.now()
    secret = identity.create_token("token:1", "person:leader", Held("leader", "220102"), now)
    assert identity.by_token(secret)
    assert identity.revoke_token("token:1", now)
    assert identity.by_token(secret) is None
    cookie = identity.sign_in("person:leader")
    assert identity.by_session(cookie)
    identity.sign_out(cookie)
    assert identity.by_session(cookie) is None
    assert district.system.questions.head() > 100
    assert verify(district.system.store).faults == ()

    owner = Database(roles.owner)
    rebuild(DatabaseStore(owner, Settings().zone))
    owner.close()

    district.wait(days=1)
    district.system.desk.send(sent("after", "after"))
    assert verify(district.system.store).faults == ()
    district.close()


@pytest.mark.parametrize("what", [*CHANGES, *ON_POSTGRESQL, *OWNERS_WORK])
def test_the_applications_role_may_not(what: str, guarded: TwoRoles) -> None:
    owner = str(sa.make_url(guarded.owner).username)
    words = (CHANGES | ON_POSTGRESQL | OWNERS_WORK)[what]
    before = events_of(guarded.application)

    said = refusal(guarded.application, words.replace("{owner}", owner))

    assert "permission denied" in said or "must be owner" in said, said
    assert events_of(guarded.application) == before


@pytest.fixture(scope="module")
def guarded(postgresql_server: sa.URL) -> Iterator[TwoRoles]:
    """The same with an event, for all statements that change nothing."""
    with two_roles(postgresql_server) as roles:
        bring_up(settings_of(roles))
        system = System(settings_of(roles))
        system.desk.send(sent("n", "n"))
        system.close()
        yield roles


def test_the_application_cannot_migrate_or_rebuild(roles: TwoRoles) -> None:
    fundtrail = CommandLine(roles.application)
    assert fundtrail("rebuild") == 2
    assert "permission denied" in fundtrail.err

    both = CommandLine(roles.application, FUNDTRAIL_OWNER_DATABASE_URL=roles.owner)
    assert both("migrate") == 0
    assert both("rebuild") == 0, both.err
    check = Database(roles.application)
    check_schema(check)
    check.close()


def test_it_is_known_whether_the_role_may_change_events(roles: TwoRoles) -> None:
    found = {}
    for name, url in (("owner", roles.owner), ("application", roles.application)):
        database = Database(url)
        with database.reading() as connection:
            found[name] = may_change_events(connection)
        database.close()

    assert found == {"owner": True, "application": False}


@pytest.mark.parametrize("rights", ["owner", "application"])
def test_serve_warns_where_the_role_may_change_events(
    roles: TwoRoles, rights: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uvicorn.run", lambda *_, **__: None)
    url = getattr(roles, rights)
    monkeypatch.setenv("FUNDTRAIL_DATABASE_URL", url)
    monkeypatch.setenv("FUNDTRAIL_SECRET_KEY", "A" * 43)
    fundtrail = CommandLine(url)

    assert fundtrail("serve") == 0

    assert ("may change or delete events" in fundtrail.err) == (rights == "owner")


def test_one_role_for_both_still_works(postgresql_url: str) -> None:
    both = CommandLine(postgresql_url, FUNDTRAIL_OWNER_DATABASE_URL=postgresql_url)

    assert both("migrate") == 0
    assert both("rebuild") == 0
    check = Database(postgresql_url)
    check_schema(check)
    check.close()
