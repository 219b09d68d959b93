"""The round: from its plan over call, review and notice to its close."""

from __future__ import annotations

from datetime import date, datetime

from domain.errors import refuse
from domain.kernel import Aggregate
from domain.ledger import Posting, post
from domain.rounds.allocation import Given
from domain.rounds.lifecycle import lifecycle
from domain.rounds.rules import Budgeted, Noticed, Ranked, Rules
from domain.rounds.values import Asked, Clarified, Extended
from domain.scoring.elsewhere import ScoreSheet
from domain.scoring.fixing import Adjusted


class Round(Aggregate):
    """One call and one rule set; its money lives in one fund.

    `given` is what its allocation gives to each proposal, worth `value`, where nothing is worth
    more than `bound`; `working_sha256` is of the paper on which it was worked out.
    """

    noun = "round"
    lifecycle = lifecycle

    no: str = ""
    title: str = ""
    kind: str = ""
    place: str = ""
    themes: tuple[str, ...] = ()
    rules: Rules | None = None
    parent: str = ""
    fund: str = ""
    lines: tuple[Budgeted, ...] = ()
    rules_version: str = ""
    opens: datetime | None = None
    closes: datetime | None = None
    extensions: tuple[Extended, ...] = ()
    question_until: date | None = None
    questions: tuple[Asked, ...] = ()
    clarifications: tuple[Clarified, ...] = ()
    panel: str = ""
    given: tuple[Given, ...] = ()
    value: int = 0
    bound: int = 0
    solved_by: str = ""
    working_sha256: str = ""
    ranking: tuple[Ranked, ...] = ()
    waitlist: tuple[str, ...] = ()
    adjusted: Adjusted | None = None
    items: tuple[Noticed, ...] = ()
    starts: date | None = None
    ends: date | None = None
    contact: str = ""
    cancellation: str = ""
    identifier: str = ""
    sheets: tuple[ScoreSheet, ...] = ()

    @property
    def asks(self) -> Rules:
        """The rules, which every round that was planned has."""
        if self.rules is None:
            raise refuse("R1.rules", "This round is history and has no rules.")
        return self.rules

    @property
    def allotted(self) -> int:
        """What is left of the line for grants, in minor units."""
        return self.balance("authority.allotted/grants")

    def posts(self, code: str, amount_minor: int, **dimensions: str) -> tuple[Posting, ...]:
        """A posting of this round, in its fund; of the line for grants unless it says otherwise."""
        dimensions.setdefault("line", "grants")
        return post(
            code, amount_minor, currency=self.currency, fund=self.fund, round=self.id, **dimensions
        )
