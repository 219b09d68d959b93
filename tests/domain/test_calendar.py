"""The calendar: which days are worked, and how a count of them runs."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.calendar import LONGEST_COUNT, Calendar
from infrastructure.calendars import latest_version, load_calendar, versions

CHINA = load_calendar("CN-2026.1")
WITH_2027 = load_calendar("CN-2027.0")

days = some.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
counts = some.integers(min_value=1, max_value=120)


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(index) for index in range((last - first).days + 1)]


def test_every_day_agrees_with_an_independent_calendar() -> None:
    different = [
        day
        for day in every_day(CHINA.first, CHINA.last)
        if CHINA.is_working_day(day) is not chinese_calendar.is_workday(day)
    ]

    assert different == []
    assert (CHINA.first, CHINA.last) == (date(2004, 1, 1), date(2026, 12, 31))


def test_futian_notice_of_five_working_days() -> None:
    starts = date(2021, 8, 18)

    assert CHINA.notice_end(starts, 5) == date(2021, 8, 24)
    assert CHINA.working_days_between(starts, date(2021, 8, 24)) == 5
    assert CHINA.after_working_days(starts, 5) == date(2021, 8, 25)


@pytest.mark.parametrize(
    ("starts", "working_days", "ends"),
    [
        (date(2021, 9, 30), 2, date(2021, 10, 8)),  # The National Day week lies between.
        (date(2021, 9, 18), 1, date(2021, 9, 18)),  # A Saturday that is worked counts itself.
        (date(2021, 9, 19), 1, date(2021, 9, 22)),  # A Sunday before the Mid-Autumn days.
        (date(2026, 12, 31), 2, date(2027, 1, 1)),  # Beyond the table: Monday to Friday.
    ],
)
def test_notices_across_holidays(starts: date, working_days: int, ends: date) -> None:
    assert CHINA.notice_end(starts, working_days) == ends


def test_next_years_table_adds_the_statutory_days_and_says_it_is_provisional() -> None:
    assert latest_version() == versions()[-1] == "CN-2027.0"
    assert WITH_2027.provisional
    assert not CHINA.provisional
    assert WITH_2027.first == CHINA.first
    assert not WITH_2027.is_working_day(date(2027, 1, 1))
    assert WITH_2027.notice_end(date(2026, 12, 31), 2) == date(2027, 1, 4)
    assert all(
        WITH_2027.is_working_day(day) is CHINA.is_working_day(day)
        for day in every_day(CHINA.first, CHINA.last)
    )
    assert len({day for day in WITH_2027.days_off if day.year == 2027}) == 13


def test_what_a_calendar_covers() -> None:
    assert CHINA.covers(CHINA.first, CHINA.last)
    assert not CHINA.covers(date(2003, 12, 31), date(2004, 1, 5))
    assert not CHINA.covers(date(2026, 12, 31), date(2027, 1, 1))
    assert WITH_2027.covers(date(2026, 12, 31), date(2027, 1, 1))


def test_days_off_are_weekdays_and_days_worked_are_not() -> None:
    assert all(day.weekday() < 5 and WITH_2027.covers(day, day) for day in WITH_2027.days_off)
    assert all(day.weekday() >= 5 and WITH_2027.covers(day, day) for day in WITH_2027.days_worked)


@pytest.mark.parametrize("count", [-1, LONGEST_COUNT + 1])
def test_a_count_has_limits(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        CHINA.after_working_days(date(2026, 1, 1), count)


def test_a_notice_has_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="0"):
        CHINA.notice_end(date(2026, 1, 1), 0)


@pytest.mark.parametrize("version", ["CN-1999.1", "", "../cn-2026-1", "cn-2026-1"])
def test_an_unknown_version_is_named(version: str) -> None:
    with pytest.raises(LookupError, match="There is no calendar"):
        load_calendar(version)


@given(starts=days, working_days=counts)
def test_a_notice_holds_exactly_its_working_days(starts: date, working_days: int) -> None:
    ends = WITH_2027.notice_end(starts, working_days)

    assert WITH_2027.working_days_between(starts, ends) == working_days
    assert WITH_2027.is_working_day(ends)


@given(start=days, first=counts, second=counts)
def test_counting_on_is_counting_the_sum(start: date, first: int, second: int) -> None:
    between = WITH_2027.after_working_days(start, first)

    assert WITH_2027.after_working_days(between, second) == WITH_2027.after_working_days(
        start, first + second
    )
    assert WITH_2027.after_working_days(start, 0) == start


@given(first=days, middle=days, last=days)
def test_spans_add_up(first: date, middle: date, last: date) -> None:
    first, middle, last = sorted((first, middle, last))
    after = middle + timedelta(1)

    assert WITH_2027.working_days_between(first, middle) + WITH_2027.working_days_between(
        after, last
    ) == WITH_2027.working_days_between(first, last)


@given(day=days)
def test_without_a_table_the_week_decides(day: date) -> None:
    bare = Calendar(
        version="XX-2026.1", first=day, last=day, days_off=frozenset(), days_worked=frozenset()
    )

    assert bare.is_working_day(day) is (day.weekday() < 5)
    assert bare.working_days_between(day, day - timedelta(1)) == 0
