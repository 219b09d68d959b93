"""Over which rows of a read model a veil lies for whoever asks, as conditions of the database."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from application.veils import COVERS, ENGAGED, FIXED, PUBLISHED, Veil
from application.visibility import Sight
from infrastructure.views.kit import View
from infrastructure.views.proposals import table as proposals
from infrastructure.views.reviews import table as reviews
from infrastructure.views.rounds import table as rounds

Condition = sa.ColumnElement[bool]

DOUBLE_BLIND = '"double_blind":true'
"""How a round keeps that rule among its facts; quotes that somebody has typed are escaped there."""


def of_office(table: sa.Table, sight: Sight) -> Condition:
    """The row is seen by office: everywhere, or in the place of it."""
    if sight.everything:
        return sa.true()
    return sa.or_(
        sa.false(), *(table.c.place.startswith(place, autoescape=True) for place in sight.places)
    )


def of_members(table: sa.Table, sight: Sight) -> Condition:
    """The row belongs to an organisation of the asker, alone or jointly."""
    ways: list[Condition] = [table.c.organisation.in_(sight.organisations)]
    if "partners" in table.c:
        # A list of ids as JSON: with its quotes an id matches no longer one.
        ways.extend(
            table.c.partners.contains(f'"{one}"', autoescape=True) for one in sight.organisations
        )
    return sa.or_(sa.false(), *ways)


def assigned(person: str) -> sa.Select[str]:
    """The proposals that somebody reviews, once they have declared to have no interest."""
    mine = reviews.alias("mine")
    return sa.select(mine.c.proposal).where(mine.c.member == person, mine.c.stage.in_(ENGAGED))


def papers_assigned(person: str) -> sa.Select[str]:
    """The subjects of the papers of those proposals; a paper names its sender, so not blindly."""
    those = proposals.alias("those")
    hidden = sa.and_(is_double_blind(those.c.round), sa.not_(stands_in(those.c.round, FIXED)))
    subject = sa.literal("proposal:").concat(those.c.id)
    return sa.select(subject).where(those.c.id.in_(assigned(person)), sa.not_(hidden))


def stands_in(round: sa.ColumnElement[str], stages: tuple[str, ...]) -> Condition:
    """The round stands in one of these stages."""
    of = rounds.alias("of_round")
    return sa.exists().where(of.c.id == round, of.c.stage.in_(stages))


def is_double_blind(round: sa.ColumnElement[str]) -> Condition:
    """The rules of the round hide the applicants from its reviewers."""
    of = rounds.alias("of_rules")
    return sa.exists().where(of.c.id == round, of.c.facts.contains(DOUBLE_BLIND, autoescape=True))


def still_scores(person: str, round: sa.ColumnElement[str]) -> Condition:
    """Somebody has a review in the round that is not locked, were it only that they stood back.

    Scores of other proposals would tell something of theirs: ranks do, and adjusted scores.
    """
    own = reviews.alias("own")
    return sa.and_(
        sa.exists().where(own.c.member == person, own.c.round == round, own.c.stage != "locked"),
        sa.not_(stands_in(round, PUBLISHED)),
    )


def scores_of_review(table: sa.Table, sight: Sight) -> Condition:
    """Another's review is veiled until it is locked, and from whoever has still to score."""
    return sa.and_(
        table.c.member != sight.person,
        sa.or_(table.c.stage != "locked", still_scores(sight.person, table.c.round)),
    )


def scores_of_proposal(table: sa.Table, sight: Sight) -> Condition:
    """Until the notice a score is the panel's: of offices and of reviewers who are done."""
    panel = [of_office(table, sight)]
    if sight.assigned:
        panel.append(table.c.id.in_(assigned(sight.assigned)))
    return sa.and_(
        sa.not_(stands_in(table.c.round, PUBLISHED)),
        sa.or_(sa.not_(sa.or_(*panel)), still_scores(sight.person, table.c.round)),
    )


def names_of_proposal(table: sa.Table, sight: Sight) -> Condition:
    """In a round that is blind on both sides a reviewer does not see whose a proposal is."""
    return sa.and_(
        sa.not_(sa.or_(of_office(table, sight), of_members(table, sight))),
        is_double_blind(table.c.round),
        sa.not_(stands_in(table.c.round, FIXED)),
    )


CONDITIONS: dict[tuple[str, Veil], Callable[[sa.Table, Sight], Condition]] = {
    ("reviews", Veil.SCORES): scores_of_review,
    ("proposals", Veil.SCORES): scores_of_proposal,
    ("rounds", Veil.SCORES): lambda table, sight: still_scores(sight.person, table.c.id),
    ("proposals", Veil.NAMES): names_of_proposal,
}
"""When each veil lies over a row; a veil without a line of its own lies nowhere."""


def veils_over(view: View, sight: Sight) -> dict[str, Condition]:
    """The veils that a read model knows, each with the condition under which it lies."""
    return {
        str(veil): condition(view.table, sight)
        for (name, veil), condition in CONDITIONS.items()
        if name == view.name and (name, veil) in COVERS
    }
