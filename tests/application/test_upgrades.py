"""A filed organisation becomes a legal person: each guard refused, and its twin."""

from __future__ import annotations

import pytest

from application.principals import Held
from tests.application.organisations import (
    judged,
    organisation,
    told,
)
from tests.application.verdicts import verdict
from tests.district import DISTRICT, District, uscc
from tests.filed import (
    SUBDISTRICT,
    paper,
    registration,
    with_filed,
    with_upgrade_started,
)
from tests.played_to_end import found


def test_a_registration_needs_a_sound_new_code_and_a_certificate(district: District) -> None:
    path = with_upgrade_started(district)
    other = path.tell(
        "district_officer", "organisations", "import", name="同创", uscc=uscc(8),
        place=SUBDISTRICT, leader="person:x", account="account:1",
    )  # fmt: skip
    confirm, said = ("district_officer", "confirm-registration"), registration(path)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in uscc(8).lower())
    foreign = paper(path, "district_officer", other)
    assert judged(path, *confirm, **{**said, "uscc": "91110000600037341L"}) == ["O8a.uscc"]
    assert judged(path, *confirm, **{**said, "uscc": uscc(8)}) == ["O8a.unique"]
    assert judged(path, *confirm, **{**said, "uscc": wide}) == ["O8a.unique"]
    assert judged(path, *confirm, **{**said, "certificate": foreign}) == ["O8a.document"]
    assert judged(path, "subdistrict_officer", confirm[1], **said) == ["O8a.who"]
    told(path, *confirm, **{**said, "uscc": f" {uscc(7)[:8].lower()} {uscc(7)[8:].lower()}"})
    registered = organisation(path)
    assert (registered.stage, registered.uscc) == ("registered", uscc(7))
    assert (registered.filing_no, registered.authority) == ("南备2026-001", "南关区民政局")


def test_a_code_is_imported_as_it_is_meant_and_once(district: District) -> None:
    path = with_filed(district)
    bring = ("district_officer", "organisations", "import")
    said = {"name": "同创", "place": SUBDISTRICT, "leader": "person:x", "account": "account:1"}
    id = path.tell(*bring, uscc=uscc(8).lower(), **said)
    assert found(path, f"organisation:{id}").uscc == uscc(8)
    assert verdict(path, *bring, uscc=uscc(8), **said) == ["O9.unique"]


def test_a_member_of_the_organisation_does_not_confirm_its_registration(
    district: District,
) -> None:
    path, verb = with_upgrade_started(district), "confirm-registration"
    said = registration(path)
    district.person("singer", Held("district_officer", DISTRICT))
    assert judged(path, "singer", verb, **said) == ["O8a.own"]
    mine = Held("legal_representative", organisation=path.organisation)
    district.person("member", Held("district_officer", DISTRICT), mine)
    assert judged(path, "member", verb, **said) == ["O8a.interest"]
    assert judged(path, "district_officer", verb, **said) == []


@pytest.mark.parametrize("who", ["singer", "district_officer"])
def test_an_upgrade_is_given_up_by_the_leader_or_the_district(district: District, who: str) -> None:
    path = with_upgrade_started(district)
    assert judged(path, "founder", "abandon-upgrade") == ["O8b.who"]
    told(path, who, "abandon-upgrade")
    assert organisation(path).stage == "filed"
