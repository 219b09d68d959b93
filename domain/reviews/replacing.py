"""Who takes the place of a reviewer that will not write a review: the next in the draw order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import check
from domain.kernel import Mandate
from domain.policies import check_unless_set_aside, holds
from domain.proposals.proposal import Proposal
from domain.reviews.conflicts import Concerned, conflicts_of
from domain.reviews.lifecycle import GIVEN_UP, Stage
from domain.reviews.panel import Panel, next_free
from domain.reviews.review import Replaced, Review
from domain.rounds.round import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A review without its reviewer, and what decides who writes it instead.

    `reviews` are all of the panel, `there` those in its draw order who are still among the people.
    """

    panel: Panel
    proposal: Proposal
    round: Round
    reviews: Sequence[Review]
    concerned: Concerned
    there: frozenset[str]

    @property
    def siblings(self) -> tuple[Review, ...]:
        """All reviews of the same proposal, whoever writes them."""
        return tuple(review for review in self.reviews if review.proposal == self.proposal.id)

    @property
    def going_on(self) -> int:
        """How many reviews of the proposal are written or will be."""
        return sum(each.stage not in (*GIVEN_UP, Stage.REPLACED) for each in self.siblings)


def out_of_question(vacancy: Vacancy) -> frozenset[str]:
    """Those who do not step in: members, whoever has been asked about this proposal or has
    declined another one, and whoever prepared or checked the proposal."""
    asked = {review.member for review in vacancy.siblings}
    declined = {review.member for review in vacancy.reviews if review.cause}
    part = {vacancy.proposal.drafter, vacancy.proposal.checker}
    return frozenset({*vacancy.panel.members, *asked, *declined, *part})


def too_near(vacancy: Vacancy) -> frozenset[str]:
    """Those who may not judge the proposal for their ties, and those who are gone.

    What the list said of people when the panel was drawn is what counts, as of that day: whoever
    keeps the list could otherwise change it until the order suits them.
    """
    panel, years = vacancy.panel, vacancy.round.asks.cooling_years
    tied = {
        expert.person
        for expert in panel.candidates
        if panel.drawn_on is not None
        and conflicts_of(expert, vacancy.concerned, panel.drawn_on, cooling_years=years)
    }
    return frozenset(tied | (set(panel.draw_order) - vacancy.there))


def judges_of(vacancy: Vacancy) -> tuple[str, ...]:
    """The first of the draw who may judge the proposal, as many as the panel has members.

    Where nothing ties a member to it, these are the members; for one who is tied, the next in the
    draw order steps in.
    """
    panel, barred = vacancy.panel, too_near(vacancy)
    free = [person for person in panel.draw_order if person not in barred]
    return tuple(free[: len(panel.members)])


def next_in_order(vacancy: Vacancy) -> str:
    """Who comes next in the draw order and may judge this proposal; empty where nobody is left."""
    return next_free(vacancy.panel, out_of_question(vacancy) | too_near(vacancy))


def replace(review: Review, *, vacancy: Vacancy, by: Mandate) -> None:
    """Gives the review to whoever is next (V4); where nobody is left, goes on with the others."""
    stage = review.after("replace")
    successor, least = next_in_order(vacancy), vacancy.round.asks.reviewers_min
    check(
        holds(
            "V4.hands",
            successor not in by.hands,
            "Nobody gives a review to themself; another secretary does this.",
        )
    )
    check_unless_set_aside(
        review,
        by,
        holds(
            "V4.minimum",
            bool(successor) or vacancy.going_on >= least,
            "Nobody is left in the draw order, and {count} reviews are fewer than the {least} that "
            "the round asks for.",
            count=vacancy.going_on,
            least=least,
        ),
    )
    review.record(Replaced(stage=stage, replaced_by=successor), by)
