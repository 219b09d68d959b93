"""Real lists of past awards, read by the mappings in docs/: nothing is lost, nothing made up."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.commandline import CommandLine, Stored, content, migrated
from tests.data.histories import CASES, Case, Change, altered

NOTHING = {"accepted": 0, "refused": 0, "events": 0, "refusals": [], "not_assessed": []}
GRANTS = "grants"


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


def take(fundtrail: CommandLine, file: Path, case: Case, code: int = 0) -> Any:
    return fundtrail.answer("import", "history", file, "--mapping", case.map, code=code)


def history(url: str, shared_data: Path, case: Case) -> tuple[CommandLine, Path]:
    fundtrail, file = migrated(url), shared_data / GRANTS / case.file
    assert take(fundtrail, file, case)["accepted"] == case.rows
    return fundtrail, file


def check_content(fundtrail: CommandLine, file: Path, case: Case) -> None:
    """Compares everything that is recorded with what the file states."""
    said, stored = case.read(file), Stored(fundtrail.url)
    grants = stored.events("grant.imported")
    assert len(grants) == said.awards
    assert sum(record.event.amount_minor for record in grants) == said.awarded_minor
    assert {record.event.currency for record in grants} == {case.unit}
    assert all(record.event.awarded_on is None for record in grants)
    assert stored.events("grant.payment_imported") == []
    outcomes = [record.event for record in stored.events("grant.outcome_imported")]
    recorded = Counter((o.outcome, o.amount_minor, o.on and o.on.isoformat()) for o in outcomes)
    assert recorded == said.outcomes
    without = Counter(r.event.outcome for r in stored.events("proposal.history_imported"))
    assert without == said.without
    accounts = {
        account["account"]: account["balance_minor"]
        for account in fundtrail.answer("balances")["accounts"]
    }
    total = said.awarded_minor
    assert accounts == {"history.awarded": total, "history.unknown_source": -total}


def test_every_award_and_outcome_is_recorded_and_none_is_made_up(
    shared_data: Path, sqlite_url: str, case: Case
) -> None:
    fundtrail, file = history(sqlite_url, shared_data, case)
    check_content(fundtrail, file, case)
    assert fundtrail.answer("verify")["faults"] == []
    assert fundtrail.answer("replay")["accounts"] == fundtrail.answer("balances")["accounts"]


def test_on_postgresql_it_is_the_same(shared_data: Path, postgresql_url: str) -> None:
    fundtrail, file = history(postgresql_url, shared_data, CASES["monero"])
    check_content(fundtrail, file, CASES["monero"])
    assert fundtrail.answer("verify")["faults"] == []
    assert take(fundtrail, file, CASES["monero"]) == NOTHING


def test_the_published_figures_are_met(shared_data: Path, sqlite_url: str) -> None:
    history(sqlite_url, shared_data, CASES["tokenhouse"])
    events = [r.event for r in Stored(sqlite_url).events("grant.outcome_imported")]
    words = Counter(event.outcome for event in events)
    assert {name: words[name] for name in ("Sent", "Clawed Back", "Team non responsive")} == {
        "Sent": 351,
        "Clawed Back": 10,
        "Team non responsive": 3,
    }
    assert words["Sent to locked Multisig"] == 151


def test_the_same_list_again_adds_nothing(
    shared_data: Path, sqlite_url: str, tmp_path: Path, case: Case
) -> None:
    fundtrail, file = history(sqlite_url, shared_data, case)
    before = content(sqlite_url)
    assert take(fundtrail, file, case) == NOTHING
    backwards = altered(file, tmp_path, lambda rows: rows.reverse())
    assert take(fundtrail, backwards, case) == NOTHING
    assert content(sqlite_url) == before


def set_field(row: int, name: str, value: object) -> Change:
    def change(rows: list[dict[str, Any]]) -> None:
        rows[row][name] = value

    return change


CHANGES = {
    "tokenhouse": (set_field(500, "Status", "Clawed Back"), 502, "Status"),
    "govgrants": (set_field(3, "amount", 1), 4, "amount"),
    "monero": (set_field(0, "status", "open_tasks"), 2, "status"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_row_is_refused_by_name(
    shared_data: Path, sqlite_url: str, tmp_path: Path, name: str
) -> None:
    case, (change, row, field) = CASES[name], CHANGES[name]
    fundtrail, file = history(sqlite_url, shared_data, case)
    before = content(sqlite_url)

    answer = take(fundtrail, altered(file, tmp_path, change), case, code=1)

    assert (answer["accepted"], answer["refused"], answer["events"]) == (0, 1, 0)
    (refusal,) = answer["refusals"]
    assert (refusal["row"], refusal["field"], refusal["rule"]) == (row, field, "I2.changed")
    assert refusal["case"].startswith(case.mapping.removesuffix(".toml"))
    assert content(sqlite_url) == before


FAULTY = {
    "a negative amount": (set_field(9, "OP Total Amount", "-1.0"), 11, "OP Total Amount"),
    "too many digits": (set_field(9, "OP Delivered", "1.0005"), 11, "OP Delivered"),
    "no number": (set_field(9, "OP Total Amount", "1,000"), 11, "OP Total Amount"),
    "no amount": (set_field(9, "OP Total Amount", ""), 11, "OP Total Amount"),
    "a day that no month has": (
        set_field(9, "Initial delivery date", "2023-02-30 00:00:00"),
        11,
        "Initial delivery date",
    ),
    "a word that the mapping does not know": (set_field(9, "Status", "Burnt"), 11, "Status"),
    "an identifier twice": (set_field(9, "", "8"), 11, "(column A)"),
    "no title": (set_field(9, "Project Name", " "), 11, "Project Name"),
}


@pytest.mark.parametrize(("change", "row", "field"), FAULTY.values(), ids=FAULTY)
def test_a_list_with_a_fault_changes_nothing(
    shared_data: Path, sqlite_url: str, tmp_path: Path, change: Change, row: int, field: str
) -> None:
    case = CASES["tokenhouse"]
    fundtrail = migrated(sqlite_url)
    before = content(sqlite_url)
    file = altered(shared_data / GRANTS / case.file, tmp_path, change)

    answer = take(fundtrail, file, case, code=2)

    assert (answer["accepted"], answer["refused"], answer["events"]) == (0, 1, 0)
    assert {(r["row"], r["field"]) for r in answer["refusals"]} == {(row, field)}
    assert fundtrail("import", "history", file, "--mapping", case.map) == 2
    assert f"{file}: row {row}" in fundtrail.err
    assert content(sqlite_url) == before


def test_who_applied_is_kept_nowhere(shared_data: Path, sqlite_url: str) -> None:
    history(sqlite_url, shared_data, CASES["monero"])
    assert not any(b'\\"author\\"' in line for line in Stored(sqlite_url).lines)


def test_what_the_standard_has_no_words_for_is_left_out_and_said(
    shared_data: Path, sqlite_url: str, tmp_path: Path
) -> None:
    fundtrail, _ = history(sqlite_url, shared_data, CASES["monero"])
    file = tmp_path / "exported.json"
    assert fundtrail.answer("export", "360giving", "-o", file)["count"] == 0
    assert fundtrail.err.startswith("67 grants were left out")
