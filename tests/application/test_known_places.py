"""Roles, filings and funds name places that are there, once their district is recorded."""

from __future__ import annotations

from typing import Any

import pytest

from tests.application.verdicts import verdict
from tests.district import DISTRICT, District
from tests.filed import COMMUNITY, NAME, SUBDISTRICT, asking, start, with_neighbourhood
from tests.played import Path

MISSING = "220102006009"
FUND: dict[str, Any] = {
    "name": "公益金", "kind": "dedicated", "year": 2026, "currency": "CNY", "purposes": ["助老"],
    "reuse": False,
}  # fmt: skip
FILING: dict[str, Any] = {"name": NAME, "kind": "culture_sports", "leader": "person:singer"}
ROLE = {"role": "community_officer"}

NAMED: tuple[tuple[str, str, str, str, str, dict[str, Any]], ...] = (
    ("J2", "administrator", "people", "grant-role", "stranger", ROLE),
    ("O1", "founder", "organisations", "start-filing", "", FILING),
    ("F0", "fund_manager", "funds", "propose", "", FUND),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Officers and people, and the places of one community."""
    district = District(f"sqlite:///{tmp_path_factory.mktemp('places') / 'town.db'}")
    path = with_neighbourhood(district)
    path.organisation = start(path)
    for code in (DISTRICT, SUBDISTRICT, COMMUNITY):
        path.tell("administrator", "places", "record", code=code, name="某地")
    return path


@pytest.mark.parametrize(("row", "who", "plural", "verb", "id", "said"), NAMED)
def test_a_place_that_is_named_is_recorded(
    town: Path, row: str, who: str, plural: str, verb: str, id: str, said: dict[str, Any]
) -> None:
    assert verdict(town, who, plural, verb, id, **said, place=MISSING) == [f"{row}.recorded"]
    assert verdict(town, who, plural, verb, id, **said, place=COMMUNITY) == []


def test_a_filing_for_others_and_a_corrected_one_name_a_recorded_place(town: Path) -> None:
    # The officer holds the community and the part of it that nobody has recorded.
    at = (town, "community_officer", "organisations", "start-filing-for")
    said = {**FILING, "founder": "person:founder"}
    assert verdict(*at, **said, place=f"{COMMUNITY}001") == ["O1a.recorded"]
    assert verdict(*at, **said, place=COMMUNITY) == []
    asked = ("singer", "organisations", "request-filing", town.organisation)
    assert verdict(town, *asked, **asking(town), place=MISSING) == ["O2.recorded"]
    assert verdict(town, *asked, **asking(town), place=COMMUNITY) == []


def test_a_district_that_nobody_has_recorded_asks_for_nothing(town: Path) -> None:
    said = {**ROLE, "place": "220103001"}
    assert verdict(town, "administrator", "people", "grant-role", "stranger", **said) == []


def test_a_register_says_what_it_says(town: Path) -> None:
    said = {"name": "旧队", "filing_no": "旧1", "place": MISSING, "leader": "person:x"}
    assert verdict(town, "district_officer", "organisations", "import-filed", **said) == []


def test_a_closed_place_takes_nobody_any_more(district: District) -> None:
    path = with_neighbourhood(district)
    for code in (DISTRICT, SUBDISTRICT, COMMUNITY):
        path.tell("administrator", "places", "record", code=code, name="某地")
    path.tell("administrator", "places", "close", COMMUNITY, reason="并入")
    at = ("administrator", "people", "grant-role", "stranger")
    assert verdict(path, *at, **ROLE, place=COMMUNITY) == ["J2.recorded"]
    assert verdict(path, *at, **ROLE, place=SUBDISTRICT) == []
