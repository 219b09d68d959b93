"""Whom a reviewer may have an interest in: asked before anything else of a proposal is shown."""

from __future__ import annotations

import json

import sqlalchemy as sa

from application.questions import Parties
from application.veils import FIXED
from infrastructure.veiled import is_double_blind, stands_in
from infrastructure.views.organisations import table as organisations
from infrastructure.views.proposals import table as proposals
from infrastructure.views.reviews import table as reviews

ASKED = ("drawn", "invited", "accepted", "scoring", "submitted", "locked")
"""The stages of a review in which its reviewer is one of the panel."""


def parties(connection: sa.Connection, review: str) -> Parties:
    """The organisations behind the proposal of a review, by name.

    In a round that is blind on both sides they are those behind all its proposals.
    """
    asked = connection.execute(
        sa.select(
            reviews.c.round,
            reviews.c.proposal,
            sa.and_(
                is_double_blind(reviews.c.round), sa.not_(stands_in(reviews.c.round, FIXED))
            ).label("blind"),
        ).where(reviews.c.id == review, reviews.c.stage.in_(ASKED))
    ).one_or_none()
    if asked is None:
        return Parties((), False)
    query = sa.select(proposals.c.organisation, proposals.c.partners)
    if asked.blind:
        query = query.where(proposals.c.round == asked.round, proposals.c.stage != "draft")
    else:
        query = query.where(proposals.c.id == asked.proposal)
    ids: set[str] = set()
    for organisation, partners in connection.execute(query):
        ids |= {organisation, *json.loads(partners or "[]")}
    names = sa.select(organisations.c.name).where(organisations.c.id.in_(ids))
    return Parties(tuple(sorted(set(connection.execute(names).scalars()))), bool(asked.blind))
