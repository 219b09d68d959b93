"""Signing in and out."""

import pytest

from application.principals import Held
from tests.district import DISTRICT
from tests.web.conftest import Workbench


def test_a_token_opens_a_session(workbench: Workbench) -> None:
    system = workbench.district.system
    held = Held("leader", DISTRICT)
    secret = system.identity.create_token("t1", "person:leader", held, system.clock.now())
    client = workbench.as_nobody()

    answer = client.post("/sign-in", data={"token": secret}, follow_redirects=False)

    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "赵建平" in client.get("/").text


@pytest.mark.parametrize("token", ["", "wrong", "错", "\x00"])
def test_a_wrong_token_opens_nothing(workbench: Workbench, token: str) -> None:
    answer = workbench.as_nobody().post("/sign-in", data={"token": token})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_only_a_demonstration_lets_anybody_in(workbench: Workbench) -> None:
    client, system = workbench.as_nobody(), workbench.district.system
    body = {"person": "person:leader"}
    assert "领导小组负责人" in client.get("/sign-in").text
    assert client.post("/sign-in", data=body, follow_redirects=False).status_code == 303

    system.is_demonstration = False
    try:
        assert "领导小组负责人" not in client.get("/sign-in").text
        assert client.post("/sign-in", data=body, follow_redirects=False).status_code == 403
    finally:
        system.is_demonstration = True


@pytest.mark.parametrize("next", ["//elsewhere.example", "/\\elsewhere", "https://x.example"])
def test_signing_in_leads_nowhere_else(workbench: Workbench, next: str) -> None:
    body = {"person": "person:leader", "next": next}

    answer = workbench.as_nobody().post("/sign-in", data=body, follow_redirects=False)

    assert answer.headers["location"] == "/"


def test_another_site_signs_nobody_in(workbench: Workbench) -> None:
    answer = workbench.as_nobody().post(
        "/sign-in", data={"person": "person:leader"}, headers={"sec-fetch-site": "cross-site"}
    )

    assert answer.status_code == 403


def test_whoever_signs_out_is_out(workbench: Workbench) -> None:
    client = workbench.as_("leader")
    token = client.get("/").text.split('name="_token" value="')[1].split('"')[0]

    answer = client.post("/sign-out", data={"_token": token}, follow_redirects=False)

    assert answer.status_code == 303
    assert client.get("/approvals", follow_redirects=False).status_code == 303
