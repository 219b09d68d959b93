"""The standing of an organisation: credit, lists, suspension, and how it ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.calendar import DAY, Calendar
from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.organisations import events as e
from domain.organisations.organisation import Organisation
from domain.policies import holds, no_interest, other_hands

CREDIT_DAYS = 5
"""Within how many working days of the fact credit is recorded (O11)."""


def is_recent(happened_on: date, calendar: Calendar, by: Mandate) -> Iterable[Reason | None]:
    """The fact has happened, and not too many working days ago (O11)."""
    waited = (by.day - happened_on).days
    # A span that is far too long is not counted day by day.
    days = calendar.working_days_between(happened_on + DAY, by.day) if 0 <= waited <= 50 else waited
    yield holds(
        "O11.future",
        waited >= 0,
        "What has not happened yet is not recorded.",
        field="/happened_on",
    )
    yield holds(
        "O11.days",
        days <= CREDIT_DAYS,
        "Credit is recorded within {days} working days of the fact.",
        field="/happened_on",
        days=CREDIT_DAYS,
    )


def record_credit(
    organisation: Organisation,
    *,
    kind: e.CreditKind,
    basis: str,
    happened_on: date,
    calendar: Calendar,
    by: Mandate,
) -> None:
    """Records a fact that bears on whether the organisation may be trusted (O11)."""
    stage = organisation.after("record-credit")
    check(*is_recent(happened_on, calendar, by))
    event = e.CreditRecorded(
        stage=stage,
        kind=kind,
        basis=basis,
        happened_on=happened_on,
        calendar=calendar.version,
    )
    organisation.record(event, by)


def place_on_list(
    organisation: Organisation, *, list: e.ListName, until: date | None, basis: str, by: Mandate
) -> None:
    """Enters the organisation on a list (O11a); the local exclusion always has a last day."""
    stage = organisation.after("place-on-list")
    check(
        holds(
            "O11a.until",
            until is not None or list != "exclusion",
            "An exclusion from programmes has a last day.",
            field="/until",
        ),
        holds(
            "O11a.future",
            until is None or until >= by.day,
            "The last day on a list is not over when the entry is made.",
            field="/until",
        ),
        holds(
            "O11a.once",
            not is_listed_until(organisation, list, until),
            "The organisation is on this list already, for as long or longer.",
            field="/list",
        ),
    )
    event = e.Listed(stage=stage, list=list, basis=basis, since=by.day, until=until)
    organisation.record(event, by)


def is_listed_until(organisation: Organisation, list: e.ListName, until: date | None) -> bool:
    """Whether an entry on that list lasts as long as a day, or without end."""
    lasting = (entry for entry in organisation.listed if entry.list == list)
    return any(
        entry.until is None or (until is not None and entry.until >= until) for entry in lasting
    )


def remove_from_list(organisation: Organisation, *, list: e.ListName, by: Mandate) -> None:
    """Ends what keeps the organisation on a list (O11b); the clock does so when it is over."""
    stage = organisation.after("remove-from-list")
    current = [entry for entry in organisation.listed if entry.list == list]
    over = all(entry.until is not None and by.day > entry.until for entry in current)
    check(
        holds(
            "O11b.listed",
            bool(current),
            "The organisation is not on this list.",
            field="/list",
        ),
        holds(
            "O11b.end",
            by.actor.role != "clock" or over,
            "The last day on the list is not over.",
        ),
        holds(
            "O11b.reason",
            by.actor.role == "clock" or bool(by.reason),
            "Say how the cause was cured, or why it has ended.",
            field="/reason",
        ),
        no_interest("O11b.interest", by, organisation.id),
    )
    organisation.record(e.Unlisted(stage=stage, list=list, ended=by.day), by)


def are_sound(until: date | None, appeal_until: date, by: Mandate) -> Iterable[Reason | None]:
    """A suspension lasts beyond the day, and leaves time to contest it (O12)."""
    yield holds(
        "O12.until",
        until is None or until >= by.day,
        "The last day of a suspension is not over when it begins.",
        field="/until",
    )
    yield holds(
        "O12.appeal",
        appeal_until >= by.day,
        "The decision leaves time to contest it.",
        field="/appeal_until",
    )


def suspend(
    organisation: Organisation,
    *,
    decision: str,
    scope: str,
    until: date | None,
    appeal_until: date,
    by: Mandate,
) -> None:
    """Suspends the organisation by a numbered decision (O12)."""
    stage = organisation.after("suspend")
    check(*are_sound(until, appeal_until, by))
    event = e.Suspended(
        stage=stage,
        decision=decision,
        scope=scope,
        until=until,
        appeal_until=appeal_until,
        stage_left=organisation.settled_stage,
        suspended_by=by.person,
    )
    organisation.record(event, by)


def reinstate(organisation: Organisation, *, by: Mandate) -> None:
    """Ends the suspension (O12a), by another hand than that which ordered it."""
    stage = organisation.after("reinstate")
    check(
        other_hands("O12a.suspender", by, (organisation.suspended_by,)),
        no_interest("O12a.interest", by, organisation.id),
    )
    organisation.record(e.Reinstated(stage=stage), by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """What an organisation has not ended yet: proposals, grants, money ordered back or kept.

    `custody_minor` is what is kept for it as a client, and what it keeps as a fiscal agent.
    """

    proposals: int
    grants: int
    clawbacks: int = 0
    custody_minor: int = 0

    def reasons(self, rule: str) -> tuple[Reason | None, ...]:
        """What speaks against the end of the organisation."""
        return (
            holds(
                f"{rule}.proposals",
                not self.proposals,
                "{count} proposals of the organisation have not ended.",
                count=self.proposals,
            ),
            holds(
                f"{rule}.grants",
                not self.grants,
                "{count} grants of the organisation have not ended.",
                count=self.grants,
            ),
            holds(
                f"{rule}.clawbacks",
                not self.clawbacks,
                "{count} amounts are still ordered back from the organisation.",
                count=self.clawbacks,
            ),
            holds(
                f"{rule}.custody",
                not self.custody_minor,
                "A custody account for the organisation, or kept by it, is not empty.",
            ),
        )


def request_deregistration(
    organisation: Organisation, *, unsettled: Unsettled, by: Mandate
) -> None:
    """Asks for the end of the organisation (O13): itself when nothing is open, or by force."""
    stage = organisation.after("request-deregistration")
    forced = by.actor.role != "legal_representative"
    check(*(() if forced else unsettled.reasons("O13")))
    event = e.DeregistrationRequested(
        stage=stage, forced=forced, stage_before_end=organisation.settled_stage
    )
    organisation.record(event, by)


def confirm_deregistration(
    organisation: Organisation, *, asset_disposal: str, unsettled: Unsettled, by: Mandate
) -> None:
    """Ends the organisation once everything is settled (O13a)."""
    stage = organisation.after("confirm-deregistration")
    check(
        *unsettled.reasons("O13a"),
        no_interest("O13a.interest", by, organisation.id),
    )
    organisation.record(e.Deregistered(stage=stage, asset_disposal=asset_disposal), by)


def drop_deregistration(organisation: Organisation, *, by: Mandate) -> None:
    """Lets the organisation go on as before (O13b)."""
    stage = organisation.after("drop-deregistration")
    check(no_interest("O13b.interest", by, organisation.id))
    organisation.record(e.DeregistrationDropped(stage=stage), by)
