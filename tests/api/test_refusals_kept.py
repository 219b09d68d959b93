"""How refused commands are kept: briefly, within limits, whatever the database does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from time import sleep

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from application.principals import CLOCK, Held, Principal
from domain.errors import refuse
from infrastructure import refusals
from infrastructure.backups import backup
from infrastructure.rebuild import rebuild
from infrastructure.refusals import table
from tests.api.refusing import PHONE, Office, an_office, kept_by
from tests.api.surface import problem_of
from tests.district import DISTRICT, District


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("refusals")) as office:
        yield office


@pytest.fixture
def office(made: Office) -> Office:
    """The office, with nothing refused yet."""
    made.forget()
    return made


def test_nothing_that_was_typed_is_kept(office: Office) -> None:
    said = {"decision": PHONE, "reason": f"请转给欧阳靖曦 {PHONE}", "authority_ref": PHONE}
    problem_of(office.post(f"/v1/funds/{office.fund}/freeze", "cashier", said), 403)
    problem_of(office.post(f"/v1/funds/{PHONE}/freeze", "oversight_officer", said), 404)
    override = {"rule": PHONE, "subject": f"fund:{office.fund}", "reason": PHONE}
    problem_of(office.post("/v1/overrides", "leader", override), 409)

    assert [row["rules"] for row in office.listed()] == [["U1.rule"], ["found"], ["F7.who"]]
    assert PHONE not in str(office.listed())
    content = b"".join(file.read_bytes() for file in office.folder.iterdir() if file.is_file())
    assert PHONE.encode() not in content
    assert "欧阳靖曦".encode() not in content


def test_where_it_cannot_be_written_the_answer_stays_and_it_is_written_later(
    office: Office,
) -> None:
    kept = office.kept
    with kept.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE refusals RENAME TO elsewhere")
    with capture_logs() as logs:
        answer = office.post(f"/v1/funds/{office.fund}/unfreeze", "leader", {"reason": PHONE})
        problem_of(answer, 409)
        kept.settle()
    with kept.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO refusals")

    (line,) = [one for one in logs if one["event"] == "refusals_unwritten"]
    assert (line["log_level"], line["outcome"], line["count"]) == ("error", "later", 1)
    assert PHONE not in str(line)
    figures = office.surface.get("/metrics").text
    assert 'fundtrail_refusals_unwritten_total{outcome="later"}' in figures
    assert [row["count"] for row in office.listed()] == [1]


def test_the_rows_outlive_a_rebuild_and_the_desk_goes_on(office: Office) -> None:
    office.freezes("cashier")
    before = office.listed()
    position = office.surface.position

    rebuild(office.system.store)

    assert office.listed() == before != []
    assert office.surface.position == position


def test_the_rows_are_in_a_backup_and_stay_when_their_person_is_erased(office: Office) -> None:
    office.surface.lends("leaving", Held("cashier", DISTRICT))
    office.freezes("leaving")
    before = office.listed()
    fields = {"authority_ref": "〔2026〕3号"}
    erased = office.post("/v1/people/leaving/erase", "administrator", fields)
    assert erased.status_code == 200
    office.system.tick()

    assert office.listed() == before
    assert [row["person"] for row in before] == ["person:leaving"]
    backup(office.system.settings, office.folder / "backup.db")
    with closing(sqlite3.connect(office.folder / "backup.db")) as copy:
        assert copy.execute("SELECT person, count FROM refusals").fetchall() == [
            ("person:leaving", 1)
        ]


def test_noting_waits_for_nobody_and_is_written_by_itself_soon_after(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "DELAY_SECONDS", 0.01)
    kept, by = office.kept, Principal("person:one", (Held("cashier", DISTRICT),))
    count = sa.select(sa.func.count()).select_from(table)
    with kept.database.writing() as connection:
        kept.note(by, "fund", "freeze", office.fund, refuse("F7.who", "No."))
        sleep(0.05)
        assert connection.execute(count).scalar() == 0

    for _ in range(200):
        with kept.database.reading() as connection:
            if connection.execute(count).scalar():
                return
        sleep(0.01)
    pytest.fail("It was never written.")


@pytest.fixture
def emptied(database_url: str) -> Iterator[District]:
    district = District(database_url)
    yield district
    district.close()


def test_a_flood_is_a_few_rows_with_the_right_count_on_either_database(emptied: District) -> None:
    kept = kept_by(emptied)
    flooding = Principal("person:one", (Held("applicant", "220102"),))
    beside = Principal("person:two", (Held("applicant", "220102"),))
    refusal = refuse("T4.who", "No.")
    ids = [f"0198c0de-0000-7000-8000-{number:012}" for number in range(1000)]

    for number, id in enumerate(ids):
        kept.note(flooding, "tranche", "approve", id, refusal)
        if number % 300 == 0:
            kept.settle()
    assert len(kept.waiting) == refusals.ROWS + 1
    for _ in ids:
        kept.note(beside, "tranche", "approve", ids[0], refusal)
    kept.note(CLOCK, "tranche", "cancel", ids[0], refusal)

    found = kept.page(("",), filters={}, limit=2000, after=0)
    of_one = [row for row in found if row.tried.person == "person:one"]
    (of_two,) = [row for row in found if row.tried.person == "person:two"]
    assert len(found) == len(of_one) + 1
    assert len(of_one) == refusals.ROWS + 1
    assert sum(row.count for row in of_one) == 1000
    (more,) = [row for row in of_one if row.tried.sort == "more"]
    assert (more.count, more.tried.target, more.tried.noun) == (1000 - refusals.ROWS, "", "tranche")
    assert of_two.count == 1000


def test_what_is_lost_is_counted_and_never_grows_without_end(
    emptied: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "PENDING", 3)
    kept = kept_by(emptied)
    for number in range(5):
        by = Principal(f"person:{number}", (Held("cashier", "220102"),))
        kept.note(by, "fund", "freeze", "", refuse("F7.who", "No."))

    assert len(kept.page(("220",), filters={}, limit=9, after=0)) == 3
    with kept.database.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 3
