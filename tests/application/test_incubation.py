"""Incubation of an organisation: who may, how long, and how it ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from application.principals import Held
from tests.application.checked import OFFICER, insider, refusal, tell
from tests.application.rounds import partner
from tests.application.test_standing import organisation
from tests.district import DISTRICT, District
from tests.played import Path, with_organisation


def with_supporter(district: District) -> tuple[Path, dict[str, Any]]:
    """An organisation and another one that could incubate it for a year."""
    path = with_organisation(district)
    supporter = partner(path, "枢纽", 2)
    said = {"incubator": supporter, "incubated_until": "2027-03-01", "goals": "建章立制"}
    return path, said


@pytest.mark.parametrize(
    ("until", "rule"),
    [("2026-03-02", "O17.until"), ("2028-03-03", "O17.until"), ("2028-03-02", ""),
     ("2026-03-03", "")],
)  # fmt: skip
def test_incubation_has_a_last_day_within_two_years(
    district: District, until: str, rule: str
) -> None:
    path, said = with_supporter(district)
    said["incubated_until"] = until
    if rule:
        assert refusal(path, OFFICER, "start-incubation", **said) == [rule]
    else:
        tell(path, OFFICER, "start-incubation", **said)


def test_incubation_is_by_another_organisation_that_stands(district: District) -> None:
    path, said = with_supporter(district)
    own = {**said, "incubator": path.organisation}
    assert refusal(path, OFFICER, "start-incubation", **own) == ["O17.other"]
    district.tell(
        OFFICER, "organisations", "suspend", said["incubator"], decision="1号", scope="暂停",
        appeal_until=date(2026, 6, 30),
    )  # fmt: skip
    assert refusal(path, OFFICER, "start-incubation", **said) == ["O17.incubator"]


def test_who_belongs_to_either_organisation_does_not_decide_on_incubation(
    district: District,
) -> None:
    path, said = with_supporter(district)
    own = insider(path, "district_officer")
    theirs = Held("applicant", organisation=said["incubator"])
    district.person("theirs", Held("district_officer", DISTRICT), theirs)
    for who in (own, "theirs"):
        assert refusal(path, who, "start-incubation", **said) == ["O17.interest"]
    tell(path, OFFICER, "start-incubation", **said)
    ended = {"outcome": "graduated", "reason": "达成"}
    for who in (own, "theirs"):
        assert refusal(path, who, "end-incubation", **ended) == ["O17a.interest"]


def test_incubation_runs_once_at_a_time_and_ends_early_or_by_its_day(district: District) -> None:
    path, said = with_supporter(district)
    ended = {"outcome": "graduated", "reason": "达成"}
    assert refusal(path, OFFICER, "end-incubation", **ended) == ["O17a.under"]
    tell(path, OFFICER, "start-incubation", **said)
    assert refusal(path, OFFICER, "start-incubation", **said) == ["O17.once"]
    tell(path, OFFICER, "end-incubation", **ended)
    assert organisation(path).incubation_outcome == "graduated"
    assert refusal(path, OFFICER, "end-incubation", **ended) == ["O17a.under"]
    tell(path, OFFICER, "start-incubation", **{**said, "incubated_until": "2026-03-04"})
    district.wait(days=2)
    assert organisation(path).is_incubated_on(district.today)
    district.wait(days=1)
    assert refusal(path, OFFICER, "end-incubation", **ended) == ["O17a.under"]
    tell(path, OFFICER, "start-incubation", **said)
