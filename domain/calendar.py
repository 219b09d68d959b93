"""The working days of a country, as one published version of its calendar has them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import msgspec

SATURDAY = 5
DAY = timedelta(days=1)

BUSINESS_TIME = timezone(timedelta(hours=8))
"""The time of business days, that of Asia/Shanghai, which has not moved since 1991."""

LONGEST_COUNT = 10_000
"""The most working days that anything may be counted over: about forty years."""


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """Which days are worked, from the first to the last day that the version covers.

    Outside that range every Monday to Friday is taken for worked; `covers` tells whether an answer
    rests on the published calendar alone.
    """

    version: str
    first: date
    last: date
    days_off: frozenset[date]
    """The public holidays that fall on a Monday to Friday."""
    days_worked: frozenset[date]
    """The Saturdays and Sundays that are worked in exchange (调休)."""
    provisional: bool = False
    """Whether the yearly notice for a part of the range was still missing."""

    def is_working_day(self, day: date) -> bool:
        """Whether people work on that day."""
        if day.weekday() >= SATURDAY:
            return day in self.days_worked
        return day not in self.days_off

    def covers(self, first: date, last: date) -> bool:
        """Whether every day from the first to the last lies in the published range."""
        return self.first <= first <= last <= self.last

    def after_working_days(self, start: date, count: int) -> date:
        """The day on which `count` working days have passed since `start`, which is not counted.

        Raises ValueError where the count is negative or above LONGEST_COUNT.
        """
        if not 0 <= count <= LONGEST_COUNT:
            raise ValueError(count)
        day = start
        while count:
            day += DAY
            count -= self.is_working_day(day)
        return day

    def before_working_days(self, end: date, count: int) -> date:
        """The day from which `count` working days are left until `end`, which is not counted.

        Raises ValueError where the count is negative or above LONGEST_COUNT.
        """
        if not 0 <= count <= LONGEST_COUNT:
            raise ValueError(count)
        day = end
        while count:
            day -= DAY
            count -= self.is_working_day(day)
        return day

    def notice_end(self, starts: date, working_days: int) -> date:
        """The last day of a notice of that many working days.

        The first day counts if it is worked, as the district of Futian counts: a notice of 5
        working days from 2021-08-18 ends with 2021-08-24. Raises ValueError where there is no
        working day to count.
        """
        if working_days < 1:
            raise ValueError(working_days)
        return self.after_working_days(starts - DAY, working_days)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie from the first to the last day, both of them counted."""
        days = (last - first).days + 1
        return sum(self.is_working_day(first + index * DAY) for index in range(days))


def business_day(moment: datetime) -> date:
    """The business day on which a moment lies."""
    return moment.astimezone(BUSINESS_TIME).date()


def years_after(day: date, years: int) -> date:
    """The same day so many years later; the first of March after a leap day that is missing."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
