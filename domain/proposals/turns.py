"""The facts of turns that a proposal may take: consent, better content, waiting, a forced end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.kernel import Event
from domain.proposals.content import BudgetLine, Content

if TYPE_CHECKING:
    from domain.proposals.proposal import Proposal


@dataclass(frozen=True, slots=True)
class Consent:
    """A partner's consent to the content of that hash."""

    organisation: str
    content_sha: str


class Consented(Event, frozen=True, tag="proposal.consented"):
    organisation: str
    content_sha: str

    def apply(self, aggregate: Proposal) -> None:
        aggregate.stage = self.stage
        others = (c for c in aggregate.consents if c.organisation != self.organisation)
        aggregate.consents = (*others, Consent(self.organisation, self.content_sha))


class OptimisationRequested(Event, frozen=True, tag="proposal.optimisation_requested"):
    improvements: tuple[str, ...]
    due: date


class Optimised(Event, frozen=True, tag="proposal.optimised"):
    content: Content
    requested_minor: int
    budget: tuple[BudgetLine, ...]
    content_sha: str

    def apply(self, aggregate: Proposal) -> None:
        super().apply(aggregate)
        aggregate.title = self.content.title


class OptimisationLapsed(Event, frozen=True, tag="proposal.optimisation_lapsed"):
    pass


class Waitlisted(Event, frozen=True, tag="proposal.waitlisted"):
    waits_at: int
    until: date


class Promoted(Event, frozen=True, tag="proposal.promoted"):
    amount_minor: int


class WaitExpired(Event, frozen=True, tag="proposal.wait_expired"):
    pass


class Disqualified(Event, frozen=True, tag="proposal.disqualified"):
    basis: str
    heard_on: date
    hearing: str
    decided_on: date


class Cancelled(Event, frozen=True, tag="proposal.cancelled"):
    pass
