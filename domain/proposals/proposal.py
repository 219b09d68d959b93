"""The proposal: drafted, submitted, checked, scored, and awarded or not."""

from __future__ import annotations

from datetime import date

from domain.kernel import Aggregate
from domain.ledger import Posting, post
from domain.proposals.content import (
    BudgetLine,
    Content,
    Defect,
)
from domain.proposals.lifecycle import lifecycle
from domain.proposals.turns import Consent


class Proposal(Aggregate):
    """What an organisation asks of a round, until it is awarded."""

    noun = "proposal"
    lifecycle = lifecycle

    no: str = ""
    round: str = ""
    organisation: str = ""
    fund: str = ""
    place: str = ""
    drafter: str = ""
    checker: str = ""
    partners: tuple[str, ...] = ()
    consents: tuple[Consent, ...] = ()
    content: Content | None = None
    title: str = ""
    budget: tuple[BudgetLine, ...] = ()
    requested_minor: int = 0
    match_minor: int = 0
    content_sha: str = ""
    corrections: int = 0
    defects: tuple[Defect, ...] = ()
    due: date | None = None
    method: str = ""
    score_milli: int | None = None
    rank: int = 0
    improvements: tuple[str, ...] = ()
    waits_at: int = 0
    until: date | None = None
    amount_minor: int = 0
    conditions: tuple[str, ...] = ()
    feedback: str = ""
    basis: str = ""
    heard_on: date | None = None
    hearing: str = ""
    starts: date | None = None
    ends: date | None = None
    award_no: str = ""
    asked_minor: int | None = None
    awarded_on: date | None = None

    @property
    def says(self) -> Content:
        """The content as it stands."""
        return self.content or Content(title=self.title)

    def posts(self, code: str, amount_minor: int, **dimensions: str) -> tuple[Posting, ...]:
        """A posting of this proposal, in its round and fund."""
        return post(
            code,
            amount_minor,
            currency=self.currency,
            fund=self.fund,
            round=self.round,
            proposal=self.id,
            **dimensions,
        )

    def gives_back(self) -> tuple[Posting, ...]:
        """What ends with the proposal: money held for it, match money promised (P4r, P15r)."""
        held = self.amount_minor if self.stage == "on_notice" else 0
        pledged = self.balance("match.pledged")
        return self.posts("P4r", held, line="grants") + self.posts("P15r", pledged)
