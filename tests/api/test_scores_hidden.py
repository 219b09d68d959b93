"""A score is the panel's until the notice: the organisation it concerns does not see it before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from application.principals import Held
from tests.api.surface import Surface
from tests.district import DISTRICT, District
from tests.played import Path, with_award_proposed, with_notice_published, with_scored_proposal

HIDDEN = ("score_milli", "rank", "method")


def seen_by(district: District, proposal: str, role: str, organisation: str) -> str:
    """Everything that somebody in a role is shown of a proposal, in one text."""
    surface, name = Surface(district), f"some_{role}"
    surface.lends(name, Held(role, "" if organisation else DISTRICT, organisation))
    paths = ("", "/timeline", "/actions")
    answers = [surface.get(f"/v1/proposals/{proposal}{path}", name) for path in paths]
    answers.append(surface.get("/v1/proposals?limit=100", name))
    assert {answer.status_code for answer in answers} == {200}
    return json.dumps([answer.json() for answer in answers])


@pytest.fixture
def district(sqlite_url: str) -> Iterator[District]:
    found = District(sqlite_url)
    yield found
    found.close()


@pytest.mark.parametrize("play", [with_scored_proposal, with_award_proposed])
@pytest.mark.parametrize("role", ["applicant", "legal_representative"])
def test_before_the_notice_an_organisation_sees_no_score_and_no_amount(
    district: District, play: Callable[[District], Path], role: str
) -> None:
    path = play(district)
    seen = seen_by(district, path.proposal, role, path.organisation)
    assert not [name for name in HIDDEN if f'"{name}"' in seen]
    assert "87000" not in seen
    assert '"proposal.submitted"' in seen


def test_an_officer_sees_it_and_after_the_notice_the_organisation_does_too(
    district: District,
) -> None:
    path = with_notice_published(district)
    assert "87000" in seen_by(district, path.proposal, "round_secretary", "")
    assert "87000" in seen_by(district, path.proposal, "applicant", path.organisation)
