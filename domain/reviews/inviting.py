"""Invitations to review: sent with a last day, accepted with a declaration, or refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.errors import Reason, Word, check
from domain.kernel import Mandate
from domain.policies import holds, no_interest
from domain.proposals.proposal import Proposal
from domain.reviews.conflicts import Conflict
from domain.reviews.review import Accepted, Declined, Invited, Review, own


def invite(review: Review, *, due: date, by: Mandate) -> None:
    stage = review.after("invite")
    check(holds("V2.due", due > by.day, "The due day lies in the future.", field="/due"))
    review.record(Invited(stage=stage, due=due), by)


def may_accept(
    review: Review, proposal: Proposal, ties: tuple[Conflict, ...], by: Mandate
) -> Iterable[Reason | None]:
    """The invitation is one's own and still open, and nothing ties one to the matter (V2a)."""
    yield own("V2a.own", review, by)
    yield holds(
        "V2a.due",
        review.due is None or by.day <= review.due,
        "The invitation was open until {due} and is over.",
        due=review.due,
    )
    yield no_interest("V2a.interest", by, proposal.organisation, *proposal.partners)
    yield holds(
        "V2a.ties",
        not ties,
        "The list of experts names a tie to whoever is behind this proposal: {grounds}.",
        grounds=tuple(Word("choice", tie.rule) for tie in ties),
    )
    yield holds(
        "V2a.hands",
        by.person not in (proposal.drafter, proposal.checker),
        "Whoever drafted or checked the proposal does not review it.",
    )


def accept(
    review: Review,
    *,
    declaration: str,
    proposal: Proposal,
    ties: tuple[Conflict, ...] = (),
    by: Mandate,
) -> None:
    """Accepts the invitation and declares to have no interest in the matter (V2a).

    `ties` are what the list of experts says against this reviewer for this proposal.
    """
    stage = review.after("accept")
    check(*may_accept(review, proposal, ties, by))
    review.record(Accepted(stage=stage, declaration=declaration), by)


def refuse_invitation(review: Review, *, by: Mandate) -> None:
    """Says no to the invitation (V2b); the clock does so when its last day is over."""
    stage = review.after("refuse-invitation")
    is_over = review.due is not None and by.day > review.due
    is_clock = by.actor.role == "clock"
    check(
        holds("V2b.due", not is_clock or is_over, "The invitation is still open."),
        None if is_clock else own("V2b.own", review, by),
    )
    review.record(Declined(stage=stage, cause="expired" if is_clock else "refused"), by)
