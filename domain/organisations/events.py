"""The facts about the standing of an organisation: credit, lists, suspension, its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Literal

import msgspec

from domain.kernel import Event

if TYPE_CHECKING:
    from domain.organisations.organisation import Organisation

ListName = Literal["abnormal", "dishonest", "exclusion"]
"""The two official lists, and the local one that bars from programmes."""

CreditKind = Literal["commendation", "warning", "breach", "write_off", "penalty", "other_credit"]
"""What a credit record says of an organisation.

Of the five sorts of credit information (《社会组织信用信息管理办法》), 行政处罚 is a `penalty` and
其他 the rest here; 基础, 年报 and 行政检查 are the organisation itself, its annual checks and its
inspections, which have events of their own.
"""


class Listing(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry of an organisation on a list: on what basis, from when until when, and its end.

    Without `until` it lasts until somebody removes it; `ended` is the day on which that was.
    """

    list: ListName
    basis: str
    since: date
    until: date | None = None
    ended: date | None = None


class Credit(msgspec.Struct, frozen=True):
    """A credit record as the organisation remembers it."""

    kind: CreditKind
    happened_on: date


def end_change(organisation: Organisation) -> None:
    """Nothing is asked to be changed any more; who asked last stays known."""
    organisation.pending_change = ""
    organisation.new_ref = ""
    organisation.change_document = ""
    organisation.agency_accepted_by = ""


class CreditRecorded(Event, frozen=True, tag="organisation.credit_recorded"):
    kind: CreditKind
    basis: str
    happened_on: date
    calendar: str

    def apply(self, aggregate: Organisation) -> None:
        aggregate.credits += 1
        entry = Credit(self.kind, self.happened_on)
        aggregate.credit_records = (*aggregate.credit_records, entry)


class Listed(Event, frozen=True, tag="organisation.listed"):
    list: ListName
    basis: str
    since: date
    until: date | None = None

    def apply(self, aggregate: Organisation) -> None:
        entry = Listing(self.list, self.basis, self.since, self.until)
        aggregate.listings = (*aggregate.listings, entry)
        aggregate.abnormal_since = abnormal_since(aggregate.listings)


class Unlisted(Event, frozen=True, tag="organisation.unlisted"):
    list: ListName
    ended: date

    def apply(self, aggregate: Organisation) -> None:
        aggregate.listings = tuple(
            msgspec.structs.replace(entry, ended=self.ended)
            if entry.list == self.list and entry.ended is None
            else entry
            for entry in aggregate.listings
        )
        aggregate.abnormal_since = abnormal_since(aggregate.listings)


def abnormal_since(listings: Iterable[Listing]) -> date | None:
    """Since when the organisation has stood on the abnormal list without end."""
    lasting = (entry for entry in listings if entry.list == "abnormal" and entry.ended is None)
    return min((entry.since for entry in lasting), default=None)


class Suspended(Event, frozen=True, tag="organisation.suspended"):
    decision: str
    scope: str
    until: date | None
    appeal_until: date
    stage_left: str
    suspended_by: str

    def apply(self, aggregate: Organisation) -> None:
        super().apply(aggregate)
        end_change(aggregate)


class Reinstated(Event, frozen=True, tag="organisation.reinstated"):
    pass


class DeregistrationRequested(Event, frozen=True, tag="organisation.deregistration_requested"):
    forced: bool
    stage_before_end: str

    def apply(self, aggregate: Organisation) -> None:
        super().apply(aggregate)
        end_change(aggregate)


class Deregistered(Event, frozen=True, tag="organisation.deregistered"):
    asset_disposal: str


class DeregistrationDropped(Event, frozen=True, tag="organisation.deregistration_dropped"):
    pass
