"""What a round asks of an organisation's record: annual checks, a grade, years of registration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.calendar import years_after
from domain.errors import Reason, Word
from domain.organisations import Organisation
from domain.organisations.annual import check_of, is_checked_for, last_year
from domain.policies import holds
from domain.rounds.round import Round
from domain.rounds.rules import Eligible


def on_record(
    rule: str, organisation: Organisation, round: Round, day: date
) -> Iterable[Reason | None]:
    """What the round asks for and the organisation's record does not show, all of it at once."""
    for asked in round.asks.eligibility:
        if asked.rule == "annual_check":
            yield from has_passed(rule, organisation, asked.years, day)
        elif asked.rule == "grade":
            yield is_graded(rule, organisation, asked, day)
        elif asked.rule == "registered" and asked.years:
            yield is_registered(rule, organisation, asked.years, day)


def has_passed(rule: str, organisation: Organisation, years: int, day: date) -> Iterable[Reason]:
    """Nothing is missing or failed among the annual checks of the last years.

    A check that was handed in and waits for its result speaks neither for nor against.
    """
    last = last_year(organisation, day)
    for year in range(last, last - years, -1):
        known = check_of(organisation, year)
        values = {"name": organisation.name, "year": year, "years": years}
        if known is None and is_checked_for(organisation, year):
            yield Reason(
                f"{rule}.annual_check",
                "No annual check of “{name}” for {year} is recorded; this round asks for those of "
                "the last {years} years.",
                values,
            )
        elif known is not None and known.result == "failed":
            yield Reason(
                f"{rule}.annual_check",
                "“{name}” failed the annual check of {year}; this round looks back {years} years.",
                values,
            )


def is_graded(rule: str, organisation: Organisation, asked: Eligible, day: date) -> Reason | None:
    """The organisation has a grade today, and one that is high enough."""
    current, least = organisation.grade_on(day), asked.grade or ""
    if not current:
        return Reason(
            f"{rule}.grade",
            "“{name}” has no grade that is valid today; this round asks for {least} or better.",
            {"name": organisation.name, "least": Word("choice", least)},
        )
    return holds(
        f"{rule}.grade",
        current >= least,
        "“{name}” is graded {current} until {until}; this round asks for {least} or better.",
        name=organisation.name,
        current=Word("choice", current),
        until=organisation.grade_until,
        least=Word("choice", least),
    )


def is_registered(rule: str, organisation: Organisation, years: int, day: date) -> Reason | None:
    """The organisation has been registered for so many years; what is only filed has none."""
    name, since = organisation.name, organisation.registered_on
    if not organisation.is_legal_person:
        return Reason(
            f"{rule}.registered",
            "This round asks for registered organisations, and “{name}” is only filed.",
            {"name": name},
        )
    if since is None:
        return Reason(
            f"{rule}.registered",
            "Since when “{name}” has been registered is not recorded; this round asks for {years} "
            "years of registration.",
            {"name": name, "years": years},
        )
    return holds(
        f"{rule}.registered",
        years_after(since, years) <= day,
        "“{name}” has been registered since {since}; this round asks for {years} years of "
        "registration.",
        name=name,
        since=since,
        years=years,
    )
