"""The days of the demonstration: its today, and how its people count working days."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from infrastructure.calendars import load_calendar

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = load_calendar("CN-2027.0")

START = datetime(2017, 9, 15, 8, 30, tzinfo=ZONE)
"""When the district begins: before its first large round."""

THIS_YEAR = date(2026, 2, 24)
"""The first working day after the Spring Festival of 2026, from which on everything is told."""

TODAY = date(2026, 11, 10)
"""The day on which the demonstration stands when it is opened."""


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A local time of day."""
    return datetime.combine(day, time(hour, minute), ZONE)


def after(day: date, working_days: int) -> date:
    """The day on which so many working days have passed."""
    return CALENDAR.after_working_days(day, working_days)


NOW = at(TODAY, 9, 30)
"""The moment at which the clock of the demonstration stops."""
