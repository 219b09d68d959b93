"""How a filing is answered: returned, checked by the community, entered, or rejected.

The community looks at it first, the subdistrict decides, and they are different people. The days
are examples (示例), as local measures set them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.calendar import DAY, Calendar
from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.organisations import filing_events as e
from domain.organisations.filing import ANSWER_DAYS
from domain.organisations.guards import is_free, is_no_member
from domain.organisations.lifecycle import Stage
from domain.organisations.organisation import Organisation
from domain.policies import holds, other_hands

CORRECTION_DAYS = 10
"""How many working days there are to put a filing right (O3); an example (示例)."""

APPEAL_DAYS = 10
"""For how many working days a rejection may be contested (O6); the example (示例) of a round."""


def days_left(organisation: Organisation, calendar: Calendar, day: date) -> int:
    """How many working days the officers had left; none where their day was over."""
    until = organisation.answer_by
    return 0 if until is None else max(0, calendar.working_days_between(day + DAY, until))


def give_back(
    organisation: Organisation, *, defects: tuple[str, ...], calendar: Calendar, by: Mandate
) -> None:
    """Returns the filing with what is to be put right (O3); the officers' clock stands still.

    What the community has passed is returned by the subdistrict alone.
    """
    stage = organisation.after("return-filing")
    is_passed = organisation.stage == Stage.COMMUNITY_CHECKED
    check(
        holds(
            "O3.who",
            not is_passed or by.actor.role == "subdistrict_officer",
            "A filing that has passed its first check is returned by the subdistrict.",
        ),
        *is_no_member("O3", organisation, by),
    )
    event = e.FilingReturned(
        stage=stage,
        defects=defects,
        due=calendar.after_working_days(by.day, CORRECTION_DAYS),
        days_left=days_left(organisation, calendar, by.day),
    )
    organisation.record(event, by)


def abandon(organisation: Organisation, *, by: Mandate) -> None:
    """Gives the filing up (O3a); the clock does so when what was returned is overdue."""
    stage = organisation.after("abandon-filing")
    is_over = organisation.due is not None and by.day > organisation.due
    check(
        holds(
            "O3a.due",
            by.actor.role != "clock" or is_over,
            "The day by which the filing was to be put right is not over.",
        )
    )
    organisation.record(e.FilingAbandoned(stage=stage), by)


def pass_first_check(organisation: Organisation, *, opinion: str, by: Mandate) -> None:
    """The community finds the filing in order (O4), by another hand than drafted it."""
    stage = organisation.after("pass-first-check")
    check(
        other_hands("O4.drafter", by, (organisation.drafter,)),
        *is_no_member("O4", organisation, by),
    )
    event = e.FirstCheckPassed(stage=stage, check_opinion=opinion, checker=by.person)
    organisation.record(event, by)


def has_sound_entry(
    organisation: Organisation, filing_no: str, valid_from: date, is_taken: bool
) -> Iterable[Reason | None]:
    """The number is given once, and the filing is valid from no day before it was asked for."""
    asked = organisation.requested_on
    yield holds(
        "O5.unique",
        not is_taken,
        "An organisation is filed under this number already.",
        field="/filing_no",
    )
    yield holds(
        "O5.valid_from",
        asked is None or valid_from >= asked,
        "A filing is valid from the day on which it was asked for, or from a later one.",
        field="/valid_from",
    )


def approve(
    organisation: Organisation,
    *,
    filing_no: str,
    valid_from: date,
    is_taken: bool,
    namesakes: int,
    by: Mandate,
) -> None:
    """The subdistrict enters the organisation in its register (O5), under a number of its own."""
    stage = organisation.after("approve-filing")
    check(
        other_hands("O5.hands", by, (organisation.checker, organisation.drafter)),
        *is_no_member("O5", organisation, by),
        is_free("O5", namesakes),
        *has_sound_entry(organisation, filing_no, valid_from, is_taken),
    )
    event = e.FilingEntered(stage=stage, filing_no=filing_no, valid_from=valid_from)
    organisation.record(event, by)


def reject(organisation: Organisation, *, remedy: str, calendar: Calendar, by: Mandate) -> None:
    """Rejects the filing (O6), and says what can be done about it; an appeal may reopen it.

    Whose rejection an appeal has undone does not reject the filing again.
    """
    stage = organisation.after("reject-filing")
    check(
        other_hands("O6.again", by, organisation.rejecters),
        *is_no_member("O6", organisation, by),
    )
    event = e.FilingRejected(
        stage=stage,
        remedy=remedy,
        appeal_until=calendar.after_working_days(by.day, APPEAL_DAYS),
        rejecters=tuple(sorted(by.hands.union(organisation.rejecters))),
    )
    organisation.record(event, by)


def reopen(organisation: Organisation, *, calendar: Calendar, by: Mandate) -> None:
    """Lets the filing start anew after an appeal (O6a), with all its days and both its checks."""
    stage = organisation.after("reopen-filing")
    answer_by = calendar.after_working_days(by.day, ANSWER_DAYS)
    organisation.record(e.FilingReopened(stage=stage, answer_by=answer_by), by)
