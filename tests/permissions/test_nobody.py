"""Whoever holds nothing may nothing, and before there is a thing the role alone counts."""

from __future__ import annotations

import pytest

from application.handlers import HANDLERS
from application.kinds import KINDS
from application.permissions import PERMISSIONS
from application.principals import Held, Principal
from application.reach import permit
from domain.errors import NotPermitted
from domain.roles import ROLES
from tests.permissions.cells import row_of, thing_at, waiting_at
from tests.permissions.places import COMMUNITY, OURS, Spot
from tests.permissions.who import ANYBODY, SECOND, WHO

HERE = Spot(COMMUNITY, OURS)
COMMANDS = [(noun, verb) for noun, verbs in HANDLERS.items() for verb in verbs]


def is_let_in(noun: str, verb: str, *held: Held, is_new: bool) -> bool:
    """Whether somebody who holds that is let in; to a thing, or to make one."""
    roles = PERMISSIONS[noun][verb].first
    thing = None if is_new else thing_at(noun, HERE)
    if WHO[row_of(noun, verb)].first == SECOND:
        thing = waiting_at("tranche", "approve", HERE, ("leader",))
    try:
        permit(row_of(noun, verb), verb, roles, Principal("person:1", held), thing)
    except NotPermitted:
        return False
    return True


def test_somebody_without_any_role_speaks_as_a_resident_only() -> None:
    may = {(noun, verb) for noun, verb in COMMANDS if is_let_in(noun, verb, is_new=False)}
    of_oneself = {("person", "consent"), ("person", "withdraw-consent")}
    assert may - of_oneself == {
        ("objection", "file"),
        ("finding", "tip"),
        ("organisation", "start-filing"),
    }


@pytest.mark.parametrize("role", [*ROLES, "", "*", "anyone", "Leader", "leader "])
def test_a_name_that_is_no_role_of_the_row_opens_no_door_to_something_new(role: str) -> None:
    for noun, verb in COMMANDS:
        if KINDS[noun].lifecycle.verbs[verb].sources:
            continue
        first = WHO[row_of(noun, verb)].first
        may = role in first or first == ANYBODY
        held = Held(role, COMMUNITY, organisation=OURS)
        assert is_let_in(noun, verb, held, is_new=True) is may, (noun, verb, role)
