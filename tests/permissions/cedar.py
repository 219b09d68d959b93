"""The same decisions by a policy engine of its own, over a policy written from the domain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import cedarpy

from application.principals import Held
from tests.permissions.places import ABOVE, EVERYWHERE, OF_ORGANISATIONS, OURS, THEIRS, Spot
from tests.permissions.who import CODES, WHO

POLICY = Path(__file__).with_name("policy.cedar")
CODE_OF = {role: code for code, role in CODES.items()}

PARTS = (
    *("prepared", "checked", "approved", "sent", "stopped", "proposed"),
    *("managed", "verified", "scored", "named"),
)
"""In what ways somebody may have had a hand in a thing."""

ONE = ("member", "handler", "owner")
"""Whose a thing is, where it is one person's."""

ME = "person:me"

Entity = dict[str, Any]


def of(kind: str, id: str) -> Entity:
    """An entity as a value."""
    return {"__entity": {"type": kind, "id": id}}


def entity(kind: str, id: str, attrs: Entity | None = None, *above: tuple[str, str]) -> Entity:
    """An entity with what is known of it and what it lies in."""
    parents = [{"type": kind, "id": id} for kind, id in above]
    return {"uid": {"type": kind, "id": id}, "attrs": attrs or {}, "parents": parents}


def seat_id(held: Held) -> str:
    """The name of a seat."""
    return f"{held.role}@{held.place}{held.organisation}"


def seat(held: Held, belongs: Iterable[str] = (), **days: int) -> Entity:
    """A role that the person holds, for what, and until when."""
    known: Entity = {"person": ME, "belongs": [of("Organisation", id) for id in belongs], **days}
    if held.place and held.role not in OF_ORGANISATIONS + EVERYWHERE:
        known["place"] = of("Place", held.place)
    if held.organisation:
        known["organisation"] = of("Organisation", held.organisation)
    return entity("Seat", seat_id(held), known, ("Role", CODE_OF[held.role]))


def thing(id: str, spot: Spot, hands: Mapping[str, Iterable[str]] | None = None) -> Entity:
    """A thing where it belongs, and who had a hand in it."""
    hands = hands or {}
    known: Entity = {part: list(hands.get(part, ())) for part in PARTS}
    known |= {one: next(iter(hands[one])) for one in ONE if one in hands}
    known["partners"] = [of("Organisation", spot.partner)] if spot.partner else []
    if spot.partner:
        known["agent"] = of("Organisation", spot.partner)
    if "prepared" in hands:
        known["waits"] = True
    if spot.place:
        known["place"] = of("Place", spot.place)
    if spot.organisation:
        known["organisation"] = of("Organisation", spot.organisation)
    return entity("Thing", id, known)


def world() -> list[Entity]:
    """Places in each other, organisations, roles, and the rows as actions."""
    places = [
        entity("Place", place, None, *([("Place", above)] if above else []))
        for place, above in ABOVE.items()
    ]
    others = [entity("Organisation", id) for id in (OURS, THEIRS)]
    roles = [entity("Role", code) for code in CODES]
    rows = [entity("Action", row) for row in WHO]
    seconds = [entity("Action", f"{row}/second", None, ("Action", "second hands")) for row in WHO]
    return [*places, *others, *roles, *rows, *seconds, entity("Action", "second hands")]


def request(held: Held, row: str, thing: str, *, is_above: bool = False, day: int = 0) -> Entity:
    """One question to the engine."""
    return {
        "principal": {"type": "Seat", "id": seat_id(held)},
        "action": {"type": "Action", "id": row},
        "resource": {"type": "Thing", "id": thing},
        "context": {"is_above": is_above, "day": day},
    }


def decided(requests: list[Entity], entities: list[Entity]) -> list[bool]:
    """The engine's answers; a policy that cannot be evaluated is a fault of the test."""
    answers = cedarpy.is_authorized_batch(requests, POLICY.read_text(), [*world(), *entities])
    faults = [fault for answer in answers for fault in answer.diagnostics.errors]
    assert not faults, faults[:3]
    return [answer.allowed for answer in answers]


CODES_OF_PEOPLE = {**CODE_OF, "legal": "LEG"}
"""The role in which the people of the played district act who are not called by it."""


def hands_said(facts: str) -> dict[str, list[str]]:
    """Who had which part: oneself where nobody is named."""
    parts = [fact.partition(":") for fact in facts.split() if fact not in TIMES]
    return {part: [f"person:{who}" if who else ME] for part, _, who in parts if part != "belongs"}


TIMES = {"until": {"until": 1}, "since": {"since": 3}}
"""A role that was held until day 1, or will be from day 3: on day 2."""


def decided_by_hand(cases: Iterable[tuple[Any, ...]]) -> list[bool]:
    """The engine's answers to cases in which somebody had a part; any of their seats will do."""
    entities, requests, owners = [], [], []
    for number, (row, who, also, _, _, facts, _) in enumerate(cases):
        spot = Spot("220102006", OURS)
        entities.append(thing(str(number), spot, hands_said(facts)))
        belongs = [OURS] if "belongs" in facts else []
        for code in dict.fromkeys((*seats_of(who), *([also] if also else []))):
            role = CODES[code]
            held = (
                Held(role, organisation=OURS) if role in OF_ORGANISATIONS else Held(role, "220102")
            )
            known = seat(held, belongs, **TIMES.get(facts, {}))
            known["uid"]["id"] = f"{number} {code}"
            entities.append(known)
            asked = request(held, row, str(number), day=2)
            asked["principal"]["id"] = known["uid"]["id"]
            requests.append(asked)
            owners.append(number)
    answers = zip(owners, decided(requests, entities), strict=True)
    permitted = {number for number, yes in answers if yes}
    return [number in permitted for number in range(len(list(cases)))]


SEATS = {
    "manager": ["FM", "FIN"],
    "second_secretary": ["SEC"],
    "deputy": ["CSH"],
    "insider": ["REV", "APP"],
}
"""The roles of people of the played district whose names do not say them."""


def seats_of(who: str) -> list[str]:
    """The roles that a person of the played district has anyway."""
    if who in SEATS:
        return SEATS[who]
    return [CODES_OF_PEOPLE[who]] if who in CODES_OF_PEOPLE else []
