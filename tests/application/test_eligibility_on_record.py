"""What rounds ask of the record of an organisation, when it drafts, submits, consents and signs."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest

from domain.eligibility import may_apply
from domain.errors import Reason
from domain.organisations import Organisation
from domain.organisations.check_events import AnnualCheck
from tests.application.checked import OFFICER, checked, graded, submitted, tell
from tests.application.refusing import refused, rules
from tests.application.rounds import partner
from tests.application.test_standing import listed, unlisted
from tests.district import RULES, District
from tests.domain import turns
from tests.domain.test_decisions import TODAY, round_in
from tests.played import (
    ACCOUNT,
    CONTENT,
    Path,
    with_award_confirmed,
    with_open_round,
    with_organisation,
)
from tests.played_to_end import with_agreement_signed

ASKED: list[dict[str, Any]] = [
    {"rule": "annual_check", "years": 1},
    {"rule": "grade", "years": 0, "grade": "2A"},
    {"rule": "registered", "years": 2},
]
ASKING: dict[str, Any] = {**RULES, "eligibility": ASKED}
AGREED: dict[str, Any] = {
    "document": "document:1", "account": ACCOUNT, "starts": "2026-04-10", "ends": "2026-10-31",
    "midterm": "2026-07-15",
}  # fmt: skip


def sentences(asked: dict[str, Any], day: date = TODAY, **known: Any) -> list[str]:
    """Why an organisation of which that is known is kept out on a day."""
    facts = {
        "stage": "registered",
        "uscc": "52",
        "name": "同创",
        "registered_on": date(2019, 5, 20),
        **known,
    }
    round = round_in("open", turns.rules(eligibility=[asked]))
    found = may_apply("S3", Organisation(id="o", **facts), round, day)
    return [each.sentence for each in found if isinstance(each, Reason)]


def past(*checks: tuple[int, str]) -> dict[str, Any]:
    years = [year for year, result in checks if result]
    entries = tuple(AnnualCheck(year, result) for year, result in checks)
    return {"annual_checks": entries, "checked_year": max(years, default=None)}


@pytest.mark.parametrize(
    ("years", "day", "checks", "kept_out"),
    [
        (0, TODAY, [], []),
        (1, TODAY, [], [2024]),
        (1, TODAY, [(2024, "passed")], []),
        (1, date(2026, 5, 31), [(2024, "passed")], []),
        (1, date(2026, 6, 1), [(2024, "passed")], [2025]),
        (1, date(2026, 6, 1), [(2024, "passed"), (2025, "")], []),
        (1, TODAY, [(2025, "basically_passed")], []),
        (2, TODAY, [(2025, "passed")], [2024]),
        (2, TODAY, [(2024, "failed"), (2025, "passed")], [2024]),
        (1, TODAY, [(2024, "failed"), (2025, "passed")], []),
        (3, TODAY, [], [2024, 2023, 2022]),
    ],
)
def test_annual_checks_that_are_missing_or_failed_keep_out_for_the_years_of_the_round(
    years: int, day: date, checks: list[tuple[int, str]], kept_out: list[int]
) -> None:
    found = sentences({"rule": "annual_check", "years": years}, day, **past(*checks))
    failed = {year for year, result in checks if result == "failed"}
    assert found == [
        f"“同创” failed the annual check of {year}; this round looks back {years} years."
        if year in failed
        else f"No annual check of “同创” for {year} is recorded; this round asks for those of the "
        f"last {years} years."
        for year in kept_out
    ]


def test_years_before_an_organisation_was_there_are_not_missing() -> None:
    asked = {"rule": "annual_check", "years": 3}
    known = {"registered_on": date(2024, 6, 30), **past((2024, "passed"))}
    assert sentences(asked, **known) == []
    known["registered_on"] = date(2023, 6, 30)
    assert sentences(asked, **known) != []


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({}, "“同创” has no grade that is valid today; this round asks for 3A or better."),
        (
            {"grade": "5A", "grade_until": date(2026, 3, 1)},
            "“同创” has no grade that is valid today; this round asks for 3A or better.",
        ),
        (
            {"grade": "2A", "grade_until": date(2030, 1, 1)},
            "“同创” is graded 2A until 2030-01-01; this round asks for 3A or better.",
        ),
        ({"grade": "3A", "grade_until": TODAY}, ""),
        ({"grade": "5A", "grade_until": TODAY}, ""),
    ],
)
def test_a_round_may_ask_for_a_grade_that_is_still_valid(
    known: dict[str, Any], sentence: str
) -> None:
    asked = {"rule": "grade", "years": 0, "grade": "3A"}
    assert sentences(asked, **known) == [sentence] * bool(sentence)


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        (
            None,
            "Since when “同创” has been registered is not recorded; this round asks for 2 years of "
            "registration.",
        ),
        (
            date(2024, 3, 3),
            "“同创” has been registered since 2024-03-03; this round asks for 2 years of "
            "registration.",
        ),
        (date(2024, 3, 2), ""),
    ],
)
def test_years_of_registration_are_counted_to_the_day(since: date | None, sentence: str) -> None:
    found = sentences({"rule": "registered", "years": 2}, registered_on=since)
    assert found == [sentence] * bool(sentence)
    assert sentences({"rule": "registered", "years": 0}, registered_on=since) == []


def test_a_draft_is_refused_with_everything_that_the_record_lacks(district: District) -> None:
    unknown = partial(with_organisation, registered_on=None, annual_checks=[])
    path = with_open_round(district, rules=ASKING, organised=unknown)
    listed(path)
    said = {"round": path.round, "organisation": path.organisation, "title": "新项目"}
    found = refused(district, "applicant", "proposals", "draft", **said)
    assert rules(found) == ["S1.exclusion", "S1.annual_check", "S1.grade", "S1.registered"]


def test_what_is_put_on_record_lets_the_organisation_in(district: District) -> None:
    known = partial(with_organisation, annual_checks=[])
    path = with_open_round(district, rules=ASKING, organised=known)
    said = {"round": path.round, "organisation": path.organisation, "title": "新项目"}
    found = refused(district, "applicant", "proposals", "draft", **said)
    assert rules(found) == ["S1.annual_check", "S1.grade"]
    checked(path)
    graded(path)
    path.tell("applicant", "proposals", "draft", **said)


def drafted(path: Path, **said: Any) -> str:
    asked = {"round": path.round, "organisation": path.organisation, "title": "为老服务"}
    proposal = path.tell("applicant", "proposals", "draft", **asked, **said)
    path.tell("applicant", "proposals", "edit", proposal, **CONTENT)
    return proposal


def test_a_grade_that_is_revoked_after_the_draft_is_missing_at_submission(
    district: District,
) -> None:
    path = with_graded_round(district)
    proposal = drafted(path)
    tell(path, OFFICER, "lower-grade", grade="none", cause="撤销")
    found = refused(district, "applicant", "proposals", "submit", proposal)
    assert rules(found) == ["S3.grade"]
    graded(path, "2A")
    path.pair("applicant", "legal", "proposals", "submit", proposal)


def with_graded_organisation(district: District) -> Path:
    """The organisation has passed its check of 2025 and is graded 3A."""
    path = with_organisation(district)
    checked(path)
    graded(path)
    return path


def with_graded_round(district: District) -> Path:
    """An open round that asks for checks, a grade and years, and an organisation that has them."""
    return with_open_round(district, rules=ASKING, organised=with_graded_organisation)


def test_a_partner_consents_when_its_own_record_is_complete(district: District) -> None:
    path = with_graded_round(district)
    other = partner(path, "乙社工", 2)
    proposal = drafted(path, partners=[other])
    consent = ("乙社工 legal", "proposals", "consent", proposal)
    found = refused(district, *consent)
    assert rules(found) == ["S3b.annual_check", "S3b.grade", "S3b.registered"]


def test_an_agreement_asks_again_for_what_the_round_asks(district: District) -> None:
    path = with_award_confirmed(district, rules=ASKING, organised=with_graded_organisation)
    tell(path, OFFICER, "lower-grade", grade="1A", cause="降级")
    listed(path, "abnormal", until=None)
    sign = ("legal", "grants", "sign-agreement", path.grant)
    assert rules(refused(district, *sign, **AGREED)) == ["G2.abnormal", "G2.grade"]
    unlisted(path, "abnormal")
    assert rules(refused(district, *sign, **AGREED)) == ["G2.grade"]
    tell(path, OFFICER, "lower-grade", grade="none", cause="撤销")
    graded(path, "2A")
    path.pair("legal", OFFICER, "grants", "sign-agreement", path.grant, **AGREED)


def test_an_organisation_whose_record_is_complete_signs(district: District) -> None:
    path = with_agreement_signed(district, rules=ASKING, organised=with_graded_organisation)
    assert len(path.tranches) == 2


def test_a_check_that_waits_for_its_result_does_not_keep_out(district: District) -> None:
    asked = {**RULES, "eligibility": [{"rule": "annual_check", "years": 1}]}
    path = with_organisation(district)
    district.wait(days=91)
    path = with_open_round(district, rules=asked, organised=lambda _: path)
    said = {"round": path.round, "organisation": path.organisation, "title": "新项目"}
    found = refused(district, "applicant", "proposals", "draft", **said)
    assert rules(found) == ["S1.annual_check"]
    submitted(path)
    path.tell("applicant", "proposals", "draft", **said)
