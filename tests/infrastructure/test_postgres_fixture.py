"""The test databases are real, empty, and each test's own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import URL, create_engine, inspect, text
from sqlalchemy.engine import make_url

from tests import servers


@pytest.mark.parametrize("note", ["first visit", "second visit"])
def test_a_database_is_empty_and_keeps_what_is_written(database_url: str, note: str) -> None:
    engine = create_engine(database_url)
    assert inspect(engine).get_table_names() == []

    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE visits (note TEXT)"))
        connection.execute(text("INSERT INTO visits VALUES (:note)"), {"note": f"善迹 {note}"})

    with engine.connect() as connection:
        assert connection.scalars(text("SELECT note FROM visits")).all() == [f"善迹 {note}"]
    engine.dispose()


def test_each_kind_of_database_is_what_its_url_says(database_url: str) -> None:
    engine = create_engine(database_url)

    with engine.connect() as connection:
        kind = connection.dialect.name

    assert kind == make_url(database_url).get_backend_name()
    engine.dispose()


def test_databases_made_at_the_same_time_do_not_meet(postgresql_server: URL) -> None:
    def own_tables(number: int) -> list[str]:
        with servers.fresh_database(postgresql_server) as url:
            engine = create_engine(url)
            with engine.begin() as connection:
                connection.execute(text(f"CREATE TABLE t{number} (a INTEGER)"))
            tables = inspect(engine).get_table_names()
            engine.dispose()
        return tables

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(own_tables, range(4))) == [["t0"], ["t1"], ["t2"], ["t3"]]


def test_a_database_is_dropped_although_someone_is_connected(postgresql_server: URL) -> None:
    with servers.fresh_database(postgresql_server) as url:
        engine = create_engine(url)
        connection = engine.connect()
        connection.execute(text("SELECT 1"))

    server = create_engine(postgresql_server)
    with server.connect() as observer:
        names = observer.scalars(text("SELECT datname FROM pg_database")).all()
    assert make_url(url).database not in names
    connection.invalidate()
    engine.dispose()
    server.dispose()
