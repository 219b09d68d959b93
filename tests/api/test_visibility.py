"""The curious reviewer, the neighbour and the public: what each of them must not see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.kinds import PLURALS
from application.veils import COVERS, Veil
from tests.api.neighbours import Neighbourhood, a_neighbourhood, hand_in
from tests.api.surface import a_surface, problem_of

SECRETS = ("只有我知道的意见", "87000", "points")
"""What only the reviewer may read until the review is locked."""

QUESTIONS = ("", "/timeline", "/actions")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbourhood]:
    file = tmp_path_factory.mktemp("visibility") / "fundtrail.db"
    with a_surface(f"sqlite:///{file}") as surface:
        yield a_neighbourhood(surface)


def ids(town: Neighbourhood, nouns: str, name: str = "", query: str = "") -> set[str]:
    """The ids of a list as somebody sees it."""
    page = town.surface.get(f"/v1/{nouns}?limit=100{query}", name).json()
    assert not page["has_more"]
    return {row["id"] for row in page["data"]}


def is_hidden(town: Neighbourhood, name: str, nouns: str, id: str) -> None:
    """For this person the thing is not there, wherever they look."""
    assert id not in ids(town, nouns, name)
    for question in QUESTIONS:
        problem_of(town.surface.get(f"/v1/{nouns}/{id}{question}", name), 404)


def is_shown(town: Neighbourhood, name: str, nouns: str, id: str) -> None:
    """This person sees the thing, wherever they look."""
    assert id in ids(town, nouns, name)
    for question in QUESTIONS:
        assert town.surface.get(f"/v1/{nouns}/{id}{question}", name).status_code == 200


@pytest.mark.parametrize("name", ["theirs_applicant", "theirs_legal"])
def test_the_neighbour_sees_nothing_of_our_proposals(town: Neighbourhood, name: str) -> None:
    for proposal in (town.ours, town.draft):
        is_hidden(town, name, "proposals", proposal)
        is_shown(town, "ours_applicant", "proposals", proposal)
    is_hidden(town, name, "approvals", town.waiting)
    is_shown(town, "ours_legal", "approvals", town.waiting)
    assert ids(town, "proposals", name) == {town.theirs}
    assert len(ids(town, "organisations", name)) == 1


@pytest.mark.parametrize("nouns", ["reviews", "panels", "contributions", "imports"])
def test_an_applicant_sees_nothing_of_the_panel(town: Neighbourhood, nouns: str) -> None:
    assert ids(town, nouns, "ours_applicant") == set()


def test_an_organisation_does_not_see_what_officers_prepare_about_it(town: Neighbourhood) -> None:
    rejected = ids(town, "approvals", "officer", "&verb=reject-intake")
    assert len(rejected) == 1

    assert ids(town, "approvals", "theirs_applicant", "&verb=reject-intake") == set()
    is_hidden(town, "theirs_legal", "approvals", *rejected)


def test_a_reviewer_sees_the_proposals_that_are_assigned_and_no_others(
    town: Neighbourhood,
) -> None:
    is_shown(town, "reviewer", "proposals", town.ours)
    assert ids(town, "proposals", "reviewer") == {town.ours}
    is_hidden(town, "reviewer", "proposals", town.theirs)


def test_a_reviewer_sees_only_the_own_review(town: Neighbourhood) -> None:
    assert ids(town, "reviews", "second_reviewer") == {town.other_review}
    is_shown(town, "second_reviewer", "reviews", town.other_review)
    is_hidden(town, "second_reviewer", "reviews", town.review)


OTHERS = ("panel_chair", "round_secretary", "leader", "officer", "auditor", "administrator")


@pytest.mark.parametrize("name", OTHERS)
def test_a_score_is_hidden_from_everybody_else_until_it_is_locked(
    town: Neighbourhood, name: str
) -> None:
    is_shown(town, name, "reviews", town.review)
    for path in ("", f"/{town.review}", f"/{town.review}/timeline", f"/{town.review}/actions"):
        text = town.surface.get(f"/v1/reviews{path}", name).text
        assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("column", COVERS["reviews", Veil.SCORES].fields)
def test_a_hidden_score_cannot_be_guessed_by_a_filter(town: Neighbourhood, column: str) -> None:
    problem_of(town.surface.get(f"/v1/reviews?{column}=87000", "panel_chair"), 422)


def test_a_reviewer_sees_the_own_score(town: Neighbourhood) -> None:
    review = town.surface.get(f"/v1/reviews/{town.review}", "reviewer").json()
    timeline = town.surface.get(f"/v1/reviews/{town.review}/timeline", "reviewer").text

    assert (review["total_milli"], review["comment"]) == (87_000, "只有我知道的意见")
    assert "只有我知道的意见" in timeline


def test_the_officer_of_the_next_subdistrict_sees_nothing_of_this_one(town: Neighbourhood) -> None:
    """Except what anybody sees: the open fund and the called round, without their inside."""
    for nouns in PLURALS.values():
        seen = ids(town, nouns, "next_officer")
        inside = ids(town, nouns, "next_officer") - ids(town, nouns)
        if nouns in ("funds", "rounds"):
            assert seen == {getattr(town, nouns[:-1])}
            assert inside == set()
        elif nouns == "organisations":
            assert len(inside) == 1
        else:
            assert seen == set()
    assert town.surface.get("/v1/balances", "next_officer").json()["accounts"] == []
    assert town.surface.get("/v1/balances", "officer").json()["accounts"]


def test_the_officer_of_this_subdistrict_sees_this_one(town: Neighbourhood) -> None:
    for nouns, id in (("funds", town.fund), ("rounds", town.round), ("proposals", town.theirs)):
        is_shown(town, "officer", nouns, id)


BOOK_KEEPERS = {"auditor", "administrator"}


@pytest.mark.parametrize(
    "name", ["auditor", "administrator", *OTHERS[:4], "reviewer", "ours_legal", "cashier"]
)
def test_the_chronicle_is_for_auditors_and_administrators(town: Neighbourhood, name: str) -> None:
    answer = town.surface.get("/v1/events", name)

    if name in BOOK_KEEPERS:
        assert answer.status_code == 200
        assert b'"salt"' in answer.content
    else:
        problem_of(answer, 403)


@pytest.mark.parametrize("path", ["/v1/events", "/v1/balances", "/v1/events?after=3"])
def test_nobody_in_particular_reads_no_books(town: Neighbourhood, path: str) -> None:
    problem_of(town.surface.get(path), 401)


def test_no_salt_leaves_the_chronicle(town: Neighbourhood) -> None:
    """A salt that is known makes the hash of a withheld record guessable."""
    for noun, nouns in PLURALS.items():
        for id in (*ids(town, nouns, "auditor"), ""):
            for question in QUESTIONS if id else ("",):
                answer = town.surface.get(f"/v1/{nouns}/{id}{question}".rstrip("/"), "auditor")
                assert answer.status_code == 200, (noun, answer.text)
                assert "salt" not in answer.text


def test_a_locked_score_is_seen_by_the_officers(sqlite_url: str) -> None:
    with a_surface(sqlite_url) as surface:
        town = a_neighbourhood(surface)
        hand_in(town, "second_reviewer", town.other_review)
        surface.district.tell("panel_chair", "reviews", "lock", town.review)

        review = surface.get(f"/v1/reviews/{town.review}", "panel_chair").json()

        assert (review["total_milli"], review["comment"]) == (87_000, "只有我知道的意见")
        is_hidden(town, "second_reviewer", "reviews", town.review)
