"""Roles that follow from the record of an organisation: who gets one, and who loses it."""

from __future__ import annotations

from typing import Any

import pytest

from application.principals import Held
from infrastructure.verify import verify
from tests.application.organisations import ADDRESS, ENTERED, ask, judged, organisation, told
from tests.district import DISTRICT, District
from tests.filed import SUBDISTRICT, asking, start, with_filed, with_neighbourhood
from tests.played import Path
from tests.played_to_end import found


def roles(path: Path, name: str) -> list[str]:
    """The roles that somebody holds for the path's organisation."""
    held = found(path, f"person:{name}").current
    return [one.role for one in held if one.organisation == path.organisation]


def entered(path: Path, leader: str, founder: str = "founder", **said: Any) -> Path:
    """A filing led and begun by those, entered in the register."""
    path.organisation = start(path, founder, leader=f"person:{leader}")
    told(path, leader, "request-filing", **asking(path, charter=charter(path, founder)))
    told(path, "community_officer", "pass-first-check", opinion="材料齐全")
    told(path, "subdistrict_officer", "approve-filing", **ENTERED)
    return path


def charter(path: Path, who: str) -> str:
    subject = f"organisation:{path.organisation}"
    return path.tell(
        who, "documents", "store", subject=subject, sha256="ab" * 32,
        media_type="application/pdf", size=9,
    )  # fmt: skip


def test_the_founder_and_the_leader_hold_their_roles_from_the_entry_on(district: District) -> None:
    path = with_neighbourhood(district)
    path.organisation = start(path)
    assert (roles(path, "founder"), roles(path, "singer")) == ([], [])
    path = entered(path, "singer")
    assert roles(path, "founder") == ["applicant"]
    assert roles(path, "singer") == ["legal_representative"]
    held = found(path, "person:singer").current[0]
    assert (held.starts, held.until) == (district.today, None)
    assert verify(district.system.store).faults == ()


def test_with_the_lead_the_role_passes_on_and_the_founder_keeps_theirs(district: District) -> None:
    path = with_filed(district)
    ask(path, {"change": "leader", "new_ref": "person:stranger"})
    told(path, "subdistrict_officer", "approve-change")
    assert roles(path, "stranger") == ["legal_representative"]
    assert (roles(path, "singer"), roles(path, "founder")) == ([], ["applicant"])
    assert found(path, "person:singer").held[0].ended == district.today


def test_a_change_of_anything_else_moves_no_role(district: District) -> None:
    path = with_filed(district)
    ask(path, ADDRESS)
    told(path, "subdistrict_officer", "approve-change")
    assert roles(path, "singer") == ["legal_representative"]


def test_who_was_named_before_they_came_gets_the_role_when_let_in(district: District) -> None:
    path = with_neighbourhood(district)
    district.pretender("late")
    entered(path, "late")
    district.person("late")
    assert roles(path, "late") == ["legal_representative"]
    taken_over = path.tell(
        "district_officer", "organisations", "import-filed", name="别的", filing_no="旧1",
        place=SUBDISTRICT, leader="person:registered",
    )  # fmt: skip
    path.organisation = taken_over
    district.person("registered")
    assert roles(path, "registered") == [], "a register is no decision of this house"


def test_who_has_been_replaced_before_they_came_gets_none(district: District) -> None:
    path = with_neighbourhood(district)
    district.pretender("late", Held("legal_representative"))
    entered(path, "late")
    # Named no longer, and not let in, somebody speaks for nobody.
    assert judged(path, "late", "request-change", document="d", **ADDRESS) == ["O7.who"]
    district.pretender("late", Held("legal_representative", organisation=path.organisation))
    told(
        path, "late", "request-change", change="leader", new_ref="person:singer",
        document=charter(path, "late"),
    )  # fmt: skip
    told(path, "second officer", "approve-change")
    district.person("late")
    assert roles(path, "late") == []
    assert roles(path, "singer") == ["legal_representative"]


@pytest.mark.parametrize(("office", "expected"), [("auditor", []), ("cashier", ["applicant"])])
def test_who_may_hold_no_other_role_founds_without_one(
    district: District, office: str, expected: list[str]
) -> None:
    path = with_neighbourhood(district)
    district.person("neighbour", Held(office, DISTRICT))
    entered(path, "singer", "neighbour")
    assert organisation(path).stage == "filed"
    assert roles(path, "neighbour") == expected


def test_a_role_that_somebody_was_given_already_is_not_given_twice(district: District) -> None:
    path = with_neighbourhood(district)
    path.organisation = start(path)
    path.tell(
        "administrator", "people", "grant-role", "singer", role="legal_representative",
        organisation=path.organisation,
    )  # fmt: skip
    told(path, "singer", "request-filing", **asking(path))
    told(path, "community_officer", "pass-first-check", opinion="材料齐全")
    told(path, "subdistrict_officer", "approve-filing", **ENTERED)
    assert roles(path, "singer") == ["legal_representative"]


def test_who_was_let_go_gets_no_role(district: District) -> None:
    path = with_neighbourhood(district)
    path.organisation = start(path)
    told(path, "singer", "request-filing", **asking(path))
    told(path, "community_officer", "pass-first-check", opinion="材料齐全")
    path.tell("administrator", "people", "release", "founder", reason="离开")
    told(path, "subdistrict_officer", "approve-filing", **ENTERED)
    assert (roles(path, "founder"), roles(path, "singer")) == ([], ["legal_representative"])
