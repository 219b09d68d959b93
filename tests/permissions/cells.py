"""The matrix: every command by every role at every reach, as the desk decides it at its door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from application.kinds import KINDS
from application.permissions import PERMISSIONS
from application.principals import Held, Principal
from application.reach import permit
from domain.approvals import Approval
from domain.errors import NotPermitted
from domain.kernel import Aggregate
from domain.roles import ROLES
from tests.permissions.places import SPOTS, Spot, holdings, reaches, relation
from tests.permissions.who import ANYBODY, WHO, Who

HOLDINGS = tuple(held for role in ROLES for held in holdings(role))


class Cell(NamedTuple):
    """A command, the hand that tells it, what that person holds, and where the thing belongs."""

    row: str
    verb: str
    hand: str
    held: Held
    spot: Spot

    def __str__(self) -> str:
        """The cell in words."""
        for_what = self.held.place or self.held.organisation or "everything"
        return (
            f"{self.row} {self.verb} ({self.hand} hand) by {self.held.role} of {for_what}, "
            f"{relation(self.held, self.spot)}: {self.spot}"
        )


def row_of(noun: str, verb: str) -> str:
    """The row that a command stands for."""
    return KINDS[noun].lifecycle.verbs[verb].row


def thing_at(noun: str, spot: Spot) -> Aggregate:
    """A thing of the noun that belongs there, as far as things of that noun belong anywhere."""
    kind = KINDS[noun]
    known = kind.__struct_fields__
    said: dict[str, Any] = {"id": "1", "place": spot.place, "organisation": spot.organisation}
    if noun == "organisation":
        said["id"] = spot.organisation or "nobody"
    said["partners"] = (spot.partner,) if spot.partner else ()
    said["agent"] = said["new_ref"] = spot.partner
    return kind(**{name: value for name, value in said.items() if name in known})


def waiting_at(noun: str, verb: str, spot: Spot, roles: tuple[str, ...]) -> Approval:
    """What waits for its second hand there."""
    return Approval(
        id="1",
        thing_noun=noun,
        thing="1",
        verb=verb,
        roles=roles,
        place=spot.place,
        organisation=spot.organisation,
    )


def where(noun: str, spot: Spot) -> Spot:
    """Where a thing of that noun belongs at most: a fund, for example, to no organisation."""
    known = KINDS[noun].__struct_fields__
    return Spot(
        spot.place if "place" in known else "",
        spot.organisation if "organisation" in known or noun == "organisation" else "",
        spot.partner if {"partners", "agent", "new_ref"} & {*known} else "",
    )


def spots(noun: str, among: tuple[Spot, ...] = SPOTS) -> tuple[Spot, ...]:
    """Every different belonging that things of the noun can have."""
    return tuple(dict.fromkeys(where(noun, spot) for spot in among))


def is_let_in(row: str, verb: str, roles: tuple[str, ...], held: Held, thing: Aggregate) -> bool:
    """Whether the desk's door opens."""
    try:
        permit(row, verb, roles, Principal("person:1", (held,)), thing)
    except NotPermitted:
        return False
    return True


def first_hands(
    noun: str, verb: str, among: tuple[Spot, ...] = SPOTS, holdings: tuple[Held, ...] = HOLDINGS
) -> Iterator[tuple[Cell, bool]]:
    """Every cell of a command, with what the desk decides."""
    row, roles = row_of(noun, verb), PERMISSIONS[noun][verb].first
    for spot in spots(noun, among):
        thing = thing_at(noun, spot)
        for held in holdings:
            yield Cell(row, verb, "first", held, spot), is_let_in(row, verb, roles, held, thing)


def second_hands(
    noun: str, verb: str, among: tuple[Spot, ...] = SPOTS, holdings: tuple[Held, ...] = HOLDINGS
) -> Iterator[tuple[Cell, bool]]:
    """Every cell of the second hand of a command that is a pair, with what the desk decides."""
    permission, row = PERMISSIONS[noun][verb], row_of(noun, verb)
    asked = dict.fromkeys((permission.second, permission.otherwise))
    for number, roles in enumerate(way for way in asked if way):
        hand = ("second", "third")[number]
        for spot in among:
            thing = waiting_at(noun, verb, spot, roles)
            for held in holdings:
                let_in = is_let_in("W2", "approve", ("*",), held, thing)
                yield Cell(row, verb, hand, held, spot), let_in


def cells(noun: str) -> Iterator[tuple[Cell, bool]]:
    """Every cell of a noun with what the desk decides."""
    for verb in PERMISSIONS[noun]:
        if noun == "approval" and verb in ("approve", "decline"):
            continue  # The second hands of all the pairs, which stand with their own rows.
        yield from first_hands(noun, verb)
        yield from second_hands(noun, verb)


def hands_of(who: Who, hand: str) -> frozenset[str]:
    """The roles that the tables let have a hand in a row."""
    if hand == "first":
        return who.first
    ways = [way for way in who.seconds if way]
    # Of two ways the desk names the higher one first: a leader's.
    ways.sort(key=lambda way: "leader" not in way)
    return ways[("second", "third").index(hand)]


def expected(cell: Cell) -> bool:
    """What the tables and the rule of reach say of a cell."""
    roles = hands_of(WHO[cell.row], cell.hand)
    if roles == ANYBODY:
        return True
    return cell.held.role in roles and reaches(cell.held, cell.spot, cell.row)
