"""Personal data on pages: one's own page, and that of the keeper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.api.keeping import NAME, PHONE, an_office, kept, read
from tests.api.surface import Surface
from tests.web.workbench import pages, sign_in


@pytest.fixture
def surface(sqlite_url: str, tmp_path: Path) -> Iterator[Surface]:
    with an_office(sqlite_url, tmp_path / "files") as surface:
        yield surface


def browser(surface: Surface, who: str, language: str = "zh-CN") -> TestClient:
    client = pages(surface.district.system, **{"accept-language": language})
    sign_in(client, surface.district.system, who)
    return client


def token_in(client: TestClient, path: str) -> str:
    return client.get(path).text.split('name="_token" value="')[1].split('"')[0]


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "我的信息"), ("en", "My data")])
def test_ones_own_page_says_what_is_kept_and_who_has_read_it(
    surface: Surface, language: str, word: str
) -> None:
    kept(surface)
    read(surface, "核对发票")
    page = browser(surface, "reviewer", language).get("/me").text
    assert word in page
    assert PHONE in page
    assert "核对发票" in page


def test_ones_own_page_corrects_and_agrees_and_refuses_forms_of_others(surface: Surface) -> None:
    kept(surface)
    client = browser(surface, "reviewer")
    token = token_in(client, "/me")
    assert client.post("/me", data={"phone": "1", "_token": "other"}).status_code == 403
    elsewhere = {"sec-fetch-site": "cross-site"}
    form = {"phone": "0431-1", "_token": token}
    assert client.post("/me", data=form, headers=elsewhere).status_code == 403
    assert "0431-1" in client.post("/me", data=form).text
    agreed = client.post("/me/consent", data={"purpose": "contact", "_token": token})
    assert "2026-1" in agreed.text
    assert client.post("/me/consent", data={"purpose": "x", "_token": token}).status_code == 409
    client.post("/me/withdraw-consent", data={"purpose": "contact", "_token": token})
    assert surface.get("/v1/people/me", "reviewer").json()["consents"] == []
    assert client.post("/me/erase", data={"_token": token}).status_code == 404


def test_the_page_of_the_keeper_shows_nothing_before_a_purpose_is_said(surface: Surface) -> None:
    kept(surface)
    client = browser(surface, "administrator")
    path = "/people/reviewer/personal"
    assert PHONE not in client.get(path).text
    token = token_in(client, path)
    assert client.post(f"{path}/read", data={"_token": token, "purpose": ""}).status_code == 422
    shown = client.post(f"{path}/read", data={"_token": token, "purpose": "核对"}).text
    assert PHONE in shown
    form = {"_token": token, "name": NAME, "phone": "0431-2"}
    assert client.post(path, data=form, follow_redirects=False).status_code == 303
    assert read(surface)["phone"] == "0431-2"
    assert client.post(path, data={"_token": token, "phone": "1"}).status_code == 422
    leader = browser(surface, "leader")
    assert leader.get(path).status_code == 403
    form["_token"] = token_in(leader, "/me")
    assert leader.post(path, data=form).status_code == 403
    assert leader.post(f"{path}/read", data={**form, "purpose": "看"}).status_code == 403


def test_pages_say_so_where_the_key_is_missing(surface: Surface) -> None:
    client = browser(surface, "leader")
    vault = surface.district.system.vault
    vault.known = (0, {})
    vault.keys.named, vault.keys.__dict__["all"] = "x", ()
    answer = client.get("/")
    assert answer.status_code == 503
    assert "目前无法读取或保存个人信息" in answer.text
