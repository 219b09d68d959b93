"""What lists and suspensions of an organisation block, and when they let go."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.application.test_appeals import file as appeal_for
from tests.application.test_appeals import heard, pledged, votes, with_declined_proposal
from tests.application.test_objections import GIVEN_BACK, books
from tests.application.test_standing import (
    listed,
    organisation,
    proposal,
    refusal_of,
    reinstated,
    suspended,
    unlisted,
    with_final_submitted,
)
from tests.district import RULES, District, uscc
from tests.played import (
    draft,
    with_award_confirmed,
    with_award_proposed,
    with_notice_published,
    with_open_round,
    with_scored_proposal,
    with_submitted_proposal,
)


def test_an_excluded_organisation_is_blocked_and_let_go_only_when_both_causes_are_gone(
    district: District,
) -> None:
    path = with_scored_proposal(district)
    listed(path)
    suspended(path)
    assert proposal(path).is_blocked
    award = ("panel_chair", "proposals", "propose-award", path.proposal)
    assert refusal_of(path, *award, amount_minor=1) == ["S30.blocked"]
    decline = ("panel_chair", "proposals", "decline", path.proposal)
    assert refusal_of(path, *decline, feedback="名额有限") == ["S30.blocked"]

    unlisted(path)
    assert proposal(path).is_blocked
    reinstated(path)
    assert not proposal(path).is_blocked
    path.tell("panel_chair", "proposals", "decline", path.proposal, feedback="名额有限")


def test_a_blocked_proposal_can_be_withdrawn_and_is_scored_by_the_clock(
    district: District,
) -> None:
    path = with_submitted_proposal(district)
    listed(path)
    take = ("round_secretary", "proposals", "take-intake", path.proposal)
    assert refusal_of(path, *take) == ["S30.blocked"]
    assert refusal_of(path, "legal", "proposals", "take-back", path.proposal) == ["S30.blocked"]
    assert books(path) == pledged(2_000_000)
    path.tell("legal", "proposals", "withdraw", path.proposal, reason="人员变动")
    assert books(path) == GIVEN_BACK


def test_a_blocked_item_is_left_out_of_the_notice_and_no_award_is_confirmed(
    district: District,
) -> None:
    path = with_award_proposed(district)
    listed(path)
    path.tell(
        "district_officer", "rounds", "publish-notice", path.round, starts=district.today,
        ends=district.today + timedelta(days=10), contact="0431-88888888",
    )  # fmt: skip
    assert proposal(path).stage == "proposed"
    assert "authority.reserved" not in books(path)


def test_an_award_on_notice_is_not_confirmed_while_its_organisation_is_listed(
    district: District,
) -> None:
    path = with_notice_published(district)
    listed(path, "abnormal", until=None)
    district.wait(days=11)
    confirm = ("leader", "proposals", "confirm-award", path.proposal)
    assert refusal_of(path, *confirm) == ["S30.blocked"]
    unlisted(path, "abnormal")
    path.tell(*confirm)


def test_the_clock_ends_an_entry_whose_last_day_is_over(district: District) -> None:
    path = with_notice_published(district)
    listed(path, until=district.today + timedelta(days=2))
    district.wait(days=2)
    assert proposal(path).is_blocked
    district.wait(days=1)
    assert not proposal(path).is_blocked
    assert organisation(path).listings[0].ended == district.today


def test_a_listed_organisation_neither_drafts_nor_submits_nor_signs(district: District) -> None:
    path = with_open_round(district)
    mine = draft(path, "为老服务")
    listed(path, "dishonest", until=None)
    listed(path, "exclusion")
    said = {"round": path.round, "organisation": path.organisation, "title": "新项目"}
    assert refusal_of(path, "applicant", "proposals", "draft", **said) == [
        "S1.dishonest", "S1.exclusion",
    ]  # fmt: skip
    assert refusal_of(path, "applicant", "proposals", "submit", mine) == ["S30.blocked"]
    unlisted(path, "dishonest")
    unlisted(path, "exclusion")
    path.pair("applicant", "legal", "proposals", "submit", mine)


def test_a_partner_on_a_list_keeps_a_joint_proposal_out_and_blocks_it_later(
    district: District,
) -> None:
    path = with_open_round(district)
    partner = path.tell(
        "district_officer", "organisations", "import", name="伙伴社工", uscc=uscc(2),
        place="220102006", leader="person:partner", account="account:2",
    )  # fmt: skip
    path.proposal = path.tell(
        "applicant", "proposals", "draft", round=path.round, organisation=path.organisation,
        title="合作项目", partners=[partner],
    )  # fmt: skip
    own, path.organisation = path.organisation, partner
    listed(path)
    assert proposal(path).is_blocked
    path.organisation = own
    listed(path)
    unlisted(path)
    assert proposal(path).is_blocked
    path.organisation = partner
    unlisted(path)
    assert not proposal(path).is_blocked


@pytest.mark.parametrize(("years", "kept_out"), [(0, False), (2, True)])
def test_a_round_looks_back_at_lists_that_have_ended(
    district: District, years: int, kept_out: bool
) -> None:
    asked = {**RULES, "eligibility": [{"rule": "abnormal", "years": years}]}
    path = with_open_round(district, rules=asked)
    listed(path, "abnormal", until=None)
    unlisted(path, "abnormal")
    said = {"round": path.round, "organisation": path.organisation, "title": "新项目"}
    if kept_out:
        assert refusal_of(path, "applicant", "proposals", "draft", **said) == ["S1.abnormal"]
    else:
        path.tell("applicant", "proposals", "draft", **said)


def test_an_agreement_is_not_signed_nor_activated_for_a_listed_organisation(
    district: District,
) -> None:
    path = with_award_confirmed(district)
    listed(path)
    said = {
        "document": "document:1", "account": "account:1", "starts": "2026-04-10",
        "ends": "2026-10-31", "midterm": "2026-07-15",
    }  # fmt: skip
    sign = ("legal", "grants", "sign-agreement", path.grant)
    assert refusal_of(path, *sign, **said) == ["G2.exclusion"]
    unlisted(path)
    path.pair("legal", "district_officer", "grants", "sign-agreement", path.grant, **said)
    listed(path, until=date(2028, 3, 1))
    activate = ("fund_manager", "grants", "activate", path.grant)
    assert refusal_of(path, *activate) == ["G3.blocked"]
    unlisted(path)
    path.pair("fund_manager", "finance_approver", "grants", "activate", path.grant)


def test_the_lowest_grade_excludes_the_organisation_for_the_years_of_the_round(
    district: District,
) -> None:
    path = with_final_submitted(district)
    said = {"score_milli": 59_999, "satisfaction_percent": 40, "sample": 30}
    path.tell("evaluator", "grants", "evaluate-final", path.grant, **said)
    entry = organisation(path).listed[0]
    today = district.today
    assert (entry.list, entry.until) == ("exclusion", today.replace(year=today.year + 3))


def test_a_passing_grade_excludes_nobody(district: District) -> None:
    path = with_final_submitted(district)
    said = {"score_milli": 60_000, "satisfaction_percent": 60, "sample": 30}
    path.tell("evaluator", "grants", "evaluate-final", path.grant, **said)
    assert organisation(path).listed == ()


def test_an_organisation_listed_while_it_appeals_is_blocked_as_soon_as_it_is_readmitted(
    district: District,
) -> None:
    path = with_declined_proposal(district)
    listed(path)
    appeal = heard(path, "S15")
    said = {"votes": votes(True, True), "step": "readmit-to-waitlist"}
    path.tell("leader", "appeals", "grant", appeal, **said)
    assert (proposal(path).stage, proposal(path).is_blocked) == ("waitlisted", True)
    unlisted(path)
    assert not proposal(path).is_blocked


def test_an_appeal_of_an_organisation_keeps_it_from_ending(district: District) -> None:
    path = with_declined_proposal(district)
    path.tell("legal", "proposals", "withdraw", path.rivals[0], reason="不再活动")
    appeal_for(path, "S15")
    ask = ("legal", "organisations", "request-deregistration", path.organisation)
    assert refusal_of(path, *ask, reason="不再活动") == ["O13.proposals"]
