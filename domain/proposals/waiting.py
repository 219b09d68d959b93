"""The waiting list of a round, and the ends that others bring to a proposal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.policies import at_most, holds, in_stage, no_interest
from domain.proposals import turns as e
from domain.proposals.optimising import DECIDING
from domain.proposals.proposal import Proposal
from domain.rounds.lifecycle import AFTER_RANKING
from domain.rounds.round import Round


def waitlist(
    proposal: Proposal, *, waits_at: int, waiting: tuple[Proposal, ...], round: Round, by: Mandate
) -> None:
    """Gives a scored proposal its place among those that wait (S14)."""
    stage = proposal.after("waitlist")
    check(
        in_stage("S14.round", round, *DECIDING),
        no_interest("S14.interest", by, proposal.organisation, *proposal.partners),
        holds(
            "S14.place",
            all(other.waits_at != waits_at for other in waiting),
            "Another proposal has place {place} on the waiting list.",
            field="/waits_at",
            place=waits_at,
        ),
    )
    until = by.day + timedelta(days=round.asks.waitlist_days)
    proposal.record(e.Waitlisted(stage=stage, waits_at=waits_at, until=until), by)


def in_order(waiting: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Those that wait, the first place first."""
    return tuple(sorted(waiting, key=lambda proposal: (proposal.waits_at, proposal.no)))


def may_move_up(proposal: Proposal, day: date) -> bool:
    """Whether a proposal may leave the waiting list for an award on that day."""
    is_kept = proposal.until is not None and day <= proposal.until
    return is_kept and not proposal.is_blocked


def may_be_promoted(
    proposal: Proposal, ahead: tuple[str, ...], free_minor: int, round: Round, by: Mandate
) -> Iterable[Reason | None]:
    """It is its turn, its place is still kept, and the round has its full amount (S16)."""
    asked, currency = proposal.requested_minor, round.currency
    yield in_stage("S16.round", round, *AFTER_RANKING)
    yield no_interest("S16.interest", by, proposal.organisation, *proposal.partners)
    yield holds(
        "S16.until",
        may_move_up(proposal, by.day),
        "The place on the waiting list was kept until {day}.",
        day=proposal.until,
    )
    yield holds("S16.order", not ahead, "These are ahead of it and fit too: {nos}.", nos=ahead)
    yield at_most("S16.allotted", asked, free_minor, currency, of="authority.allotted")


def promote(
    proposal: Proposal,
    *,
    waiting: tuple[Proposal, ...],
    round: Round,
    proposed_minor: int,
    by: Mandate,
) -> None:
    """Puts up the first of the waiting list whose full amount the round still has (S16).

    `proposed_minor` is what is put up and not reserved yet. Those ahead keep their places.
    """
    stage = proposal.after("promote")
    free = round.allotted - proposed_minor
    ahead = tuple(
        other.no
        for other in in_order(waiting)
        if other.waits_at < proposal.waits_at
        and other.requested_minor <= free
        and may_move_up(other, by.day)
    )
    check(*may_be_promoted(proposal, ahead, free, round, by))
    proposal.record(e.Promoted(stage=stage, amount_minor=proposal.requested_minor), by)


def expire_wait(proposal: Proposal, *, by: Mandate) -> None:
    """Ends a wait that led to nothing (S27)."""
    stage = proposal.after("expire-wait")
    over = proposal.until is not None and by.day > proposal.until
    check(holds("S27.until", over, "The place on the waiting list is still kept."))
    proposal.record(e.WaitExpired(stage=stage), by, proposal.gives_back())


def disqualify(
    proposal: Proposal, *, basis: str, heard_on: date, hearing: str, by: Mandate
) -> None:
    """Shuts a proposal out for what was found, after its applicant was heard (S25)."""
    stage = proposal.after("disqualify")
    check(
        no_interest("S25.interest", by, proposal.organisation, *proposal.partners),
        holds(
            "S25.heard",
            heard_on <= by.day,
            "An applicant is heard before it is shut out.",
            field="/heard_on",
        ),
    )
    event = e.Disqualified(
        stage=stage, basis=basis, heard_on=heard_on, hearing=hearing, decided_on=by.day
    )
    proposal.record(event, by, proposal.gives_back())


def cancel(proposal: Proposal, *, by: Mandate) -> None:
    """Ends with the round that is given up (S29)."""
    proposal.record(e.Cancelled(stage=proposal.after("cancel")), by, proposal.gives_back())
