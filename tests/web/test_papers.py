"""Allocations and assignments on pages: worked out, looked at, adopted with one button."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from application.workings import adopting_assignment
from tests.district import District
from tests.story.test_allocated import scored, stages
from tests.story.test_assigned import drawn, read_by
from tests.web.workbench import pages, sign_in


@pytest.fixture
def district(sqlite_url: str) -> Iterator[District]:
    made = District(sqlite_url)
    yield made
    made.close()


def hidden(page: str, name: str) -> str:
    """What a hidden field of the last form on a page holds."""
    return re.findall(rf'name="{name}" value="([^"]*)"', page)[-1]


def paper_on(client: TestClient, address: str) -> str:
    """The page after the button to work it out."""
    token = hidden(client.get(address).text, "_token")
    answer = client.post(address, data={"_token": token})
    assert answer.status_code == 200, answer.text
    return answer.text


def adopted(client: TestClient, address: str, page: str, **more: str) -> str:
    """The id of the approval that the paper on a page now waits for."""
    said = {name: hidden(page, name) for name in ("_token", "_key", "working")}
    answer = client.post(f"{address}/adopt", data={**said, **more}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition("/")[2]


def test_a_chair_works_an_allocation_out_and_a_leader_approves_it(district: District) -> None:
    path = scored(district, rivals=7)
    client, address = pages(district.system), f"/rounds/{path.round}/allocation"
    sign_in(client, district.system, "panel_chair")
    assert f'href="{address}"' in client.get(f"/rounds/{path.round}").text

    page = paper_on(client, address)
    assert "没有更优的方案。" in page
    approval = adopted(client, address, page, keeps_waiting="1", reason="按评审结果")
    path.tell("leader", "approvals", "approve", approval)

    assert sum(stage.startswith("proposed") for stage in stages(path)) == 6
    assert sum(stage.startswith("waitlisted") for stage in stages(path)) == 2
    record = client.get(f"/rounds/{path.round}").text
    assert "按评审结果" in record


def test_a_paper_that_is_out_of_date_is_refused_on_its_page_and_can_be_worked_out_anew(
    district: District,
) -> None:
    path = scored(district, rivals=1)
    client, address = pages(district.system), f"/rounds/{path.round}/allocation"
    sign_in(client, district.system, "panel_chair")
    page = paper_on(client, address)
    path.pair("panel_chair", "leader", "proposals", "propose-award", path.proposal, amount_minor=1)

    said = {name: hidden(page, name) for name in ("_token", "_key", "working")}
    answer = client.post(f"{address}/adopt", data=said)

    assert answer.status_code == 409
    assert "请重新测算分配方案" in answer.text
    assert "重新测算" in answer.text


def test_a_secretary_changes_an_assignment_by_hand_and_the_overseer_approves_it(
    district: District,
) -> None:
    path = drawn(district)
    panel = district.only("panels")
    client, address = pages(district.system), f"/panels/{panel}/assignment"
    sign_in(client, district.system, "round_secretary")
    page = paper_on(client, address)
    paper = client.get(f"/documents/{hidden(page, 'working')}/content").content
    first = adopting_assignment(paper)["readings"][0]
    stays, leaves = first["members"]
    comes = next(number for number in range(4) if number not in first["members"])
    swap = {
        "proposal-0": first["proposal"], "former-0": str(leaves), "instead-0": str(comes),
        "reason-0": "原评委出差",
    }  # fmt: skip

    approval = adopted(client, address, page, **swap)
    path.tell("oversight_officer", "approvals", "approve", approval)

    members = members_of(district)
    assert read_by(path)[first["proposal"]] == {members[stays], members[comes]}
    assert "原评委出差" in client.get(f"/panels/{panel}").text


def members_of(district: District) -> tuple[str, ...]:
    """The members of the one panel, in its order."""
    stream = f"panel:{district.only('panels')}"
    with district.system.store.shelf() as shelf:
        panel: Any = shelf.fetch([stream])[stream]
    return panel.members


def test_a_form_of_another_session_and_a_stranger_get_nothing(district: District) -> None:
    path = scored(district, rivals=1)
    client, address = pages(district.system), f"/rounds/{path.round}/allocation"
    sign_in(client, district.system, "panel_chair")
    assert client.post(address, data={"_token": "another"}).status_code == 403

    sign_in(client, district.system, "applicant")
    token = hidden(client.get("/").text, "_token")
    assert client.post(address, data={"_token": token}).status_code in (403, 404, 409)
    assert district.all("documents") == []
