"""A rebuild while everybody goes on working: nothing is lost, and nobody waits for long."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from infrastructure.beside import BesideOnPostgresql, BesideOnSqlite, Site
from infrastructure.rebuild import rebuild
from infrastructure.verify import verify
from tests.exactness.test_many_writers import positions_of, start
from tests.infrastructure.rebuilt import REBUILDER, ROOT, Played, contents, leftovers


@pytest.mark.usefixtures("in_small_pages")
def test_what_is_decided_during_a_rebuild_is_in_the_new_tables(
    here: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something begins and something old goes on: early, once all was read, and at the very end."""
    drafts = [here.path.proposal]

    def meanwhile(*_: object) -> None:
        if len(drafts) < 6:
            drafts.append(here.draft())
        for draft in drafts:
            here.edit(draft, f"第 {len(drafts)} 稿")

    for kind in (BesideOnSqlite, BesideOnPostgresql):
        for step in ("finish", "holding"):
            monkeypatch.setattr(kind, step, after(meanwhile, getattr(kind, step)))

    rebuild(here.store, meanwhile)

    assert len(drafts) == 6
    assert verify(here.store).faults == ()


def after(first: Callable[[], None], then: Callable[[Site], Any]) -> Callable[[Site], Any]:
    """A step of a rebuild with something that happens right before it."""

    def both(site: Site) -> Any:
        first()
        return then(site)

    return both


@pytest.mark.usefixtures("in_small_pages")
def test_a_thread_and_a_process_write_on_during_rebuilds_and_nothing_is_lost(here: Played) -> None:
    there = verify(here.store).events
    process, edits = start(here.url, "other", 400), 0

    with ThreadPoolExecutor(1) as pool:
        while process.poll() is None:
            running = pool.submit(rebuild, here.store)
            while not running.done():
                here.edit(here.path.proposal, f"第 {edits} 次")
                edits += 1
            running.result()

    assert len(positions_of(process)) == 400
    verdict = verify(here.store)
    assert verdict.faults == ()
    assert verdict.events == there + 400 + edits
    assert edits > 10


@pytest.mark.usefixtures("in_small_pages")
def test_two_rebuilds_at_once_take_turns(here: Played) -> None:
    """In the middle of one another one starts; it waits until the first has ended."""
    before, others = contents(here.store), list[subprocess.Popen[bytes]]()

    def start_another(position: int) -> None:
        if not others:
            others.append(
                subprocess.Popen([sys.executable, str(REBUILDER), here.url, "50"], cwd=ROOT)
            )
            with pytest.raises(subprocess.TimeoutExpired):
                others[0].wait(6)

    rebuild(here.store, start_another)

    assert contents(here.store) == before
    assert others[0].wait(60) == 0
    assert contents(here.store) == before
    assert leftovers(here.store) == []


def test_questions_that_are_open_or_prepared_go_on_after_the_swap(here: Played) -> None:
    """PostgreSQL's driver prepares what it is asked for the sixth time."""
    question = "SELECT id, stage, facts FROM proposals ORDER BY id"
    with here.store.database.reader.connect() as connection:
        for _ in range(10):
            asked = connection.exec_driver_sql(question).all()
            connection.rollback()
        rebuild(here.store)
        again = connection.exec_driver_sql(question).all()
    here.edit(here.path.proposal, "换表之后")

    assert again == asked
    assert verify(here.store).faults == ()


def test_a_reader_who_stays_long_holds_up_the_swap_but_nobody_else(here: Played) -> None:
    before = contents(here.store)
    with ThreadPoolExecutor(1) as pool, here.store.database.reader.connect() as staying:
        seen = staying.exec_driver_sql("SELECT id FROM grants ORDER BY id").all()
        running = pool.submit(rebuild, here.store)
        end, waits = time.monotonic() + 3, list[float]()
        while time.monotonic() < end:
            began = time.monotonic()
            here.edit(here.path.proposal, "有人在看")
            with here.store.database.reading() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM grants").scalar_one()
            waits.append(time.monotonic() - began)
        assert running.done() == here.store.database.is_sqlite
        assert staying.exec_driver_sql("SELECT id FROM grants ORDER BY id").all() == seen
        staying.rollback()
        running.result(30)

    assert max(waits) < 2
    assert contents(here.store).keys() == before.keys()
    assert verify(here.store).faults == ()
