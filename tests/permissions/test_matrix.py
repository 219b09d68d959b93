"""Every command by every role at every reach is decided as the tables of the domain say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from application.handlers import HANDLERS
from application.permissions import PERMISSIONS, Permission
from domain.roles import ROLES
from tests.permissions.cells import HOLDINGS, cells, expected, row_of, spots
from tests.permissions.places import SPOTS
from tests.permissions.who import CODES, SECOND, WHO

COUNTED: Counter[str] = Counter()


@pytest.mark.parametrize("noun", HANDLERS)
def test_every_cell_of_a_noun_is_decided_as_the_tables_say(noun: str) -> None:
    wrong = []
    for cell, let_in in cells(noun):
        COUNTED[noun] += 1
        if let_in != expected(cell):
            wrong.append(f"{cell}: the desk says {'yes' if let_in else 'no'}")
    assert not wrong, f"{len(wrong)} cells differ, first of all:\n" + "\n".join(wrong[:20])


def size(noun: str) -> int:
    """How many cells a noun has: things × holdings, and as many again for each second hand."""
    sizes = 0
    for verb, permission in PERMISSIONS[noun].items():
        if (noun, verb) in {("approval", "approve"), ("approval", "decline")}:
            continue
        sizes += len(spots(noun)) * len(HOLDINGS)
        ways = {permission.second, permission.otherwise} - {()}
        sizes += len(ways) * len(SPOTS) * len(HOLDINGS)
    return sizes


def test_the_matrix_has_hundreds_of_thousands_of_cells_and_leaves_out_no_role(
    record_property: Callable[[str, object], None],
) -> None:
    total = sum(size(noun) for noun in HANDLERS)
    record_property("cells", total)
    assert total > 500_000
    assert {held.role for held in HOLDINGS} == set(ROLES) == set(CODES.values())
    for noun in COUNTED:
        assert COUNTED[noun] == size(noun), noun


@pytest.mark.parametrize("noun", HANDLERS)
def test_pairs_are_pairs_of_the_same_roles_as_in_the_tables(noun: str) -> None:
    for verb, permission in PERMISSIONS[noun].items():
        who = WHO[row_of(noun, verb)]
        if who.first == SECOND:
            continue
        assert ways_of(permission) == set(who.seconds), f"{who.row} {verb}"
        assert verb == who.verb, who.row


def ways_of(permission: Permission) -> set[frozenset[str]]:
    """The second hands that a permission may ask for, one set for each way it may go."""
    ways = {frozenset(permission.second)}
    return ways | {frozenset(permission.otherwise)} if permission.when else ways
