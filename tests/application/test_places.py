"""Places: a code lies below the one it begins with, and a place with others in it stays."""

from __future__ import annotations

from typing import Any

import pytest

from application.principals import Held
from tests.application.refusing import refused, rules
from tests.district import DISTRICT, District

STREET, OTHER = f"{DISTRICT}006", f"{DISTRICT}007"


@pytest.fixture
def town(district: District) -> District:
    """A district with its first place."""
    district.person("administrator", Held("administrator", DISTRICT))
    record(district, DISTRICT, "南关区")
    return district


def record(town: District, code: str, name: str = "某地") -> None:
    town.tell("administrator", "places", "record", code=code, name=name)


def refusal(town: District, verb: str, id: str = "", **said: Any) -> list[str]:
    return rules(refused(town, "administrator", "places", verb, id, **said))


def test_places_are_recorded_from_the_top(town: District) -> None:
    assert refusal(town, "record", code=f"{STREET}001", name="社区") == ["L1.above"]
    record(town, STREET)
    record(town, f"{STREET}001")
    record(town, f"{STREET}001001")
    assert town.all("places", above=STREET) == [f"{STREET}001"]
    assert town.all("places", level="grid") == [f"{STREET}001001"]


@pytest.mark.parametrize("code", ["2201020", "22010200600", "二二〇一〇二", "２２０１０２"])
def test_what_is_no_code_is_refused(town: District, code: str) -> None:
    assert refusal(town, "record", code=code, name="某地") == ["L1.code"]


def test_a_code_is_taken_once(town: District) -> None:
    assert refusal(town, "record", code=DISTRICT, name="南关区") == ["L1.unique"]


def test_a_place_is_closed_after_those_in_it_and_has_a_successor(town: District) -> None:
    for code in (STREET, OTHER, f"{STREET}001"):
        record(town, code)
    said: dict[str, Any] = {"successor": OTHER, "reason": "街道合并"}
    assert refusal(town, "close", STREET, **said) == ["L3.parts"]
    town.tell("administrator", "places", "close", f"{STREET}001", reason="并入")
    assert refusal(town, "close", STREET, **{**said, "successor": STREET}) == ["L3.successor"]
    town.tell("administrator", "places", "close", STREET, **said)
    assert refusal(town, "record", code=f"{STREET}002", name="社区") == ["L1.above"]
    assert refusal(town, "rename", STREET, name="新名") == ["L2.stage"]


def test_a_place_is_renamed(town: District) -> None:
    town.tell("administrator", "places", "rename", DISTRICT, name="南关新区")
    with town.system.store.shelf() as shelf:
        (found,) = shelf.fetch([f"place:{DISTRICT}"]).values()
    assert (found.version, getattr(found, "name", "")) == (2, "南关新区")
