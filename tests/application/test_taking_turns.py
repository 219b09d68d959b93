"""Optimisation, joint proposals, ties and exclusion as people live them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from application.principals import Held
from domain.errors import NotPermitted
from infrastructure.verify import verify
from tests.application.refusing import refused, rules
from tests.application.rounds import MANY, books, hold, judge, partner, stage, stands
from tests.deliberated import fix_ranking
from tests.district import DISTRICT, RULES, District
from tests.played import (
    CONTENT,
    Path,
    draft,
    submit,
    with_notice_published,
    with_open_round,
    with_scored_proposal,
)

SEC = "round_secretary"


def with_optimising(district: District) -> Path:
    """The scored proposal is to be improved within three days."""
    path = with_scored_proposal(district)
    due = district.today + timedelta(days=3)
    path.tell(
        SEC, "proposals", "ask-optimisation", path.proposal, improvements=["细化频次"], due=due
    )
    return path


def test_optimisation_that_is_late_leaves_the_proposal_as_it_was(district: District) -> None:
    path = with_optimising(district)
    before = stands(path, "proposal", path.proposal).says
    district.wait(days=3)
    assert stage(path, "proposal", path.proposal) == "optimising"
    district.wait(days=1)
    assert stage(path, "proposal", path.proposal) == "scored"
    found = refused(
        district, "applicant", "proposals", "submit-optimised", path.proposal, summary="迟了"
    )
    assert rules(found) == ["S12a.stage"]
    assert stands(path, "proposal", path.proposal).says == before


def test_an_improved_proposal_may_cost_less_and_never_more(district: District) -> None:
    path = with_optimising(district)
    more = [{"line": "activity", "amount_minor": 9_600_000}, CONTENT["budget"][1]]
    found = refused(
        district, "applicant", "proposals", "submit-optimised", path.proposal,
        budget=more, requested_minor=8_100_000,
    )  # fmt: skip
    assert "S12a.requested" in rules(found)
    less = [{"line": "activity", "amount_minor": 8_500_000}, CONTENT["budget"][1]]
    path.pair(
        "applicant", "legal", "proposals", "submit-optimised", path.proposal,
        budget=less, requested_minor=7_000_000,
    )  # fmt: skip
    assert stage(path, "proposal", path.proposal) == "scored"
    found = refused(
        district, "panel_chair", "proposals", "propose-award", path.proposal,
        amount_minor=7_000_001,
    )  # fmt: skip
    assert "S13.requested" in rules(found)
    assert books(path)["match.pledged"] == 2_000_000


def test_improving_begins_with_the_budget_as_it_was_checked(district: District) -> None:
    """What the budget check took away does not come back with better words."""
    path = with_open_round(district)
    path.proposal = submit(path, "为老服务")
    path.tell(SEC, "proposals", "take-intake", path.proposal)
    lowered = [{"line": "activity", "amount_minor": 9_000_000}]
    path.tell(
        "finance_approver", "proposals", "pass-budget-check", path.proposal, adjusted_lines=lowered
    )
    path.tell(SEC, "proposals", "admit", path.proposal)
    judge(path)
    due = district.today + timedelta(days=3)
    path.tell(SEC, "proposals", "ask-optimisation", path.proposal, improvements=["改"], due=due)
    path.pair("applicant", "legal", "proposals", "submit-optimised", path.proposal, summary="更好")
    proposal = stands(path, "proposal", path.proposal)
    assert (proposal.requested_minor, proposal.says.requested_minor) == (7_500_000, 7_500_000)


def test_a_notice_waits_for_what_is_still_improved(district: District) -> None:
    path = with_optimising(district)
    fix_ranking(path)
    said = {"starts": district.today, "ends": district.today + timedelta(days=10), "contact": "0"}
    found = refused(district, "district_officer", "rounds", "publish-notice", path.round, **said)
    assert rules(found) == ["R9.decided"]


def joint(path: Path) -> tuple[str, str]:
    """A draft with one partner; the ids of both."""
    other = partner(path, "乙社工", 2)
    proposal = path.tell(
        "applicant", "proposals", "draft", round=path.round, organisation=path.organisation,
        title="联合为老", partners=[other],
    )  # fmt: skip
    path.tell("applicant", "proposals", "edit", proposal, **CONTENT)
    return proposal, other


def test_a_joint_proposal_is_submitted_only_with_its_partners_consent(district: District) -> None:
    path = with_open_round(district)
    proposal, other = joint(path)
    found = refused(district, "applicant", "proposals", "submit", proposal)
    assert rules(found) == ["S3.consent"]
    assert "乙社工" in str(found)
    path.tell("乙社工 legal", "proposals", "consent", proposal)
    path.pair("applicant", "legal", "proposals", "submit", proposal)
    assert [c.organisation for c in stands(path, "proposal", proposal).consents] == [other]
    held = {"available": 2_490_000, "pledged": 20_000, "counterpart": -20_000}
    assert books(path) == hold(allotted=510_000, **held)


def test_a_consent_ends_with_the_words_that_were_consented_to(district: District) -> None:
    path = with_open_round(district)
    proposal, _ = joint(path)
    path.tell("乙社工 legal", "proposals", "consent", proposal)
    path.tell("applicant", "proposals", "edit", proposal, summary="换了说法")
    found = refused(district, "applicant", "proposals", "submit", proposal)
    assert rules(found) == ["S3.consent"]
    path.tell("乙社工 legal", "proposals", "consent", proposal)
    path.pair("applicant", "legal", "proposals", "submit", proposal)


@pytest.mark.parametrize("who", ["legal", "乙社工 applicant", "丙社工 legal", "leader"])
def test_nobody_else_consents_for_a_partner(district: District, who: str) -> None:
    path = with_open_round(district)
    proposal, _ = joint(path)
    partner(path, "丙社工", 3)
    with pytest.raises(NotPermitted):
        path.tell(who, "proposals", "consent", proposal)


@pytest.mark.parametrize("verb", ["submit", "withdraw", "take-back"])
def test_a_partner_consents_and_does_nothing_else_to_the_proposal(
    district: District, verb: str
) -> None:
    path = with_open_round(district)
    proposal, _ = joint(path)
    said = {"reason": "退出"} if verb == "withdraw" else {}
    with pytest.raises(NotPermitted):
        path.tell("乙社工 legal", "proposals", verb, proposal, **said)


def test_a_tie_is_broken_by_the_order_of_the_round(district: District) -> None:
    """Both score the same; the round prefers the smaller request, whatever its number."""
    by_request: dict[str, Any] = {**MANY, "tie_break": ["requested"]}
    path = with_open_round(district, rules=by_request)
    large = submit(path, "大项目")
    small = draft(path, "小项目")
    budget = [{"line": "activity", "amount_minor": 5_000_000}]
    amounts = {"requested_minor": 4_000_000, "match_minor": 1_000_000}
    path.tell("applicant", "proposals", "edit", small, budget=budget, **amounts)
    path.pair("applicant", "legal", "proposals", "submit", small)
    judge(path, large, small)
    fix_ranking(path)
    ranking = stands(path, "round", path.round).ranking
    assert [each.proposal for each in ranking] == [small, large]
    assert {each.score_milli for each in ranking} == {87_000}


def test_a_proposal_on_notice_is_shut_out_by_two_and_its_money_comes_back(
    district: District,
) -> None:
    path = with_notice_published(district)
    heard = {"basis": "false_material", "heard_on": district.today, "hearing": "承认名单不实"}
    said = {**heard, "reason": "材料虚假"}
    path.pair("oversight_officer", "leader", "proposals", "disqualify", path.proposal, **said)
    assert stage(path, "proposal", path.proposal) == "disqualified"
    assert books(path) == hold(available=2_490_000, allotted=510_000)
    assert verify(district.system.store).faults == ()


def test_one_person_alone_shuts_nobody_out(district: District) -> None:
    path = with_notice_published(district)
    roles = (Held("oversight_officer", DISTRICT), Held("leader", DISTRICT))
    district.person("both", *roles)
    said: dict[str, Any] = {
        "basis": "official_list",
        "heard_on": district.today,
        "hearing": "已陈述",
    }
    waiting = district.tell("both", "proposals", "disqualify", path.proposal, reason="列名", **said)
    found = refused(district, "both", "approvals", "approve", waiting.id)
    assert "W2.preparer" in rules(found)


def test_an_organisation_that_is_only_filed_is_kept_out_where_registration_is_asked(
    district: District,
) -> None:
    asks = {**RULES, "eligibility": [{"rule": "registered", "years": 1}]}
    path = with_open_round(district, rules=asks)
    filed = path.tell(
        "district_officer", "organisations", "import-filed", name="巧手坊", filing_no="备1",
        place="220102006", leader="person:legal", fiscal_agent=path.organisation,
    )  # fmt: skip
    proposal = path.tell(
        "applicant", "proposals", "draft", round=path.round, organisation=path.organisation,
        title="联合", partners=[filed],
    )  # fmt: skip
    path.tell("applicant", "proposals", "edit", proposal, **CONTENT)
    found = rules(refused(district, "applicant", "proposals", "submit", proposal))
    assert found == ["S3.registered", "S3.consent"]
