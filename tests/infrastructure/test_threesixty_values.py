"""Amounts, currencies and dates as 360Giving files write them, and those that are refused."""

import json
from pathlib import Path

import pytest

from domain.money import exponent
from tests.infrastructure.threesixty import GRANT, read_bytes, read_grant, read_grants, told


@pytest.mark.parametrize(
    ("currency", "written", "minor"),
    [
        ("GBP", "41133.770000000004", 4_113_377),
        ("GBP", "44337.130000000005", 4_433_713),
        ("GBP", "0.010001", 1),
        ("GBP", '"1500.50"', 150_050),
        ("GBP", "1.5e3", 150_000),
        ("GBP", "0", 0),
        ("gbp", "1", 100),
        ("JPY", "1500", 1_500),
        ("KWD", "1.234", 1_234),
        ("GBP", "90071992547409.91", 2**53 - 1),
        ("JPY", "9007199254740991.0000001", 2**53 - 1),
    ],
)
def test_an_amount_is_the_nearest_minor_unit(
    tmp_path: Path, currency: str, written: str, minor: int
) -> None:
    grant = {**GRANT, "currency": currency, "disbursementTransaction": [], "amountAppliedFor": None}
    text = json.dumps({"grants": [grant]}).replace("1500.5", written)

    result = read_bytes(tmp_path, "grants.json", text.encode())

    assert result.faults == ()
    assert result.rows[0].awarded_minor == minor
    assert result.rows[0].currency == currency.upper()


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("41133.771", "amount_inexact"),
        ("0.010001001", "amount_inexact"),
        ("-1", "amount_negative"),
        ("-0.0000001", "amount_negative"),
        ("NaN", "amount_expected"),
        ("-Infinity", "amount_expected"),
        ("1e99999999999999999999", "amount_expected"),
        ("true", "amount_expected"),
        ("[]", "amount_expected"),
        ('"1,500.00"', "amount_expected"),
        ('"£1500"', "amount_expected"),
        ('"１５００"', "amount_expected"),
        ('"1e3"', "amount_expected"),
        ("90071992547409.92", "amount_too_large"),
        ("1e99999", "amount_too_large"),
        ("9" * 5000, "amount_too_large"),
        ("null", "missing"),
        ('" "', "missing"),
    ],
)
def test_an_amount_that_is_none(tmp_path: Path, written: str, rule: str) -> None:
    text = json.dumps({"grants": [GRANT]}).replace("1500.5", written)

    result = read_bytes(tmp_path, "grants.json", text.encode())

    assert told(result) == {(1, "amountAwarded", rule)}


@pytest.mark.parametrize("currency", ["XXX", "XAU", "ABC", "£", "GB", 826, "GBPX"])
def test_a_currency_that_is_none(tmp_path: Path, currency: object) -> None:
    (fault,) = read_grant(tmp_path, currency=currency).faults

    assert (fault.field, fault.case) == ("currency", "360G-example-1")
    assert fault.rule == ("text_expected" if currency == 826 else "currency_unknown")


def test_minor_units_are_those_of_iso_4217() -> None:
    digits = {code: exponent(code) for code in ("GBP", "CNY", "JPY", "ISK", "IQD", "XOF", "CLF")}

    assert digits == {"GBP": 2, "CNY": 2, "JPY": 0, "ISK": 0, "IQD": 3, "XOF": 0, "CLF": 4}


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("05/06/2014", "date_not_iso"),
        ("20140605", "date_not_iso"),
        ("2014-W23-4", "date_not_iso"),
        ("2014-06", "date_not_iso"),
        ("2014-06-31", "date_not_iso"),
        ("0000-01-01", "date_not_iso"),
        ("２０１４-06-05", "date_not_iso"),
        ("2014-06-05T25:00", "date_not_iso"),
        ("2014-06-05T10:00:00+99:99", "date_not_iso"),
        ("0001-01-01T00:00:00+14:00", "date_out_of_range"),
        ("1899-12-31", "date_out_of_range"),
        ("2101-01-01", "date_out_of_range"),
        ("9999-12-31T23:59:59-12:00", "date_out_of_range"),
        (41795, "date_expected"),
        ({}, "date_expected"),
    ],
)
def test_a_date_that_is_none(tmp_path: Path, written: object, rule: str) -> None:
    assert told(read_grant(tmp_path, awardDate=written)) == {(1, "awardDate", rule)}


def test_with_a_date_format_no_other_is_read(tmp_path: Path) -> None:
    result = read_grants(tmp_path, GRANT, date_format="%d/%m/%Y")

    fields = {"awardDate", "plannedDates/0/startDate", "plannedDates/0/endDate"}
    fields.add("disbursementTransaction/0/transactionDate")
    assert told(result) == {(1, field, "date_not_in_format") for field in fields}


@pytest.mark.parametrize("date_format", ["", "%d/%m", "%Y-%m", "%q", "%", "%H:%M", "\0", "\ud800"])
def test_a_date_format_that_gives_no_day_back(tmp_path: Path, date_format: str) -> None:
    result = read_grants(tmp_path, GRANT, date_format=date_format)

    assert told(result) == {(0, "--date-format", "date_format_unusable")}
