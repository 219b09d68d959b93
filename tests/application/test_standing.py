"""The standing of an organisation: lists, suspension, deregistration, and what they block."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from application.principals import Held
from infrastructure.verify import verify
from tests.application.refusing import refused, rules
from tests.application.test_appeals import heard, votes
from tests.application.test_objections import GIVEN_BACK, books
from tests.district import DISTRICT, District
from tests.played import (
    Path,
    submit,
    with_award_confirmed,
    with_open_round,
    with_organisation,
    with_submitted_proposal,
)
from tests.played_to_end import found, with_agreement_signed, with_second_tranche_paid

SUSPENSION: dict[str, Any] = {
    "decision": "民政局〔2026〕13号", "scope": "暂停承接", "appeal_until": date(2026, 6, 30),
}  # fmt: skip


def listed(path: Path, name: str = "exclusion", **said: Any) -> None:
    """Enters the path's organisation on a list."""
    fields = {"list": name, "basis": "民政局〔2026〕12号", "until": date(2027, 3, 1), **said}
    path.tell("oversight_officer", "organisations", "place-on-list", path.organisation, **fields)


def unlisted(path: Path, name: str = "exclusion") -> None:
    path.tell(
        "district_officer", "organisations", "remove-from-list", path.organisation, list=name,
        reason="已整改",
    )  # fmt: skip


def suspended(path: Path) -> None:
    path.tell("district_officer", "organisations", "suspend", path.organisation, **SUSPENSION)


def reinstated(path: Path) -> None:
    path.district.person("second officer", Held("district_officer", DISTRICT))
    path.tell("second officer", "organisations", "reinstate", path.organisation, reason="整改完成")


def with_final_submitted(district: District) -> Path:
    """The period is over and the final report is in."""
    path = with_second_tranche_paid(district)
    district.wait(days=110)
    path.tell("legal", "grants", "submit-final", path.grant, results="部分完成", surplus_minor=0)
    return path


def organisation(path: Path) -> Any:
    return found(path, f"organisation:{path.organisation}")


def proposal(path: Path) -> Any:
    return found(path, f"proposal:{path.proposal}")


def refusal_of(path: Path, who: str, nouns: str, verb: str, id: str = "", **said: Any) -> list[str]:
    return rules(refused(path.district, who, nouns, verb, id, **said))


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"list": "exclusion", "until": None}, "O11a.until"),
        ({"list": "abnormal", "until": date(2026, 3, 1)}, "O11a.future"),
    ],
)
def test_an_entry_on_a_list_has_sound_days(
    district: District, said: dict[str, Any], rule: str
) -> None:
    path = with_organisation(district)
    place = ("oversight_officer", "organisations", "place-on-list", path.organisation)
    assert refusal_of(path, *place, basis="依据", **said) == [rule]
    path.tell(*place, basis="依据", **{**said, "until": date(2026, 3, 2)})


def test_an_entry_is_made_once_prolonged_and_removed_with_a_reason(district: District) -> None:
    path = with_organisation(district)
    listed(path)
    place = ("oversight_officer", "organisations", "place-on-list", path.organisation)
    same: dict[str, Any] = {"list": "exclusion", "basis": "再次", "until": date(2027, 3, 1)}
    assert refusal_of(path, *place, **same) == ["O11a.once"]
    listed(path, until=date(2028, 3, 1))
    remove = ("district_officer", "organisations", "remove-from-list", path.organisation)
    assert refusal_of(path, *remove, list="exclusion") == ["O11b.reason"]
    assert refusal_of(path, *remove, list="abnormal", reason="无") == ["O11b.listed"]
    unlisted(path)
    assert organisation(path).listed == ()


def test_a_member_does_not_take_their_own_organisation_off_a_list(district: District) -> None:
    path = with_organisation(district)
    listed(path)
    mine = Held("applicant", organisation=path.organisation)
    district.person("insider", Held("district_officer", DISTRICT), mine)
    remove = ("insider", "organisations", "remove-from-list", path.organisation)
    assert refusal_of(path, *remove, list="exclusion", reason="已整改") == ["O11b.interest"]


@pytest.mark.parametrize(
    ("days", "rule"), [(-1, "O11.future"), (0, ""), (7, ""), (8, "O11.days"), (400, "O11.days")]
)
def test_credit_is_recorded_within_five_working_days(
    district: District, days: int, rule: str
) -> None:
    # From Monday the 2nd of March, the 9th is the fifth working day; from Sunday, the sixth.
    path = with_organisation(district)
    district.wait(days=7)
    happened = district.today - timedelta(days=days)
    record = ("oversight_officer", "organisations", "record-credit", path.organisation)
    said: dict[str, Any] = {
        "kind": "warning",
        "basis": "依据",
        "happened_on": happened,
        "calendar": "CN-2026.1",
    }
    if rule:
        assert refusal_of(path, *record, **said) == [rule]
    else:
        path.tell(*record, **said)
        assert organisation(path).credits == 1


def test_another_hand_reinstates_than_that_which_suspended(district: District) -> None:
    path = with_organisation(district)
    suspended(path)
    assert organisation(path).stage == "suspended"
    again = ("district_officer", "organisations", "reinstate", path.organisation)
    assert refusal_of(path, *again, reason="整改完成") == ["O12a.suspender"]
    reinstated(path)
    assert organisation(path).stage == "registered"


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"until": date(2026, 3, 1)}, "O12.until"),
        ({"appeal_until": date(2026, 3, 1)}, "O12.appeal"),
    ],
)
def test_a_suspension_has_sound_days(district: District, said: dict[str, Any], rule: str) -> None:
    path = with_organisation(district)
    suspend = ("district_officer", "organisations", "suspend", path.organisation)
    assert refusal_of(path, *suspend, **{**SUSPENSION, **said}) == [rule]
    today: dict[str, Any] = dict.fromkeys(said, district.today)
    path.tell(*suspend, **{**SUSPENSION, **today})


def test_a_granted_appeal_reinstates_a_suspended_organisation(district: District) -> None:
    path = with_submitted_proposal(district)
    suspended(path)
    appeal = heard(path, "O12", contested=path.organisation)
    again = {"decision": "O12", "contested": path.organisation, "statement": "再诉"}
    assert refusal_of(path, "legal", "appeals", "file", **again) == ["X1.once"]
    path.tell("leader", "appeals", "grant", appeal, votes=votes(True, True), step="reinstate")
    assert organisation(path).stage == "registered"
    assert not proposal(path).is_blocked


def test_an_organisation_asks_for_its_end_when_nothing_of_it_is_open(district: District) -> None:
    path = with_submitted_proposal(district)
    ask = ("legal", "organisations", "request-deregistration", path.organisation)
    assert refusal_of(path, *ask, reason="不再活动") == ["O13.proposals"]
    path.tell("legal", "proposals", "withdraw", path.proposal, reason="不再活动")
    path.tell(*ask, reason="不再活动")
    end = ("district_officer", "organisations", "confirm-deregistration", path.organisation)
    path.tell(*end, asset_disposal="转赠")
    assert organisation(path).stage == "deregistered"


def test_a_forced_end_blocks_proposals_and_cancels_what_was_not_begun(district: District) -> None:
    path = with_agreement_signed(district)
    force = ("district_officer", "organisations", "request-deregistration", path.organisation)
    path.tell(*force, reason="撤销登记")
    assert organisation(path).forced
    assert found(path, f"grant:{path.grant}").stage == "cancelled"
    assert proposal(path).stage == "lapsed_unsigned"
    assert books(path) == GIVEN_BACK


def test_a_forced_end_waits_for_what_is_open_and_may_be_dropped(district: District) -> None:
    path = with_open_round(district)
    path.proposal = submit(path, "为老服务")
    suspended(path)
    force = ("district_officer", "organisations", "request-deregistration", path.organisation)
    path.tell(*force, reason="撤销登记")
    end = ("district_officer", "organisations", "confirm-deregistration", path.organisation)
    assert refusal_of(path, *end, asset_disposal="转赠") == ["O13a.proposals"]
    path.tell(
        "district_officer", "organisations", "drop-deregistration", path.organisation,
        reason="法院撤销",
    )  # fmt: skip
    assert organisation(path).stage == "suspended"
    assert proposal(path).is_blocked
    reinstated(path)
    assert (organisation(path).stage, proposal(path).is_blocked) == ("registered", False)
    assert verify(district.system.store).faults == ()


def test_a_grant_that_runs_keeps_its_organisation_from_ending(district: District) -> None:
    path = with_award_confirmed(district)
    ask = ("legal", "organisations", "request-deregistration", path.organisation)
    assert refusal_of(path, *ask, reason="不再活动") == ["O13.grants"]
