"""The proposal: drafted, submitted, checked, scored, and awarded or not."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.errors import refuse
from domain.kernel import Aggregate, Record
from domain.ledger import Posting, post
from domain.proposals.content import (
    BudgetLine,
    Content,
    Defect,
)
from domain.proposals.lifecycle import GOES_ON, lifecycle
from domain.proposals.recusals import Asked
from domain.proposals.turns import Consent

JUDGED = frozenset(
    f"proposal.{judged}"
    for judged in (
        *("intake_started", "correction_requested", "found_ineligible", "budget_checked"),
        *("admitted", "optimisation_requested", "award_proposed", "waitlisted", "declined"),
        *("promoted", "award_revoked", "disqualified"),
    )
)
"""The events of those who check a proposal or decide on it; their hands are remembered."""

DECIDED = frozenset(
    f"proposal.{decided}"
    for decided in ("found_ineligible", "declined", "award_revoked", "disqualified")
)
"""The events that decide against the applicant; each may be contested once."""


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
    capacity_score_milli: int | None = None
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
    asked_on: date | None = None
    import_id: str = ""
    outcome: str = ""
    row: int = 0
    source: str = ""
    fingerprint: str = ""
    objection: str = ""
    held_on: date | None = None
    decided_on: date | None = None
    appeal: str = ""
    stage_left: str = ""
    is_blocked: bool = False
    judges: tuple[str, ...] = ()
    recusals: tuple[Asked, ...] = ()

    def after(self, verb: str) -> str:
        """As for everything; while it is blocked, only what ends it or happens by itself (S30)."""
        stage = super().after(verb)
        if self.is_blocked and verb not in GOES_ON:
            raise refuse(
                "S30.blocked",
                "The proposal is blocked: an organisation behind it is on a list, suspended or "
                "being deregistered.",
            )
        return stage

    def take(self, record: Record[Any]) -> None:
        """Also remembers who judged it; a new decision may be contested anew."""
        super().take(record)
        if record.event_name in JUDGED:
            prepared_by = record.on_behalf_of.prepared_by if record.on_behalf_of else ""
            hands = (*self.judges, record.actor.id, prepared_by)
            self.judges = tuple(dict.fromkeys(hand for hand in hands if hand))
        if record.event_name in DECIDED:
            self.appeal = ""

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
        held = self.amount_minor if self.stage in ("on_notice", "objected") else 0
        pledged = self.balance("match.pledged")
        return self.posts("P4r", held, line="grants") + self.posts("P15r", pledged)
