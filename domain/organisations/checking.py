"""How an organisation is checked: its years, its grade, its health, and inspections on the spot.

Whoever belongs to the organisation, or handed a thing in, is not the one who judges it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.calendar import DAY, years_after
from domain.errors import Reason, Word, check
from domain.kernel import Mandate
from domain.organisations import check_events as e
from domain.organisations.annual import (
    LAST_OVERDUE,
    check_of,
    closes,
    is_checked_for,
    last_year,
    opens,
    shuts,
)
from domain.organisations.organisation import Organisation
from domain.policies import holds, no_interest, other_hands

PUNISHED = ("breach", "penalty")
"""The credit records that count as a punishment where an organisation is graded (O14)."""

GRADE_YEARS = 5
"""How long a grade is valid (《社会组织评估管理办法》, 民政部令第39号)."""


def owes_check(rule: str, organisation: Organisation, year: int) -> Reason | None:
    """Whoever was registered late in a year is not checked for it."""
    return holds(
        f"{rule}.new",
        is_checked_for(organisation, year),
        "The organisation was registered too late in {year} to be checked for that year.",
        field="/year",
        year=year,
    )


def submit_annual_check(organisation: Organisation, *, year: int, by: Mandate) -> None:
    """Hands in the annual check of a year (O10), once, while the year is open."""
    stage = organisation.after("submit-annual-check")
    check(
        holds(
            "O10.open",
            opens(year) <= by.day <= shuts(year),
            "The check of {year} is taken from {opens} to {shuts}.",
            field="/year",
            year=year,
            opens=opens(year),
            shuts=shuts(year),
        ),
        holds(
            "O10.once",
            check_of(organisation, year) is None,
            "The check of {year} is handed in or concluded already.",
            field="/year",
            year=year,
        ),
        owes_check("O10", organisation, year),
    )
    event = e.AnnualCheckSubmitted(
        stage=stage, year=year, is_late=by.day > closes(year), submitters=tuple(sorted(by.hands))
    )
    organisation.record(event, by)


def is_due(rule: str, organisation: Organisation, year: int, by: Mandate) -> Reason | None:
    """The check of a year was handed in, or it is overdue, and not for too many years (O10a)."""
    is_overdue = closes(year) < by.day and year >= by.day.year - LAST_OVERDUE
    return holds(
        f"{rule}.submitted",
        check_of(organisation, year) is not None or is_overdue,
        "Nothing was handed in for {year}, and it is not overdue: it was due on {day}, and counts "
        "as overdue for {years} years.",
        field="/year",
        year=year,
        day=closes(year),
        years=LAST_OVERDUE,
    )


def may_conclude(
    organisation: Organisation, year: int, result: e.CheckResult, by: Mandate
) -> Iterable[Reason | None]:
    """What is asked before the check of a year is concluded (O10a)."""
    known = check_of(organisation, year)
    yield is_due("O10a", organisation, year, by)
    yield holds(
        "O10a.overdue",
        known is not None or result == "failed",
        "Nothing was handed in for {year}, so that the check of that year is failed.",
        field="/result",
        year=year,
    )
    yield holds(
        "O10a.once",
        known is None or not known.result,
        "The check of {year} is concluded already.",
        field="/year",
        year=year,
    )
    yield owes_check("O10a", organisation, year)
    yield other_hands("O10a.submitter", by, known.submitters if known else ())
    yield no_interest("O10a.interest", by, organisation.id)


def conclude_annual_check(
    organisation: Organisation, *, year: int, result: e.CheckResult, by: Mandate
) -> None:
    """Says what the check of a year ended in (O10a); failed where nothing was handed in."""
    stage = organisation.after("conclude-annual-check")
    check(*may_conclude(organisation, year, result, by))
    is_overdue = check_of(organisation, year) is None
    event = e.AnnualCheckConcluded(stage=stage, year=year, result=result, is_overdue=is_overdue)
    organisation.record(event, by)


def may_be_graded(organisation: Organisation, day: date) -> Iterable[Reason | None]:
    """What keeps an organisation from being assessed (O14).

    Source: 《社会组织评估管理办法》 (民政部令第39号) on whom a body of assessment turns away: no
    annual check in the last year, a failed one, or two in a row that were passed only basically;
    punished in the last year. That an organisation on a list is turned away is the usual rule of
    assessment notices since there have been lists.
    """
    yield from has_passed_check(organisation, last_year(organisation, day))
    yield was_not_punished(organisation, day)
    yield holds(
        "O14.list",
        not organisation.listed,
        "An organisation that stands on a list is not graded.",
    )


def has_passed_check(organisation: Organisation, year: int) -> Iterable[Reason | None]:
    """The last annual check is passed, and not only basically for the second time (O14)."""
    last, before = check_of(organisation, year), check_of(organisation, year - 1)
    result = last.result if last else ""
    yield holds(
        "O14.annual_check",
        result in ("passed", "basically_passed") or not is_checked_for(organisation, year),
        "An organisation is graded once it has passed the annual check of {year}.",
        year=year,
    )
    yield holds(
        "O14.basically",
        not (before and before.result == result == "basically_passed"),
        "An organisation that has only basically passed its annual check two years running is not "
        "graded.",
    )


def was_not_punished(organisation: Organisation, day: date) -> Reason | None:
    """No punishment is on record for this year or the last (O14)."""
    punishments = (c.happened_on for c in organisation.credit_records if c.kind in PUNISHED)
    last = max(punishments, default=None)
    return holds(
        "O14.punished",
        last is None or last.year < day.year - 1,
        "The organisation was punished on {day}, so it is graded in {year} at the earliest.",
        day=last,
        year=last.year + 2 if last else None,
    )


def grade(organisation: Organisation, *, grade: e.Grade, by: Mandate) -> None:
    """Grades the organisation (O14), for five years."""
    stage = organisation.after("grade")
    check(
        *may_be_graded(organisation, by.day),
        no_interest("O14.interest", by, organisation.id),
    )
    until = years_after(by.day, GRADE_YEARS) - DAY
    organisation.record(e.Graded(stage=stage, grade=grade, grade_until=until), by)


def lower_grade(organisation: Organisation, *, grade: e.Lowered, cause: str, by: Mandate) -> None:
    """Lowers a grade for a cause, or revokes it (O14a); the day on which it ends stays."""
    stage = organisation.after("lower-grade")
    current = organisation.grade_on(by.day)
    check(
        holds(
            "O14a.graded",
            bool(current),
            "The organisation has no grade that is valid today.",
        ),
        holds(
            "O14a.lower",
            not current or grade == "none" or grade < current,
            "The organisation is graded {current}; a lower grade is named, or none.",
            field="/grade",
            current=Word("choice", current),
        ),
        no_interest("O14a.interest", by, organisation.id),
    )
    organisation.record(e.GradeLowered(stage=stage, grade=grade, cause=cause), by)
