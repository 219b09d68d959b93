"""How a panel deliberates: who may vote on what, how many must, and what a tie comes to."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.policies import holds, in_stage
from domain.reviews.panel import Deliberated, Dissent, Outside, Panel, Vote
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round


def are_sound(
    sitting: frozenset[str], votes: tuple[Vote, ...], dissents: tuple[Dissent, ...]
) -> Iterable[Reason | None]:
    """Members vote once each, and a dissent is that of a member who did not vote in favour (V9)."""
    voted = {vote.member: vote.choice for vote in votes}
    yield holds(
        "V9.votes",
        bool(votes) and len(voted) == len(votes) and set(voted) <= sitting,
        "Each member of the panel votes once at most, and nobody else does.",
        field="/votes",
    )
    yield holds(
        "V9.dissents",
        all(voted.get(dissent.member, "for") != "for" for dissent in dissents),
        "A dissent is that of a member who voted, and did not vote in favour.",
        field="/dissents",
    )


def is_quorate(
    sitting: frozenset[str], votes: tuple[Vote, ...], outside: Collection[Outside], percent: int
) -> Reason | None:
    """Enough members take part, on every proposal; who was recused from it takes no part in it."""
    voted = {vote.member for vote in votes}
    items = {item.proposal for item in outside}
    absent = ({one.member for one in outside if one.proposal == item} for item in items)
    present = min((len(voted - gone) for gone in absent), default=len(voted))
    return holds(
        "V9.quorum",
        present * 100 >= percent * len(sitting),
        "On each proposal {percent}% of the members of the panel have to vote; on one of them "
        "{present} of {members} do.",
        field="/votes",
        percent=percent,
        present=present,
        members=len(sitting),
    )


def breaks_the_tie(votes: tuple[Vote, ...], casting: str) -> Reason | None:
    """The chair's own vote counts where the votes are equal, and nowhere else."""
    choices = [vote.choice for vote in votes]
    is_equal = bool(votes) and choices.count("for") == choices.count("against")
    return holds(
        "V9.tie",
        is_equal == bool(casting),
        "The chair votes where as many members are in favour as against, and only there.",
        field="/casting",
    )


def without_a_say(recused: Iterable[Outside], votes: tuple[Vote, ...]) -> tuple[Outside, ...]:
    """Of those recused from something, whoever votes on the rest."""
    voted = {vote.member for vote in votes}
    return tuple(one for one in recused if one.member in voted)


def hold_deliberation(
    panel: Panel,
    *,
    votes: tuple[Vote, ...],
    dissents: tuple[Dissent, ...],
    casting: str,
    sitting: frozenset[str],
    recused: tuple[Outside, ...],
    unlocked: int,
    round: Round,
    by: Mandate,
) -> None:
    """Records that the panel met when all scores were locked, and how it voted (V9).

    `sitting` are the members who judge in the end: those drawn and those who took a place.
    `recused` are members and the proposals, under decision, to which no vote of theirs extends.
    """
    stage = panel.after("hold-deliberation")
    outside = without_a_say(recused, votes)
    check(
        in_stage("V9.round", round, RoundStage.REVIEWING),
        holds("V9.locked", not unlocked, "{count} reviews are not locked.", count=unlocked),
        *are_sound(sitting, votes, dissents),
        is_quorate(sitting, votes, outside, round.asks.quorum_percent),
        breaks_the_tie(votes, casting),
    )
    said = Deliberated(
        stage=stage, votes=votes, dissents=dissents, outside=outside, casting=casting
    )
    panel.record(said, by)
