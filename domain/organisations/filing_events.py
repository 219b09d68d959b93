"""The facts by which an organisation is filed, changes, and becomes a legal person."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from domain.kernel import Event
from domain.organisations.events import end_change

if TYPE_CHECKING:
    from domain.organisations.organisation import Organisation

Kind = Literal[
    "daily_services", "charity", "mutual_help", "culture_sports", "public_affairs", "rural_skills"
]
"""What a community organisation does, by the classes in which they are filed."""

Changing = Literal["name", "leader", "address", "account", "fiscal_agent"]
"""What an organisation may ask to have changed, one at a time."""


class Drafted(Event, frozen=True, tag="organisation.drafted"):
    name: str
    kind: Kind
    place: str
    leader: str
    founder: str
    drafter: str


class DraftedFor(Event, frozen=True, tag="organisation.drafted_for"):
    """A community officer wrote it down for people who asked for that."""

    name: str
    kind: Kind
    place: str
    leader: str
    founder: str
    drafter: str


class FilingRequested(Event, frozen=True, tag="organisation.filing_requested"):
    """What is asked for as a whole; `answer_by` is worked out by the days that are left."""

    name: str
    place: str
    charter: str
    member_count: int
    leader: str
    aims: str
    fiscal_agent: str
    calendar: str
    requested_on: date
    answer_by: date

    def apply(self, aggregate: Organisation) -> None:
        super().apply(aggregate)
        aggregate.due = None
        aggregate.checker = ""
        aggregate.check_opinion = ""


class FilingReturned(Event, frozen=True, tag="organisation.filing_returned"):
    defects: tuple[str, ...]
    due: date
    days_left: int

    def apply(self, aggregate: Organisation) -> None:
        super().apply(aggregate)
        aggregate.answer_by = None


class FilingAbandoned(Event, frozen=True, tag="organisation.filing_abandoned"):
    pass


class FirstCheckPassed(Event, frozen=True, tag="organisation.first_check_passed"):
    check_opinion: str
    checker: str


class FilingEntered(Event, frozen=True, tag="organisation.filed"):
    filing_no: str
    valid_from: date

    def apply(self, aggregate: Organisation) -> None:
        super().apply(aggregate)
        aggregate.answer_by = None
        aggregate.decided = ("founder", "leader")


class FilingRejected(Event, frozen=True, tag="organisation.filing_rejected"):
    """`rejecters` are all who have rejected it so far."""

    remedy: str
    appeal_until: date
    rejecters: tuple[str, ...]

    def apply(self, aggregate: Organisation) -> None:
        super().apply(aggregate)
        aggregate.answer_by = None


class FilingReopened(Event, frozen=True, tag="organisation.filing_reopened"):
    answer_by: date

    def apply(self, aggregate: Organisation) -> None:
        super().apply(aggregate)
        aggregate.days_left = None
        aggregate.checker = ""
        aggregate.check_opinion = ""


class ChangeRequested(Event, frozen=True, tag="organisation.change_requested"):
    pending_change: Changing
    new_ref: str
    change_document: str
    change_requester: str
    stage_before_change: str


class Changed(Event, frozen=True, tag="organisation.changed"):
    """One fact about the organisation is another from now on.

    The day, moment and hands of the last change of account stand in it as they are after it.
    """

    changed: Changing
    old_ref: str
    new_ref: str
    account_changed: date | None
    account_changed_at: datetime | None
    account_hands: tuple[str, ...]

    def apply(self, aggregate: Organisation) -> None:
        super().apply(aggregate)
        setattr(aggregate, self.changed, self.new_ref)
        aggregate.decided = (*aggregate.decided, self.changed)
        end_change(aggregate)


class AgencyAccepted(Event, frozen=True, tag="organisation.agency_accepted"):
    """The one that is to keep the money agrees to it, by the person named."""

    agency_accepted_by: str


class ChangeRefused(Event, frozen=True, tag="organisation.change_refused"):
    def apply(self, aggregate: Organisation) -> None:
        super().apply(aggregate)
        end_change(aggregate)


class UpgradeStarted(Event, frozen=True, tag="organisation.upgrade_started"):
    pass


class Registered(Event, frozen=True, tag="organisation.registered"):
    uscc: str
    authority: str
    certificate: str
    registered_on: date | None = None


class UpgradeAbandoned(Event, frozen=True, tag="organisation.upgrade_abandoned"):
    pass
