"""What an applicant asks about the people who may judge a proposal, without learning who does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.errors import check
from domain.kernel import Event, Mandate
from domain.policies import holds

if TYPE_CHECKING:
    from domain.proposals.proposal import Proposal

MOST_ASKED = 10
"""Of how many people an applicant may ask at most that they do not judge a proposal."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that a person does not judge the proposal: on what basis, in whose name."""

    member: str
    basis: str
    statement: str
    by: str


class RecusalAsked(Event, frozen=True, tag="proposal.recusal_asked"):
    member: str
    basis: str
    statement: str
    asked_by: str

    def apply(self, aggregate: Proposal) -> None:
        aggregate.stage = self.stage
        asked = Asked(self.member, self.basis, self.statement, self.asked_by)
        aggregate.recusals = (*aggregate.recusals, asked)


def ask_recusal(
    proposal: Proposal, *, member: str, basis: str, statement: str, by: Mandate
) -> None:
    """Asks that a person does not judge the proposal (V3c).

    The answer is the same whether or not that person is on the panel, or has the proposal, or
    exists. The clock passes it on later (V3d), so that no answer shows by its position either
    whether a review was found.
    """
    stage = proposal.after("ask-recusal")
    check(
        holds(
            "V3c.once",
            member not in {asked.member for asked in proposal.recusals},
            "This has been asked of that person before.",
            field="/member",
        ),
        holds(
            "V3c.most",
            len(proposal.recusals) < MOST_ASKED,
            "It has been asked of {most} people, and may not be asked of more.",
            most=MOST_ASKED,
        ),
    )
    event = RecusalAsked(
        stage=stage, member=member, basis=basis, statement=statement, asked_by=by.person
    )
    proposal.record(event, by)
