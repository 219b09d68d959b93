"""The finding itself, its facts, and small questions about it."""

from __future__ import annotations

from datetime import date

from domain.findings.lifecycle import SEALED, lifecycle
from domain.kernel import Aggregate, Event


class Tipped(Event, frozen=True, tag="finding.tipped"):
    """Says nowhere who gave the tip; that stands in the envelope alone, which is withheld."""

    subject: str
    place: str
    organisation: str
    currency: str
    tip: str


class TipDismissed(Event, frozen=True, tag="finding.tip_dismissed"):
    pass


class TipAdopted(Event, frozen=True, tag="finding.tip_adopted"):
    severity: str
    owner: str
    statement: str
    raiser: str
    raiser_role: str
    due: date | None = None


class Raised(Event, frozen=True, tag="finding.raised"):
    """`hands` are those whose act it is about, beside its owner."""

    subject: str
    place: str
    organisation: str
    currency: str
    severity: str
    amount_minor: int
    refs: tuple[str, ...]
    owner: str
    statement: str
    raiser: str
    raiser_role: str
    hands: tuple[str, ...] = ()
    due: date | None = None


class Responded(Event, frozen=True, tag="finding.responded"):
    reply: str


class RectificationOrdered(Event, frozen=True, tag="finding.rectification_ordered"):
    due: date


class Rectified(Event, frozen=True, tag="finding.rectified"):
    measures: str
    document: str


class Verified(Event, frozen=True, tag="finding.verified"):
    pass


class Escalated(Event, frozen=True, tag="finding.escalated"):
    to: str


class ReturnedToOwner(Event, frozen=True, tag="finding.returned_to_owner"):
    due: date


class HandedOver(Event, frozen=True, tag="finding.handed_over"):
    body: str


class Finding(Aggregate):
    """What somebody found wrong with a thing, named by its stream in `subject`.

    `tip` is what an informant wrote, `statement` what an officer or auditor says of it; `owner` is
    the person who must answer, `due` the last day for what is expected of the owner now.
    """

    noun = "finding"
    lifecycle = lifecycle

    subject: str = ""
    place: str = ""
    organisation: str = ""
    tip: str = ""
    statement: str = ""
    severity: str = ""
    amount_minor: int = 0
    refs: tuple[str, ...] = ()
    owner: str = ""
    raiser: str = ""
    raiser_role: str = ""
    hands: tuple[str, ...] = ()
    due: date | None = None
    reply: str = ""
    measures: str = ""
    document: str = ""
    to: str = ""
    body: str = ""

    @property
    def is_sealed(self) -> bool:
        """Whether it is a tip that was not adopted, which only oversight knows of."""
        return self.stage in SEALED

    def concerns(self, *streams: str) -> bool:
        """Whether it was adopted or raised about one of these things, or refers to one."""
        return not self.is_sealed and not {self.subject, *self.refs}.isdisjoint(streams)
