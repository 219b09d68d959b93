"""Every list and every thing as a page, for everybody, in words that people read."""

import re
from html import unescape
from typing import Any

import pytest

from api.web.menu import NAVIGATION
from api.words import Words
from tests.district import DISTRICT
from tests.web.conftest import Workbench
from tests.web.workbench import NAMES, statements

LISTS = (*NAVIGATION, "approvals")
ROW = re.compile(r'<th scope="row"><a href="(/[^"]+)"')
TAG = re.compile(r"<(script|style|code|pre)[^>]*>.*?</\1>|<[^>]+>", re.DOTALL)
STORED = re.compile(r"\b[a-z]+(?:[_.][a-z]+)+\b")

TYPED = {"person_times"}
"""What the people of the district typed themselves."""

MOST_STATEMENTS = 50
"""More than this no page asks the database, however much there is."""


def text_of(page: str) -> str:
    """What a reader sees of a page."""
    return unescape(TAG.sub(" ", page))


def addresses(workbench: Workbench, person: str) -> list[str]:
    """The pages that somebody can open: each list, and a thing from each stage in it."""
    client = workbench.as_(person)
    found = ["/", "/approvals"]
    for view in LISTS:
        answer = client.get(f"/{view}?stage=approved" if view == "approvals" else f"/{view}")
        assert answer.status_code in (200, 403), (view, answer.text)
        found += [f"/{view}", *ROW.findall(answer.text)] if answer.status_code == 200 else []
    return found


@pytest.mark.parametrize("person", NAMES)
def test_everybody_can_open_every_page_that_they_can_find(
    workbench: Workbench, person: str
) -> None:
    found = addresses(workbench, person)

    assert len(found) > 8
    for address in found:
        assert workbench.client.get(address).status_code == 200, address


@pytest.mark.parametrize("person", NAMES)
def test_a_chinese_page_has_no_word_that_is_not_chinese(
    workbench: Workbench, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    word, missing = Words.word, []

    def checked(self: Words, kind: str, name: str, noun: str = "") -> str:
        said = word(self, kind, name, noun)
        if said.isascii() and kind != "choice":
            missing.append((kind, name, noun))
        return said

    monkeypatch.setattr(Words, "word", checked)
    for address in addresses(workbench, person):
        text = text_of(workbench.client.get(address).text)
        assert set(STORED.findall(text)) <= TYPED, address

    assert missing == []


def test_the_same_page_is_in_english(workbench: Workbench) -> None:
    client = workbench.as_("applicant")

    page = client.get(f"/proposals/{workbench.path.proposal}?lang=en")
    again = client.get(f"/proposals/{workbench.path.proposal}")

    for answer in (page, again):
        assert answer.headers["content-language"] == "en"
        assert "What you can do" in answer.text
        assert "Edit" in answer.text


@pytest.mark.parametrize("address", ["/", "/rounds", "/funds", "/grants", "/sign-in", "/docs"])
def test_a_stranger_sees_what_is_public(workbench: Workbench, address: str) -> None:
    assert workbench.as_nobody().get(address).status_code == 200


def test_a_stranger_is_asked_to_sign_in_where_nothing_is_public(workbench: Workbench) -> None:
    answer = workbench.as_nobody().get("/proposals", follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/proposals"


def test_what_belongs_to_others_is_not_there(workbench: Workbench) -> None:
    address = f"/proposals/{workbench.path.proposal}"

    assert workbench.as_("applicant").get(address).status_code == 200
    assert workbench.as_("reviewer").get(address).status_code == 404
    answer = workbench.as_("reviewer").get("/proposals/nothing")
    assert answer.status_code == 404
    assert "没有" in answer.text


def test_every_page_says_that_the_clock_is_simulated(workbench: Workbench) -> None:
    for address in ("/", "/rounds", "/sign-in", "/nothing"):
        text = text_of(workbench.as_nobody().get(address).text)
        assert "模拟时钟" in text
        assert "演示" in text


def test_somebody_finds_what_waits_for_them(workbench: Workbench) -> None:
    legal = text_of(workbench.as_("legal").get("/").text)
    finance = text_of(workbench.as_("finance_approver").get("/approvals").text)

    assert "提交申报：独居老人陪伴计划" in legal
    assert "登记预算指标：街道创新专项" in finance
    assert "300,000.00 CNY" in finance
    assert "南财〔2026〕9号" in finance


def test_a_list_is_narrowed_by_stage_by_words_and_by_column(workbench: Workbench) -> None:
    client = workbench.as_("auditor")

    def titles(query: str) -> list[str]:
        return re.findall(
            r'<th scope="row"><a [^>]*>([^<]*)<', client.get(f"/proposals{query}").text
        )

    assert titles("?stage=draft") == ["独居老人陪伴计划"]
    assert titles("?q=为老") == ["为老服务"]
    assert titles(f"?round={workbench.path.round}") == ["独居老人陪伴计划"]
    assert "没有符合条件的内容" in client.get("/proposals?q=没有这样的").text


@pytest.mark.parametrize("person", ["applicant", "fund_manager", "round_secretary", "auditor"])
def test_a_page_asks_the_database_little(workbench: Workbench, person: str) -> None:
    found = addresses(workbench, person)
    seen = statements(workbench.district)

    for address in found:
        seen.clear()
        workbench.client.get(address)
        assert len(seen) <= MOST_STATEMENTS, (address, len(seen))


def test_more_rows_are_not_more_questions(workbench: Workbench) -> None:
    client = workbench.as_("finance_approver")
    seen = statements(workbench.district)

    def asked(address: str) -> int:
        seen.clear()
        assert client.get(address).status_code == 200
        return len(seen)

    def propose(name: str) -> None:
        workbench.district.tell(
            "fund_manager", "funds", "propose", name=name, kind="dedicated", place=DISTRICT,
            year=2027, currency="CNY", purposes=["创投"], reuse=True,
        )  # fmt: skip

    pages = ("/", "/funds", "/rounds", "/approvals", f"/rounds/{workbench.path.round}")
    propose("第一笔资金")
    before = [asked(address) for address in pages]
    propose("第二笔资金")
    draft: dict[str, Any] = {
        "round": workbench.path.round,
        "organisation": workbench.path.organisation,
    }
    workbench.district.tell("applicant", "proposals", "draft", title="邻里厨房", **draft)

    assert [asked(address) for address in pages] == before


def test_the_reference_needs_no_script(workbench: Workbench) -> None:
    page = workbench.as_nobody().get("/docs").text

    assert "<script" not in page
    assert "/v1/proposals/{id}/submit" in page
