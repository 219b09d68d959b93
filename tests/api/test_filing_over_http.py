"""People without a role file an organisation over HTTP, and see their own matter alone."""

from __future__ import annotations

from pathlib import Path as Folder

import pytest

from application.principals import Held
from tests.api.surface import a_surface, problem_of
from tests.api.uploading import PDF
from tests.filed import COMMUNITY, NAME, asking, paper, with_neighbourhood

START = "/v1/organisations/start-filing"


def test_residents_draft_and_ask_for_a_filing_that_strangers_do_not_see(tmp_path: Folder) -> None:
    with a_surface(f"sqlite:///{tmp_path / 'filing.db'}") as surface:
        path = with_neighbourhood(surface.district)
        for name in ("founder", "singer", "stranger"):
            surface.lends(name, Held("resident", "220103"))
        said = {"name": NAME, "kind": "charity", "place": COMMUNITY, "leader": "person:singer"}
        path.organisation = surface.post(START, "founder", said).json()["id"]
        address = f"/v1/organisations/{path.organisation}"

        for name in ("founder", "singer", "community_officer"):
            assert surface.get(address, name).json()["stage"] == "draft"
        problem_of(surface.get(address, "stranger"), 404)
        for name, count in (("stranger", 0), ("founder", 1)):
            assert len(surface.get("/v1/organisations", name).json()["data"]) == count

        for name, verb in (("singer", "request-filing"), ("founder", "abandon-filing")):
            offered = surface.get(f"{address}/actions", name).json()
            assert [each["verb"] for each in offered if each["permitted"]] == [verb]
        subject = {"subject": f"organisation:{path.organisation}"}
        form = {"files": {"file": ("章程.pdf", PDF, "application/pdf")}, "data": subject}
        problem_of(surface.send("POST", "/v1/documents", "stranger", **form), 403)
        stored = surface.send("POST", "/v1/documents", "founder", **form)
        charter = stored.json()["id"]
        request, fields = f"{address}/request-filing", asking(path, charter=charter)
        problem_of(surface.post(request, "founder", fields), 403)
        refused = problem_of(surface.post(request, "singer", {**fields, "member_count": 3}), 409)
        assert [error["rule"] for error in refused["errors"]] == ["O2.members"]
        assert surface.post(request, "singer", fields).json()["stage"] == "filing_requested"
        assert surface.get(f"/v1/documents/{charter}", "founder").status_code == 200
        problem_of(surface.get(f"/v1/documents/{charter}", "stranger"), 404)


@pytest.mark.parametrize("who", ["auditor", "officer elsewhere"])
def test_a_name_in_a_filing_gives_no_sight_of_another(tmp_path: Folder, who: str) -> None:
    with a_surface(f"sqlite:///{tmp_path / 'filing.db'}") as surface:
        path = with_neighbourhood(surface.district)
        path.organisation = path.tell(
            "founder", "organisations", "start-filing", name=NAME, kind="charity", place=COMMUNITY,
        )  # fmt: skip
        other = path.tell(
            "stranger", "organisations", "start-filing", name="别的队", kind="charity",
            place=COMMUNITY,
        )  # fmt: skip
        surface.lends("founder", Held("resident", "220103"))
        document = paper(path, "stranger", other)
        problem_of(surface.get(f"/v1/organisations/{other}", "founder"), 404)
        problem_of(surface.get(f"/v1/documents/{document}", "founder"), 404)
        seen = surface.get(f"/v1/organisations/{other}", who).status_code
        assert seen == (200 if who == "auditor" else 404)
