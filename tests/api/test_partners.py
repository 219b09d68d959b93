"""A joint proposal is seen by those who take part in it, and by no other organisation."""

from __future__ import annotations

from pathlib import Path as Folder

from application.principals import Held
from tests.api.surface import a_surface, problem_of
from tests.application.rounds import partner
from tests.played import CONTENT, with_open_round


def test_a_partner_reads_what_it_is_asked_to_consent_to_and_a_stranger_does_not(
    tmp_path: Folder,
) -> None:
    with a_surface(f"sqlite:///{tmp_path / 'partners.db'}") as surface:
        path = with_open_round(surface.district)
        others = [partner(path, name, number) for number, name in ((2, "乙"), (3, "丙"))]
        for name, organisation in zip(("partner", "stranger"), others, strict=True):
            surface.lends(name, Held("legal_representative", organisation=organisation))
        proposal = path.tell(
            "applicant", "proposals", "draft", round=path.round, organisation=path.organisation,
            title="联合", partners=[others[0]],
        )  # fmt: skip
        path.tell("applicant", "proposals", "edit", proposal, **CONTENT)
        address = f"/v1/proposals/{proposal}"

        seen = surface.get(address, "partner").json()
        assert seen["content"]["summary"] == CONTENT["summary"]
        problem_of(surface.get(address, "stranger"), 404)
        assert [row["id"] for row in surface.get("/v1/proposals", "partner").json()["data"]] == [
            proposal
        ]
        assert surface.get("/v1/proposals", "stranger").json()["data"] == []
        offered = surface.get(f"{address}/actions", "partner").json()
        assert [each["verb"] for each in offered if each["permitted"]] == ["consent"]
        assert surface.post(f"{address}/consent", "partner").json()["stage"] == "draft"
        problem_of(surface.post(f"{address}/consent", "stranger"), 403)
