"""A policy engine of its own, over a policy written from the domain, decides as the desk does."""

from __future__ import annotations

from typing import Any

import cedarpy
import pytest

from application.handlers import HANDLERS
from application.permissions import PERMISSIONS
from application.principals import Held
from domain.roles import ROLES
from tests.permissions.cedar import POLICY, decided, request, seat, thing
from tests.permissions.cells import Cell, first_hands, second_hands
from tests.permissions.deciding import CASES, holder, name_of
from tests.permissions.places import (
    EVERYWHERE,
    OF_ORGANISATIONS,
    OURS,
    STREET,
    THEIRS,
    Spot,
    spot_of,
)
from tests.permissions.who import WHO

REACHES = (STREET, "220102006001", "220102", "220102007", "220103001", "")
"""Own place, below, above, beside, another district, nowhere: to a subdistrict's officer."""

ROUND = tuple(
    Spot(place, organisation, THEIRS if organisation == OURS else OURS)
    for place in REACHES
    for organisation in (OURS, THEIRS)
)


def usual(role: str) -> Held:
    """The role as it is held in these cells: of a subdistrict or of our organisation."""
    if role in EVERYWHERE:
        return Held(role)
    return Held(role, organisation=OURS) if role in OF_ORGANISATIONS else Held(role, STREET)


SEATS = {role: usual(role) for role in ROLES}


def asked(cell: Cell, number: int) -> dict[str, Any]:
    """The question that stands for a cell."""
    way = "" if cell.hand == "first" else "/second"
    is_above = cell.row == "M2" and cell.hand == "second"
    return request(cell.held, cell.row + way, str(number), is_above=is_above)


@pytest.mark.parametrize("noun", HANDLERS)
def test_the_policy_decides_every_cell_of_a_noun_as_the_desk_does(noun: str) -> None:
    table, entities, requests, desk = [], [seat(held) for held in SEATS.values()], [], []
    numbers: dict[Spot, int] = {}
    for cell, let_in in cells_of(noun):
        if cell.spot not in numbers:
            numbers[cell.spot] = len(numbers)
            entities.append(thing(str(numbers[cell.spot]), cell.spot))
        table.append(cell)
        requests.append(asked(cell, numbers[cell.spot]))
        desk.append(let_in)
    policy = decided(requests, entities)
    differ = [
        f"{cell}: the policy says {'yes' if yes else 'no'}"
        for cell, yes, let_in in zip(table, policy, desk, strict=True)
        if yes != let_in
    ]
    assert not differ, f"{len(differ)} cells differ:\n" + "\n".join(differ[:20])
    assert len(policy) >= len(ROLES)


def cells_of(noun: str) -> list[tuple[Cell, bool]]:
    """The cells of a noun that are asked: every command, every role, every reach."""
    seats, found = tuple(SEATS.values()), []
    for verb in PERMISSIONS[noun]:
        if (noun, verb) in {("approval", "approve"), ("approval", "decline")}:
            continue
        found += list(first_hands(noun, verb, ROUND, seats))
        found += list(second_hands(noun, verb, ROUND, seats))
    return found


def test_the_policy_decides_what_was_written_by_hand() -> None:
    requests, entities = [], {}
    for number, (case, _) in enumerate(CASES):
        row, who, place, organisation, _ = case
        held = holder(who)
        entities[f"{held}"] = seat(held)
        entities[str(number)] = thing(str(number), spot_of(row, place, organisation))
        requests.append(request(held, row, str(number)))
    policy = decided(requests, list(entities.values()))
    assert [
        name_of(case) for (case, yes), says in zip(CASES, policy, strict=True) if yes != says
    ] == []


def test_the_policy_is_well_formed_and_names_rows_of_the_tables_only() -> None:
    policies = cedarpy.policies_to_json_str(POLICY.read_text())
    assert policies
    named = {part.split('"')[0] for part in POLICY.read_text().split('Action::"')[1:]}
    assert {name.partition("/")[0] for name in named} - {"second hands"} <= set(WHO)
