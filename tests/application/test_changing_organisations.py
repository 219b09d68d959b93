"""Changes of an organisation: each guard refused, and its twin."""

from __future__ import annotations

import pytest

from application.principals import Held
from infrastructure.verify import verify
from tests.application.organisations import (
    ACCOUNT,
    ADDRESS,
    SUSPENSION,
    Fields,
    ask,
    judged,
    organisation,
    told,
)
from tests.application.verdicts import verdict
from tests.district import DISTRICT, District
from tests.filed import (
    COMMUNITY,
    NAME,
    SUBDISTRICT,
    paper,
    registration,
    with_filed,
    with_registered,
    with_upgrade_started,
)


def test_a_change_is_asked_for_with_a_document_and_made_by_an_officer(district: District) -> None:
    path = with_filed(district)
    ask(path, ADDRESS)
    asked = organisation(path)
    assert (asked.stage, asked.pending_change, asked.is_live) == (
        "change_requested",
        "address",
        True,
    )
    told(path, "subdistrict_officer", "approve-change")
    changed = organisation(path)
    assert (changed.stage, changed.address) == ("filed", "南关区和平路7号")
    assert (changed.pending_change, changed.new_ref, changed.change_document) == ("", "", "")
    assert changed.account_changed is None
    assert verify(district.system.store).faults == ()


@pytest.mark.parametrize(
    ("change", "refused", "twin"),
    [
        ({"change": "leader", "new_ref": "王老师"}, "O7.reference", "person:wang"),
        ({"change": "leader", "new_ref": "person:singer"}, "O7.same", "person:wang"),
        ({"change": "name", "new_ref": NAME}, "O7.same", "夕阳红艺术团"),
        ({"change": "name", "new_ref": "占用的 名称"}, "O7.name", "占用的名称二"),
    ],
)
def test_a_new_value_is_another_one_in_its_own_form_and_free(
    district: District, change: Fields, refused: str, twin: str
) -> None:
    path = with_filed(district)
    path.tell(
        "district_officer", "organisations", "import-filed", name="占用的名称", filing_no="旧1",
        place=SUBDISTRICT, leader="person:x",
    )  # fmt: skip
    said = {"document": paper(path, "founder"), **change}
    assert judged(path, "singer", "request-change", **said) == [refused]
    assert judged(path, "singer", "request-change", **{**said, "new_ref": twin}) == []


def test_a_change_rests_on_a_document_of_the_organisation(district: District) -> None:
    path = with_filed(district)
    other = path.tell(
        "district_officer", "organisations", "import-filed", name="别的", filing_no="旧1",
        place=COMMUNITY, leader="person:x",
    )  # fmt: skip
    foreign = paper(path, "district_officer", other)
    request = ("singer", "request-change")
    assert judged(path, *request, document=foreign, **ADDRESS) == ["O7.document"]
    assert judged(path, *request, document=paper(path, "founder"), **ADDRESS) == []
    assert judged(path, "founder", "request-change", document=foreign, **ADDRESS) == ["O7.who"]


def test_only_a_legal_person_changes_an_account_of_its_own(district: District) -> None:
    path = with_filed(district)
    said = {"document": paper(path, "founder"), **ACCOUNT}
    assert judged(path, "singer", "request-change", **said) == ["O7.account"]
    told(path, "singer", "start-upgrade")
    assert judged(path, "singer", "request-change", **said) == ["O7.account"]
    told(path, "district_officer", "confirm-registration", **registration(path))
    assert judged(path, "singer", "request-change", **said) == []


def test_an_account_is_verified_by_one_officer_and_approved_by_another(
    district: District,
) -> None:
    path = with_registered(district)
    ask(path, ACCOUNT)
    waiting = told(path, "subdistrict_officer", "approve-change")
    assert organisation(path).account == ""
    approve = ("approvals", "approve", waiting)
    assert verdict(path, "subdistrict_officer", *approve) == ["W2.preparer"]
    path.tell("district_officer", *approve)
    changed = organisation(path)
    assert (changed.stage, changed.account) == ("registered", "account:own")
    assert (changed.account_changed, changed.account_hands) == (
        district.today, ("person:district_officer", "person:subdistrict_officer"),
    )  # fmt: skip
    ask(path, ADDRESS)
    told(path, "district_officer", "approve-change")
    assert organisation(path).account_changed == district.today
    assert verify(district.system.store).faults == ()


def test_a_suspension_meanwhile_ends_an_account_change_that_was_verified(
    district: District,
) -> None:
    path = with_registered(district)
    ask(path, ACCOUNT)
    waiting = told(path, "subdistrict_officer", "approve-change")
    told(path, "district_officer", "suspend", **SUSPENSION)
    district.person("second", Held("district_officer", DISTRICT))
    assert verdict(path, "second", "approvals", "approve", waiting) != []
    told(path, "second", "reinstate", reason="整改完成")
    back = organisation(path)
    assert (back.stage, back.pending_change, back.account) == ("registered", "", "")


@pytest.mark.parametrize("verb", ["approve-change", "refuse-change"])
def test_who_decides_on_a_change_has_no_part_in_it(district: District, verb: str) -> None:
    path = with_filed(district)
    told(
        path, "singer", "request-change", change="leader", new_ref="person:next",
        document=paper(path, "founder"),
    )  # fmt: skip
    row = organisation(path).lifecycle.verbs[verb].row
    said = {"reason": "材料不符"} if verb == "refuse-change" else {}
    expected = {"founder": ["own"], "singer": ["own"], "next": ["leader"]}
    for name, rules in expected.items():
        district.person(name, Held("subdistrict_officer", SUBDISTRICT))
        filed = ["O7a.filed"] if (row, name) == ("O7a", "founder") else []
        assert judged(path, name, verb, **said) == [*(f"{row}.{rule}" for rule in rules), *filed]
    mine = Held("applicant", organisation=path.organisation)
    district.person("member", Held("subdistrict_officer", SUBDISTRICT), mine)
    assert judged(path, "member", verb, **said) == [f"{row}.interest"]
    assert judged(path, "subdistrict_officer", verb, **said) == []


def test_an_officer_who_filed_the_proof_does_not_rely_on_it(district: District) -> None:
    path = with_filed(district)
    own = paper(path, "subdistrict_officer")
    told(path, "singer", "request-change", document=own, **ADDRESS)
    assert judged(path, "subdistrict_officer", "approve-change") == ["O7a.filed"]
    assert judged(path, "second officer", "approve-change") == []


def test_a_name_that_was_taken_meanwhile_is_not_given(district: District) -> None:
    path = with_filed(district)
    ask(path, {"change": "name", "new_ref": "夕阳红艺术团"})
    assert judged(path, "subdistrict_officer", "approve-change") == []
    path.tell(
        "district_officer", "organisations", "import-filed", name="夕阳红艺术团", filing_no="旧1",
        place=SUBDISTRICT, leader="person:x",
    )  # fmt: skip
    assert judged(path, "subdistrict_officer", "approve-change") == ["O7a.name"]
    told(path, "subdistrict_officer", "refuse-change", reason="名称已被使用")
    kept = organisation(path)
    assert (kept.stage, kept.name, kept.pending_change) == ("filed", NAME, "")


def test_a_new_leader_speaks_for_the_organisation_and_the_old_one_no_more(
    district: District,
) -> None:
    path = with_filed(district)
    ask(path, {"change": "leader", "new_ref": "person:stranger"})
    told(path, "subdistrict_officer", "approve-change")
    district.seated("singer", "stranger")
    assert judged(path, "stranger", "start-upgrade") == []
    assert judged(path, "singer", "start-upgrade") == ["O8.who"]


@pytest.mark.parametrize("upgrading", [False, True])
def test_a_change_that_is_asked_for_ends_with_a_suspension_or_a_deregistration(
    district: District, upgrading: bool
) -> None:
    path = with_upgrade_started(district) if upgrading else with_filed(district)
    left = organisation(path).stage
    ask(path, ADDRESS)
    told(path, "district_officer", "suspend", **SUSPENSION)
    suspended = organisation(path)
    assert (suspended.stage, suspended.stage_left, suspended.pending_change) == (
        "suspended", left, "",
    )  # fmt: skip
    district.person("second", Held("district_officer", DISTRICT))
    told(path, "second", "reinstate", reason="整改完成")
    assert (organisation(path).stage, organisation(path).address) == (left, "")
    ask(path, ADDRESS)
    told(path, "district_officer", "request-deregistration", reason="撤销")
    told(path, "district_officer", "drop-deregistration", reason="撤回")
    assert (organisation(path).stage, organisation(path).pending_change) == (left, "")
    assert verify(district.system.store).faults == ()
