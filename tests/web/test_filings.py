"""The pages of organisations that are being filed: who sees them, what is offered and said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path as Folder

import pytest
from fastapi.testclient import TestClient

from tests.district import District
from tests.filed import NAME, paper, with_filed
from tests.web.workbench import pages, sign_in


def words(page: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[District, str, TestClient]]:
    folder: Folder = tmp_path_factory.mktemp("filings")
    district = District(f"sqlite:///{folder / 'filings.db'}")
    district.system.is_demonstration = True
    path = with_filed(district)
    path.tell(
        "singer", "organisations", "request-change", path.organisation,
        change="address", new_ref="和平路7号", document=paper(path, "founder"),
    )  # fmt: skip
    yield district, path.organisation, pages(district.system)
    district.close()


def as_(played: tuple[District, str, TestClient], person: str) -> TestClient:
    district, _, client = played
    client.cookies.clear()
    sign_in(client, district.system, person)
    return client


def test_a_list_names_stage_class_and_pending_change(
    played: tuple[District, str, TestClient],
) -> None:
    said = words(as_(played, "subdistrict_officer").get("/organisations").text)
    for word in (NAME, "变更审核中", "文体活动类", "南备2026-001", "备案生效日", "住所"):
        assert word in said


def test_the_page_of_an_organisation_says_what_is_asked_and_offers_the_officer_the_answer(
    played: tuple[District, str, TestClient],
) -> None:
    said = words(as_(played, "subdistrict_officer").get(f"/organisations/{played[1]}").text)
    for word in (
        "申请变更事项",
        "住所",
        "和平路7号",
        "核准变更",
        "不予变更",
        "备案初审通过",
        "章程",
    ):
        assert word in said
    assert "变更前阶段 已备案" in said
    assert "名称比对形式" not in said


def test_a_leader_without_a_role_finds_the_organisation_and_a_stranger_does_not(
    played: tuple[District, str, TestClient],
) -> None:
    at = f"/organisations/{played[1]}"
    assert NAME in as_(played, "singer").get("/organisations").text
    assert as_(played, "singer").get(at).status_code == 200
    assert as_(played, "stranger").get(at).status_code == 404
    assert NAME not in as_(played, "stranger").get("/organisations").text


def test_anybody_who_has_signed_in_is_offered_the_form_for_a_filing(
    played: tuple[District, str, TestClient],
) -> None:
    said = words(as_(played, "stranger").get("/organisations/new").text)
    assert "起草备案" in said
    assert "代为起草备案" not in said
