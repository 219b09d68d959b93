"""The cases that were written by hand, as the desk and the policy are asked them."""

from __future__ import annotations

from application.handlers import HANDLERS
from application.permissions import PERMISSIONS
from application.principals import Held
from tests.permissions.by_hand import DENIED, PERMITTED, Case
from tests.permissions.cells import is_let_in, row_of, thing_at, waiting_at
from tests.permissions.places import OURS, THEIRS, spot_of
from tests.permissions.who import CODES

COMMANDS = {row_of(noun, verb): (noun, verb) for noun, verbs in HANDLERS.items() for verb in verbs}
"""The noun and verb of every row that is told."""

CASES = [(case, True) for case in PERMITTED] + [(case, False) for case in DENIED]


def name_of(case: Case) -> str:
    """The case in words."""
    row, who, place, organisation, why = case
    return f"{row} by {who} at {place or 'nowhere'} {organisation}: {why}"


def holder(who: str) -> Held:
    """The role that a case means, of a place or of an organisation."""
    code, _, of = who.partition("@")
    if of in (OURS, THEIRS):
        return Held(CODES[code], organisation=of)
    return Held(CODES[code], of)


def decided_at_the_desk(case: Case) -> bool:
    """What the desk's door says."""
    row, who, place, organisation, _ = case
    row, _, hand = row.partition("/")
    noun, verb = COMMANDS[row]
    permission, spot = PERMISSIONS[noun][verb], spot_of(row, place, organisation)
    if not hand:
        return is_let_in(row, verb, permission.first, holder(who), thing_at(noun, spot))
    ways = (permission.second, permission.otherwise)
    return any(
        is_let_in("W2", "approve", ("*",), holder(who), waiting_at(noun, verb, spot, roles))
        for roles in ways
        if roles
    )
