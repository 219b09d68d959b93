"""The dates of a file: ISO 8601, or one other format that the caller names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from infrastructure.imports.threesixty.faults import Unfit, quoted, unreadable

FIRST_YEAR, LAST_YEAR = 1900, 2100
PROBES = (datetime(2014, 6, 5, 13, 45, tzinfo=UTC), datetime(1999, 12, 31, 1, 2, tzinfo=UTC))

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MOMENT = re.compile(
    DAY.pattern + r"[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?",
    re.ASCII,
)
PART_OF_A_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?", re.ASCII)


@dataclass(frozen=True)
class Moment:
    """A day as the file writes it, and the instant in UTC: the file's own time, or the day's start.

    Where the file states a time and an offset, the day is the one it writes, not the local one.
    """

    day: date
    at: datetime


class Dates:
    """Reads every date of one file alike."""

    def __init__(self, zone: ZoneInfo, date_format: str | None = None) -> None:
        """Raises UnreadableFile where the format could not give a whole date back."""
        self.zone = zone
        self.format = date_format
        if date_format is not None and not _gives_days_back(date_format):
            raise unreadable("date_format_unusable", "--date-format", value=quoted(date_format))

    def moment(self, value: object) -> Moment:
        """The moment that a text or a cell of a sheet stands for; Unfit where it is none."""
        read = value if isinstance(value, date) else self._parsed(value)
        if not FIRST_YEAR <= read.year <= LAST_YEAR:
            raise Unfit("date_out_of_range", value=quoted(value), first=FIRST_YEAR, last=LAST_YEAR)
        if not isinstance(read, datetime):
            read = datetime.combine(read, time())
        local = read if read.tzinfo else read.replace(tzinfo=self.zone)
        return Moment(read.date(), local.astimezone(UTC))

    def day(self, value: object) -> date | None:
        """The day; None where the file states only a month or a year, which is no day."""
        if self.format is None and isinstance(value, str) and PART_OF_A_DATE.fullmatch(value):
            return None
        return self.moment(value).day

    def _parsed(self, value: object) -> datetime:
        if not isinstance(value, str):
            raise Unfit("date_expected", value=quoted(value))
        text = value.strip()
        if self.format is not None:
            return self._in_format(text, self.format)
        if not (DAY.fullmatch(text) or MOMENT.fullmatch(text)):
            raise Unfit("date_not_iso", value=quoted(value))
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            raise Unfit("date_not_iso", value=quoted(value)) from None

    def _in_format(self, text: str, date_format: str) -> datetime:
        # To strptime the digits of every script are digits.
        foreign = any(character.isdigit() and not character.isascii() for character in text)
        try:
            return _read_back("" if foreign else text, date_format)
        except ValueError:
            raise Unfit(
                "date_not_in_format", value=quoted(text), format=quoted(date_format)
            ) from None


def _gives_days_back(date_format: str) -> bool:
    try:
        return all(
            _read_back(probe.strftime(date_format), date_format).date() == probe.date()
            for probe in PROBES
        )
    except (ValueError, re.error):
        return False


def _read_back(text: str, date_format: str) -> datetime:
    # Whether a time zone is known depends on the format; where it is not, the caller adds it.
    return datetime.strptime(text, date_format)  # noqa: DTZ007
