"""The years of the annual check: which is open, which is due, and what is known of each.

The check of a year is handed in from the first of January of the next year and is due on the 31st
of May, the last day on which an association or a private non-enterprise unit hands its annual work
report to the authority that registered it (《社会团体登记管理条例》第二十八条, 《民办非企业单位登记
管理暂行条例》第二十三条). Until the end of that year it is still taken, as late. A registration
authority announces its own days each year: these are an example (示例).
"""

from __future__ import annotations

from datetime import date

from domain.organisations.check_events import AnnualCheck
from domain.organisations.organisation import Organisation

DUE = (5, 31)
"""The month and the day on which the check of the year before is due (示例)."""

LAST_DAY_OF_START = (6, 30)
"""The last month and day on which a new organisation is registered and checked for that year.

Whoever has been registered for less than six months when a year ends is not checked for it
(《民办非企业单位年度检查办法》).
"""

LAST_OVERDUE = 2
"""For how many years an overdue check may still be concluded (示例)."""


def opens(year: int) -> date:
    """The first day on which the check of a year is taken."""
    return date(year + 1, 1, 1)


def closes(year: int) -> date:
    """The day on which the check of a year is due."""
    return date(year + 1, *DUE)


def shuts(year: int) -> date:
    """The last day on which the check of a year is taken, late or not."""
    return date(year + 1, 12, 31)


def check_of(organisation: Organisation, year: int) -> AnnualCheck | None:
    """What is known of the check of a year."""
    return next((each for each in organisation.annual_checks if each.year == year), None)


def is_checked_for(organisation: Organisation, year: int) -> bool:
    """Whether the organisation has been there long enough in a year to be checked for it."""
    since = organisation.valid_from or organisation.registered_on
    return since is None or since <= date(year, *LAST_DAY_OF_START)


def last_year(organisation: Organisation, day: date) -> int:
    """The last year whose check should be there: that which is due, or a later one concluded."""
    due = day.year - 1 if day > closes(day.year - 1) else day.year - 2
    return max(due, organisation.checked_year or due)
