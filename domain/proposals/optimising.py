"""Better content for a scored proposal, never for more money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.policies import at_most, check_unless_set_aside, holds, in_stage
from domain.proposals import turns as e
from domain.proposals.content import Content, acceptable
from domain.proposals.proposal import Proposal
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round

DECIDING = (RoundStage.REVIEWING, RoundStage.DELIBERATED)
"""The stages of a round in which it is decided who is to be awarded."""


def ask_optimisation(
    proposal: Proposal, *, improvements: tuple[str, ...], due: date, round: Round, by: Mandate
) -> None:
    """Gives a scored proposal back with points to improve by a day (S12)."""
    stage = proposal.after("ask-optimisation")
    check(
        in_stage("S12.round", round, *DECIDING),
        holds("S12.due", due > by.day, "The due day lies in the future.", field="/due"),
        holds(
            "S12.improvements", bool(improvements), "Name what to improve.", field="/improvements"
        ),
    )
    event = e.OptimisationRequested(stage=stage, improvements=improvements, due=due)
    proposal.record(event, by)


def may_replace(proposal: Proposal, content: Content, round: Round) -> Iterable[Reason | None]:
    """The better content costs no more than was checked, and meets the rules of the round."""
    asked, most = content.requested_minor, proposal.requested_minor
    yield at_most(
        "S12a.requested", asked, most, proposal.currency, of="requested", field="/requested_minor"
    )
    yield holds(
        "S12a.match",
        content.match_minor == proposal.match_minor,
        "The match money stays as it was promised.",
        field="/match_minor",
    )
    yield from acceptable(content, round)


def submit_optimised(proposal: Proposal, *, content: Content, round: Round, by: Mandate) -> None:
    """Hands the better content in (S12a), for the amount that was checked or less."""
    stage = proposal.after("submit-optimised")
    due = proposal.due
    check_unless_set_aside(
        proposal,
        by,
        holds(
            "S12a.due",
            due is not None and by.day <= due,
            "The better content was due on {due}.",
            due=due,
        ),
        *may_replace(proposal, content, round),
    )
    event = e.Optimised(
        stage=stage,
        content=content,
        requested_minor=content.requested_minor,
        budget=content.budget,
        content_sha=content.sha256,
    )
    proposal.record(event, by)


def lapse_optimisation(proposal: Proposal, *, more_days: int, by: Mandate) -> None:
    """Goes on with the content as it was, when nothing better came in time (S28).

    Where the due day is set aside, that waits for some days more.
    """
    stage = proposal.after("lapse-optimisation")
    over = proposal.due is not None and by.day > proposal.due + timedelta(days=more_days)
    check(holds("S28.due", over, "The better content is not overdue."))
    proposal.record(e.OptimisationLapsed(stage=stage), by)
