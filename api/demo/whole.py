"""Everything that happens in the district: the years before, and this year."""

from __future__ import annotations

from api.demo import courses, earlier, funds, proposals, rounds
from api.demo.proposals import Ask, reaches
from domain.proposals.lifecycle import Stage

FUNDS = (*earlier.FUNDS, *funds.FUNDS)
CALLS = (*earlier.CALLS, *rounds.CALLS)
ASKS = (*earlier.ASKS, *proposals.ASKS)
COURSES = {**earlier.COURSES, **courses.COURSES}

CALL = {call.key: call for call in CALLS}


def asks_of(round: str, stage: Stage) -> list[Ask]:
    """The proposals of a round that come as far as a stage."""
    return [ask for ask in ASKS if ask.round == round and reaches(ask, stage)]
