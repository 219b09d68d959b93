"""Past grants of two real funders, from their files into the chronicle, and out again."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from infrastructure.imports.threesixty import fingerprint, read_360giving
from tests.commandline import CommandLine, Stored, content, file_of, migrated

SHANGHAI = ZoneInfo("Asia/Shanghai")
FORMAT = ("--date-format", "%d/%m/%Y")
NOTHING = {"accepted": 0, "refused": 0, "events": 0, "refusals": [], "not_assessed": []}
AWARDED = 2_175_779_327


def awarded(fundtrail: CommandLine) -> dict[str, int]:
    """What was awarded in each currency, by the ledger book, which must be what replay says."""
    balances, replayed = fundtrail.answer("balances"), fundtrail.answer("replay")
    assert replayed["accounts"] == balances["accounts"]
    return {
        account["currency"]: account["balance_minor"]
        for account in balances["accounts"]
        if account["account"] == "history.awarded"
    }


@pytest.mark.parametrize("form", ["grants.json", "grants.xlsx"])
def test_475_grants_of_288_recipients(lloyd_webber: Path, database_url: str, form: str) -> None:
    fundtrail = migrated(database_url)

    answer = fundtrail.imported(lloyd_webber / form)

    assert answer == {**NOTHING, "accepted": 475, "events": 1_291}
    assert awarded(fundtrail) == {"GBP": AWARDED}
    assert fundtrail.answer("replay")["stages"] == {
        "funds": {"historical": 1},
        "grants": {"historical": 475},
        "imports": {"recorded": 1},
        "organisations": {"historical": 288},
        "proposals": {"awarded": 475},
        "rounds": {"historical": 51},
    }
    assert fundtrail.answer("verify")["faults"] == []


def test_each_event_is_dated_and_evidenced_by_the_file(lloyd_webber: Path, sqlite_url: str) -> None:
    file = lloyd_webber / "grants.json"
    rows = {row.grant_id: row for row in read_360giving(file, zone=SHANGHAI).rows}

    migrated(sqlite_url).imported(file)

    stored = Stored(sqlite_url)
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    (imported,) = stored.events("import.recorded")
    assert (imported.event.file_sha, imported.event.accepted) == (sha, 475)
    for record in stored.records:
        (evidence,) = record.evidence
        stated = (evidence.document, evidence.sha256, evidence.type)
        assert stated == (imported.originator_id, sha, "360giving")
    for record in stored.events("grant.imported"):
        row = rows[record.event.no]
        assert record.effective_at == row.awarded_at
        assert json.loads(record.event.source) == row.source
        assert record.event.fingerprint == fingerprint(row)
        assert record.recorded_at > row.awarded_at
    first = min(row.awarded_at for row in rows.values())
    (fund,) = stored.events("fund.imported")
    assert fund.effective_at == first


def test_a_recipient_with_two_names_has_that_of_its_first_row(
    lloyd_webber: Path, sqlite_url: str
) -> None:
    migrated(sqlite_url).imported(lloyd_webber / "grants.json")

    stored = Stored(sqlite_url)
    names = [
        record.event.name
        for record in stored.events("organisation.history_imported")
        if record.event.identifier == "GB-CHC-1151662"
    ]
    own = {
        source["recipientOrganization"][0]["name"]
        for record in stored.events("grant.imported")
        if (source := json.loads(record.event.source))["recipientOrganization"][0]["id"]
        == "GB-CHC-1151662"
    }
    assert len(names) == 1
    assert own == {"Music in Secondary Schools Trust", "Music in Secondary Schools"}


@pytest.mark.parametrize("again", ["grants.json", "grants.xlsx"])
def test_the_same_again_is_nothing(lloyd_webber: Path, database_url: str, again: str) -> None:
    fundtrail = migrated(database_url)
    fundtrail.imported(lloyd_webber / "grants.json")
    before = content(database_url)

    assert fundtrail.imported(lloyd_webber / again) == NOTHING
    assert content(database_url) == before


def test_only_what_is_new_of_a_longer_file(
    lloyd_webber: Path, sqlite_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "some.json"
    document = json.loads((lloyd_webber / "grants.json").read_text())
    file.write_text(json.dumps({"grants": document["grants"][100:200]}))
    fundtrail = migrated(sqlite_url)

    assert fundtrail.imported(file)["accepted"] == 100
    assert fundtrail.imported(lloyd_webber / "grants.json")["accepted"] == 375
    assert awarded(fundtrail) == {"GBP": AWARDED}
    assert len(Stored(sqlite_url).events("organisation.history_imported")) == 288
    assert fundtrail.answer("verify")["ok"]


def test_a_changed_amount_is_refused_by_name(
    lloyd_webber: Path, database_url: str, tmp_path: Path
) -> None:
    document = json.loads((lloyd_webber / "grants.json").read_text())
    document["grants"][6]["amountAwarded"] += 1
    document["grants"][474]["title"] += "!"
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(document))
    fundtrail = migrated(database_url)
    fundtrail.imported(lloyd_webber / "grants.json")
    before = content(database_url)

    answer = fundtrail.answer("import", "360giving", file, code=1)

    assert (answer["accepted"], answer["refused"], answer["events"]) == (0, 2, 0)
    assert [(r["row"], r["case"], r["field"], r["rule"]) for r in answer["refusals"]] == [
        (7, "360G-ALWF-2097TAF", "amountAwarded", "I2.changed"),
        (475, document["grants"][474]["id"], "title", "I2.changed"),
    ]
    assert content(database_url) == before


@pytest.mark.parametrize("name", ["grants.json", "grants-currency.json"])
def test_the_wolfson_files_are_refused_whole(wolfson: Path, database_url: str, name: str) -> None:
    fundtrail = migrated(database_url)
    before = content(database_url)

    answer = fundtrail.answer("import", "360giving", wolfson / name, code=2)

    assert (answer["accepted"], answer["refused"], answer["events"]) == (0, 379, 0)
    assert [(r["row"], r["field"]) for r in answer["refusals"]] == [
        (row, "awardDate") for row in range(1, 380)
    ]
    assert content(database_url) == before


def test_every_faulty_row_is_told_to_people(wolfson: Path, sqlite_url: str) -> None:
    fundtrail = migrated(sqlite_url)
    file = wolfson / "grants.json"

    assert fundtrail("import", "360giving", file) == 2

    lines = fundtrail.err.splitlines()
    assert lines[0].startswith(f"{file}: row 1 (360G-wolfson-19747), awardDate: ")
    assert [line.split(" (")[0] for line in lines[:-1]] == [
        f"{file}: row {row}" for row in range(1, 380)
    ]
    assert lines[-1] == "Refused whole: 379 rows are at fault; the database is as it was."


def test_two_currencies_stay_apart(wolfson: Path, database_url: str) -> None:
    fundtrail = migrated(database_url)

    answer = fundtrail.imported(wolfson / "grants-currency.json", *FORMAT)

    assert answer["accepted"] == 379
    assert awarded(fundtrail) == {"GBP": 3_102_452_200, "USD": 15_393_400}
    assert fundtrail.answer("replay")["stages"]["funds"] == {"historical": 2}
    recorded = Stored(database_url).events("grant.imported")
    assert sum(record.event.amount_minor == 0 for record in recorded) == 114
    assert all(bool(record.postings) == bool(record.event.amount_minor) for record in recorded)
    assert fundtrail.answer("verify")["ok"]


def test_a_file_that_corrects_another_is_refused_for_each_row(
    wolfson: Path, sqlite_url: str
) -> None:
    fundtrail = migrated(sqlite_url)
    fundtrail.imported(wolfson / "grants.json", *FORMAT)
    before = content(sqlite_url)

    file = wolfson / "grants-currency.json"
    refusals = fundtrail.answer("import", "360giving", file, *FORMAT, code=1)["refusals"]

    assert {refusal["rule"] for refusal in refusals} == {"I2.changed"}
    assert sum("currency" in refusal["field"] for refusal in refusals) == 4
    assert content(sqlite_url) == before


def test_an_import_that_is_killed_leaves_all_or_nothing(
    lloyd_webber: Path, sqlite_url: str
) -> None:
    fundtrail = migrated(sqlite_url)
    program = Path(sys.executable).with_name("fundtrail")
    file = lloyd_webber / "grants.json"
    log = Path(f"{file_of(sqlite_url)}-wal")
    running = subprocess.Popen(
        [program, "import", "360giving", file, "--database", sqlite_url],
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
    )
    while running.poll() is None and not (log.exists() and log.stat().st_size):
        time.sleep(0.001)
    running.send_signal(signal.SIGKILL)
    running.wait()

    found = fundtrail.answer("verify")
    assert found["ok"]
    assert found["events"] in (0, 1_291)
    fundtrail.imported(file)
    assert awarded(fundtrail) == {"GBP": AWARDED}
