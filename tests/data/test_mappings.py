"""Lists of our own making: what each way of writing one comes to in the database."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.commandline import Stored, migrated
from tests.data.mapped import MAPPING, ROW, take, write


@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_nested_payments_and_milestones_are_taken_as_the_row_states_them(
    sqlite_url: str, tmp_path: Path, ending: str
) -> None:
    fundtrail = migrated(sqlite_url)
    assert take(fundtrail, write(tmp_path, ROW, ending=ending))["accepted"] == 1

    stored = Stored(sqlite_url)
    (grant,) = stored.events("grant.imported")
    assert (grant.event.no, grant.event.amount_minor) == ("example:7", 123_450)
    assert (grant.event.currency, grant.event.awarded_on) == ("EUR", date(2023, 3, 5))
    (payment,) = stored.events("grant.payment_imported")
    assert (payment.event.amount_minor, payment.event.paid_on) == (100_000, date(2023, 4, 1))
    outcomes = [record.event for record in stored.events("grant.outcome_imported")]
    assert [(o.outcome, o.amount_minor, o.on) for o in outcomes] == [
        ("drilled: done", 80_000, date(2023, 5, 1)),
        ("paid", None, None),
        ("handed over: open", None, None),
    ]
    (proposal,) = stored.events("proposal.imported")
    assert proposal.event.asked_minor is None
    assert not any("Mustermann" in line.decode() for line in stored.lines)
    assert {a["account"]: a["balance_minor"] for a in fundtrail.answer("balances")["accounts"]} == {
        "history.awarded": 123_450 - 100_000,
        "history.paid": 100_000,
        "history.unknown_source": -123_450,
    }
    assert fundtrail.answer("verify")["faults"] == []


def test_a_row_without_an_award_is_a_proposal_with_its_word(
    sqlite_url: str, tmp_path: Path
) -> None:
    refused = {**ROW, "no": 8, "state": "refused", "sum": "k. A.", "asked": "20,5"}
    silent = {**ROW, "no": 9, "state": "k. A."}
    fundtrail = migrated(sqlite_url)
    file = write(tmp_path, ROW, refused, silent)
    assert take(fundtrail, file)["accepted"] == 3

    found = [r.event for r in Stored(sqlite_url).events("proposal.history_imported")]
    assert [(event.outcome, event.asked_minor) for event in found] == [
        ("refused", 2_050),
        ("", None),
    ]
    assert fundtrail.answer("replay")["stages"]["proposals"] == {"awarded": 1, "historical": 2}
    assert take(fundtrail, file)["events"] == 0
    changed = write(tmp_path, ROW, {**refused, "state": "paid", "sum": "1.235"}, silent)
    (refusal,) = take(fundtrail, changed, code=1)["refusals"]
    assert (refusal["row"], refusal["case"], refusal["field"]) == (2, "example:8", "sum, state")


def test_a_unit_keeps_its_own_digits_and_never_meets_a_currency(
    sqlite_url: str, tmp_path: Path
) -> None:
    tokens = {"currency": "DOT", "sum": "0,0123", "payments": [], "milestones": []}
    fundtrail = migrated(sqlite_url)
    take(fundtrail, write(tmp_path, ROW, {**ROW, "no": 8, **tokens}))

    found = {a["currency"]: a["debit_minor"] for a in fundtrail.answer("balances")["accounts"]}
    assert found.keys() == {"EUR", "DOT:4"}
    assert fundtrail.answer("replay")["stages"]["funds"] == {"historical": 2}
    assert fundtrail("balances") == 0
    assert "0.0123" in fundtrail.out


def test_a_dated_award_in_a_currency_goes_out_in_the_standard(
    sqlite_url: str, tmp_path: Path
) -> None:
    fundtrail = migrated(sqlite_url)
    take(fundtrail, write(tmp_path, ROW))
    file = tmp_path / "out.json"
    assert fundtrail.answer("export", "360giving", "-o", file)["count"] == 1
    (grant,) = json.loads(file.read_text())["grants"]
    assert (grant["id"], grant["amountAwarded"], grant["awardDate"]) == (
        "example:7",
        1234.5,
        "2023-03-05",
    )
    assert grant["recipientOrganization"] == [{"id": "r-1", "name": "Well Diggers"}]
    elsewhere = migrated(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert elsewhere.imported(file)["accepted"] == 1


def test_the_same_row_read_in_another_way_is_refused_as_that(
    sqlite_url: str, tmp_path: Path
) -> None:
    fundtrail = migrated(sqlite_url)
    take(fundtrail, write(tmp_path, ROW))
    less = MAPPING[: MAPPING.rindex("[[outcomes]]")]
    (refusal,) = take(fundtrail, write(tmp_path, ROW, mapping=less), code=1)["refusals"]
    assert (refusal["case"], refusal["field"]) == ("example:7", "mapping")


def test_an_identifier_may_be_a_number_and_is_never_written_out_endlessly(
    sqlite_url: str, tmp_path: Path
) -> None:
    fundtrail = migrated(sqlite_url)
    take(fundtrail, write(tmp_path, {**ROW, "no": 5.0}))
    file = write(tmp_path, {**ROW, "no": 5.0})
    file.write_text(file.read_text().replace('"no": 5.0', '"no": 1e999999999'))
    take(fundtrail, file)
    numbers = [record.event.no for record in Stored(sqlite_url).events("grant.imported")]
    assert numbers == ["example:5", "example:1E+999999999"]
