"""Reading 360Giving files: real ones in each form, and what a sound grant becomes."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from infrastructure.imports.threesixty import (
    GrantRow,
    PaymentRow,
    ReadResult,
    fingerprint,
    read_360giving,
)
from tests.infrastructure.threesixty import (
    GRANT,
    SHANGHAI,
    read_bytes,
    read_grant,
    read_grants,
    told,
)


@pytest.fixture(scope="module")
def giving(shared_data: Path) -> Path:
    return shared_data / "360giving"


def awarded(result: ReadResult) -> dict[str, tuple[int, int]]:
    """How many grants and how many minor units there are in each currency."""
    count: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in result.rows:
        count[row.currency] += 1
        total[row.currency] += row.awarded_minor
    return {currency: (count[currency], total[currency]) for currency in count}


def row_of(result: ReadResult) -> GrantRow:
    assert result.faults == ()
    (row,) = result.rows
    return row


@pytest.mark.parametrize("name", ["grants.json", "grants.xlsx"])
def test_the_andrew_lloyd_webber_grants(giving: Path, name: str) -> None:
    result = read_360giving(giving / "andrew-lloyd-webber" / name, zone=SHANGHAI)

    assert result.faults == ()
    assert awarded(result) == {"GBP": (475, 2_175_779_327)}
    assert len({row.recipient_id for row in result.rows}) == 288
    assert sum(row.asked_minor is not None for row in result.rows) == 475
    assert sum(row.awarded_minor > (row.asked_minor or 0) for row in result.rows) == 63
    assert sum(row.planned_months is not None for row in result.rows) == 468
    assert sum(row.awarded_minor % 100 > 0 for row in result.rows) == 14
    days = [row.awarded_on for row in result.rows]
    assert (min(days), max(days)) == (date(2011, 1, 18), date(2020, 12, 31))
    assert not any(row.payments or row.planned_start for row in result.rows)


def test_both_forms_of_the_same_data_have_the_same_fingerprints(giving: Path) -> None:
    first, second = (
        read_360giving(giving / "andrew-lloyd-webber" / name, zone=SHANGHAI)
        for name in ("grants.json", "grants.xlsx")
    )

    assert [fingerprint(row) for row in first.rows] == [fingerprint(row) for row in second.rows]
    assert len({fingerprint(row) for row in first.rows}) == 475
    assert first.sha256 != second.sha256


@pytest.mark.parametrize("name", ["grants.json", "grants-currency.json"])
def test_the_wolfson_grants_are_refused_for_every_date(giving: Path, name: str) -> None:
    result = read_360giving(giving / "wolfson" / name, zone=SHANGHAI)

    assert result.rows == ()
    assert result.stated == 379
    assert told(result) == {(row, "awardDate", "date_not_iso") for row in range(1, 380)}
    assert all(fault.case.startswith("360G-wolfson-") for fault in result.faults)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("grants.json", {"GBP": (379, 3_117_845_600)}),
        ("grants-currency.json", {"GBP": (375, 3_102_452_200), "USD": (4, 15_393_400)}),
    ],
)
def test_the_wolfson_grants_with_their_date_format(
    giving: Path, name: str, expected: dict[str, tuple[int, int]]
) -> None:
    result = read_360giving(giving / "wolfson" / name, zone=SHANGHAI, date_format="%d/%m/%Y")

    assert result.faults == ()
    assert awarded(result) == expected
    assert sum(row.awarded_minor == 0 for row in result.rows) == 114
    assert result.rows[0].awarded_on == date(2014, 6, 5)
    assert result.rows[0].modified == "17/08/2015 00:00"
    assert not any(row.payments for row in result.rows)


def test_what_a_grant_becomes(tmp_path: Path) -> None:
    row = row_of(read_grants(tmp_path, GRANT))

    assert row == GrantRow(
        row=1,
        grant_id="360G-example-1",
        title="Warm meals",
        description="Lunches for people over 80",
        currency="GBP",
        asked_minor=200_000,
        awarded_minor=150_050,
        awarded_on=date(2020, 11, 3),
        awarded_at=datetime(2020, 11, 2, 16, tzinfo=UTC),
        recipient_id="GB-CHC-1",
        recipient_name="Neighbours",
        funder_id="GB-CHC-2",
        funder_name="A Foundation",
        programme="Elders",
        programme_code="E",
        planned_start=date(2021, 1, 1),
        planned_end=date(2021, 12, 31),
        planned_months=12,
        modified="2021-02-15T00:00:00+00:00",
        source=GRANT,
        payments=(PaymentRow(70_025, date(2021, 1, 5)),),
        locations=("Leeds", "York"),
    )


@pytest.mark.parametrize(
    ("written", "day", "at"),
    [
        ("2020-11-03", date(2020, 11, 3), datetime(2020, 11, 2, 16, tzinfo=UTC)),
        ("2020-11-03T23:30:00Z", date(2020, 11, 3), datetime(2020, 11, 3, 23, 30, tzinfo=UTC)),
        ("2020-11-03T00:00:00+01:00", date(2020, 11, 3), datetime(2020, 11, 2, 23, tzinfo=UTC)),
        ("2020-11-03T09:00", date(2020, 11, 3), datetime(2020, 11, 3, 1, tzinfo=UTC)),
        # Shanghai's clocks skipped the first hour of this day.
        ("1940-06-01", date(1940, 6, 1), datetime(1940, 5, 31, 16, tzinfo=UTC)),
    ],
)
def test_the_day_is_as_written_and_the_instant_as_stated(
    tmp_path: Path, written: str, day: date, at: datetime
) -> None:
    row = row_of(read_grant(tmp_path, awardDate=written))

    assert (row.awarded_on, row.awarded_at) == (day, at)


@pytest.mark.parametrize(
    ("date_format", "written"),
    [
        ("%d/%m/%Y", "05/06/2014"),
        ("%d/%m/%Y", "5/6/2014"),
        ("%d.%m.%y", "05.06.14"),
        ("%Y年%m月%d日", "2014年6月5日"),
        ("%d/%m/%Y %H:%M", "05/06/2014 00:00"),
    ],
)
def test_a_date_format_holds_for_every_date(tmp_path: Path, date_format: str, written: str) -> None:
    grant = {
        **GRANT,
        "awardDate": written,
        "plannedDates": [{"endDate": written}],
        "disbursementTransaction": [{"transactionDate": written, "value": 1}],
    }

    row = row_of(read_grants(tmp_path, grant, date_format=date_format))

    day = date(2014, 6, 5)
    assert (row.awarded_on, row.planned_end, row.payments[0].paid_on) == (day, day, day)


def test_a_payment_is_never_invented(tmp_path: Path) -> None:
    transactions: list[dict[str, Any]] = [
        {"value": 10},
        {"transactionDate": "2021-01-05"},
        {"transactionDate": "2021-01-05", "value": 0},
        {},
    ]
    result = read_grant(
        tmp_path,
        disbursementTransaction=transactions,
        amountDisbursed=1500,
        commitmentTransaction=7,
    )

    assert row_of(result).payments == ()


def test_what_is_not_stated_to_the_day_is_no_day(tmp_path: Path) -> None:
    planned = [{"startDate": "2021", "endDate": "2021-12", "duration": 1.5}]
    row = row_of(read_grant(tmp_path, plannedDates=planned))

    assert (row.planned_start, row.planned_end, row.planned_months) == (None, None, None)
    assert row.source["plannedDates"] == planned


def test_the_source_keeps_every_digit_and_every_unknown_field(tmp_path: Path) -> None:
    text = json.dumps(GRANT).replace("1500.5", "41133.770000000004")
    extra = ', "Open Call?": "YES", "long": 0.12345678901234567890123, "big": 90071992547409921}'
    data = f'{{"grants": [{text[:-1]}{extra}]}}'

    row = row_of(read_bytes(tmp_path, "grants.json", data.encode()))

    assert row.awarded_minor == 4_113_377
    assert row.source["amountAwarded"] == 41133.770000000004
    assert row.source["Open Call?"] == "YES"
    assert row.source["long"] == "0.12345678901234567890123"
    assert row.source["big"] == "90071992547409921"


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    grants = [{**GRANT, "id": f"360G-example-{number}"} for number in range(1200)]
    reports: list[tuple[int, int]] = []

    read_grants(tmp_path, *grants, on_progress=lambda *report: reports.append(report))

    assert reports == [(500, 1200), (1000, 1200), (1200, 1200)]
