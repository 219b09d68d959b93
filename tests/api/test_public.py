"""What anybody may see without signing in: called rounds, open funds, running grants; no people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from application.kinds import PLURALS
from tests.api.surface import Surface, a_surface, problem_of
from tests.played import ACCOUNT, Path, with_award_proposed, with_budgeted_round
from tests.played_to_end import with_costs_accepted

PERSON = re.compile(r"person:|account:|address|voucher")
OPEN_TO_ALL = ("funds", "rounds", "grants")


@dataclass
class Town:
    surface: Surface
    path: Path


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A grant whose first tranche is paid, and a rival that was declined."""
    file = tmp_path_factory.mktemp("public") / "fundtrail.db"
    with a_surface(f"sqlite:///{file}") as surface:
        yield Town(surface, with_costs_accepted(surface.district, rivals=1))


@pytest.mark.parametrize("nouns", [*PLURALS.values(), "costs", "contributions"])
def test_anybody_sees_what_is_public_and_nothing_else(town: Town, nouns: str) -> None:
    page = town.surface.get(f"/v1/{nouns}").json()

    assert bool(page["data"]) == (nouns in OPEN_TO_ALL)
    assert ACCOUNT not in str(page)
    assert not PERSON.search(str(page))


def test_a_grant_is_shown_with_its_amount_but_not_its_account(town: Town) -> None:
    path = f"/v1/grants/{town.path.grant}"
    public = town.surface.get(path).json()
    inside = town.surface.get(path, "fund_manager").json()

    assert public["amount"]["amount"] == "80000.00"
    assert inside["account"] == ACCOUNT
    assert {"account", "manager", "parties", "costs", "midterm_report"} <= set(inside)
    assert {"account", "manager", "parties", "costs", "midterm_report"}.isdisjoint(public)


@pytest.mark.parametrize("nouns", OPEN_TO_ALL)
def test_what_is_public_has_no_public_timeline(town: Town, nouns: str) -> None:
    (id,) = (row["id"] for row in town.surface.get(f"/v1/{nouns}").json()["data"])

    problem_of(town.surface.get(f"/v1/{nouns}/{id}/timeline"), 401)
    problem_of(town.surface.get(f"/v1/{nouns}/{id}/timeline", "resident"), 404)
    problem_of(town.surface.get(f"/v1/{nouns}/{id}/actions"), 401)


def test_a_called_round_is_shown_with_rules_and_rubric(town: Town) -> None:
    public = town.surface.get(f"/v1/rounds/{town.path.round}").json()

    assert [criterion["code"] for criterion in public["rules"]["rubric"]] == ["need", "plan"]
    assert public["rules"]["cap"]["amount"] == "100000.00"
    assert [item["proposal"] for item in public["items"]] == [town.path.proposal]


def test_a_round_that_is_not_called_is_not_public(sqlite_url: str) -> None:
    with a_surface(sqlite_url) as surface:
        path = with_budgeted_round(surface.district)

        problem_of(surface.get(f"/v1/rounds/{path.round}"), 404)


def test_the_ranking_is_not_public(sqlite_url: str) -> None:
    """Who was placed where, and what is to be awarded, is the panel's until the notice."""
    with a_surface(sqlite_url) as surface:
        path = with_award_proposed(surface.district, rivals=1)
        public = surface.get(f"/v1/rounds/{path.round}").text
        inside = surface.get(f"/v1/rounds/{path.round}", "leader").text

        for secret in ('"ranking"', '"panel"', path.proposal, *path.rivals):
            assert secret in inside
            assert secret not in public


def test_stages_count_only_what_is_seen(town: Town) -> None:
    public = town.surface.get("/v1/stages").json()["stages"]
    inside = town.surface.get("/v1/stages", "auditor").json()["stages"]

    assert public["grants"] == {"active": 1}
    assert public["proposals"] == {}
    assert inside["proposals"] == {"awarded": 1, "not_selected": 1}
