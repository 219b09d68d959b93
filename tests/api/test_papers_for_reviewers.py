"""The papers of a proposal: for its reviewers once they have declared, and in no blind round."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.surface import Surface, problem_of
from tests.api.worlds import first_proposal, opened, play


def store(surface: Surface) -> str:
    """A paper that the applicant stores with the first proposal."""
    paper = {"file": ("同创社工简介.txt", b"paper", "text/plain")}
    subject = {"subject": f"proposal:{first_proposal(surface.district)}"}
    answer = surface.post("/v1/documents", "applicant", None, files=paper, data=subject)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.mark.parametrize("is_blind", [False, True])
def test_a_reviewer_reads_papers_unless_the_round_is_blind_on_both_sides(
    tmp_path: Path, is_blind: bool
) -> None:
    play(tmp_path, double_blind=is_blind)
    with opened(tmp_path) as surface:
        paper = store(surface)
        for address in (f"/v1/documents/{paper}", f"/v1/documents/{paper}/content"):
            assert surface.get(address, "two").status_code == (404 if is_blind else 200)
        listed = surface.get("/v1/documents", "two").json()["data"]
        assert [one["id"] for one in listed] == ([] if is_blind else [paper])
        proposal = surface.get(f"/v1/proposals/{first_proposal(surface.district)}", "two").json()
        assert ("organisation" in proposal) is not is_blind


def test_whoever_has_only_been_invited_reads_no_paper_and_sees_the_names_of_this_one(
    tmp_path: Path,
) -> None:
    play(tmp_path, double_blind=False)
    with opened(tmp_path) as surface:
        second = surface.district.all("proposals")[1]
        paper = {"file": ("a.txt", b"paper", "text/plain")}
        stored = surface.post(
            "/v1/documents", "theirs", None, files=paper, data={"subject": f"proposal:{second}"}
        ).json()["id"]
        problem_of(surface.get(f"/v1/documents/{stored}", "three"), 404)
        assert surface.get(f"/v1/documents/{stored}", "two").status_code == 200
        review = surface.district.only("reviews", member="person:three", proposal=second)
        answer = surface.get(f"/v1/reviews/{review}/parties", "three").json()
        assert answer == {"names": ["春芽社工"], "is_of_round": False}
