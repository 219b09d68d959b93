"""A score sheet in a real browser: what was typed outlives the browser and the server."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from api.identity import COOKIE
from tests.api.worlds import first_proposal, opened, play, review_of
from tests.chaos.processes import Serving, children
from tests.servers import BROWSER_FLAGS

POINTS = 'input[name="scores.0.points"]'
COMMENT = 'textarea[name="comment"]'
RUBRIC: list[dict[str, Any]] = [
    {
        "code": "need", "title": "需求真实、迫切", "weight": 40,
        "anchors": [
            {"points": 90, "text": "有入户调查，需求方可以核实"},
            {"points": 60, "text": "有座谈记录，未经核实"},
            {"points": 30, "text": "只有概括性的说法"},
        ],
    },
    {"code": "plan", "title": "方案可行", "weight": 60},
]  # fmt: skip
BONUSES = [{"code": "local", "title": "本街道登记的组织", "max_points": 3}]


@contextmanager
def browsing(chromium: str, address: str, secret: str, **asked: Any) -> Iterator[Page]:
    """A page of a new browser whose visitor has signed in; the browser may be killed meanwhile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER_FLAGS)
        context = browser.new_context(locale="zh-CN", **asked)
        context.add_cookies([{"name": COOKIE, "value": secret, "url": address}])
        yield context.new_page()
        if browser.is_connected():
            browser.close()


def kill_browser(chromium: str) -> None:
    """Ends every browser that this process has started, in the middle of whatever it does."""
    waiting = children(os.getpid())
    while waiting:
        process = waiting.pop()
        waiting += children(process)
        said = Path(f"/proc/{process}/cmdline").read_bytes()
        if chromium.encode() in said and b"--type=" not in said:
            os.kill(process, signal.SIGKILL)


@pytest.fixture
def sheet(tmp_path: Path) -> Iterator[tuple[Serving, str, str]]:
    """A served world, the address of a sheet there, and the secret of its reviewer's session."""
    play(tmp_path, rubric=RUBRIC, bonuses=BONUSES)
    with opened(tmp_path) as surface:
        district = surface.district
        review = review_of(district, "two", first_proposal(district))
        secret = district.system.identity.sign_in("person:two")
    serving = Serving(f"sqlite:///{tmp_path / 'world.db'}", tmp_path)
    serving.start()
    try:
        serving.wait()
        yield serving, f"http://127.0.0.1:{serving.port}/reviews/{review}", secret
    finally:
        serving.end()


def test_what_a_reviewer_has_typed_outlives_the_browser_and_the_server(
    chromium: str, sheet: tuple[Serving, str, str]
) -> None:
    serving, address, secret = sheet
    with browsing(chromium, address, secret) as page:
        page.goto(address)
        page.fill(POINTS, "91")
        page.fill(COMMENT, "需求经过入户核实")
        page.wait_for_function(
            "document.querySelector('[data-said]').textContent.startsWith('草稿已保存')"
        )
        page.wait_for_function("document.querySelector('[data-total]').textContent === '36.4'")
        page.wait_for_timeout(900)
        kill_browser(chromium)
    serving.end()
    serving.start()
    serving.wait()

    with browsing(chromium, address, secret, java_script_enabled=False) as page:
        page.goto(address)
        assert page.input_value(POINTS) == "91"
        assert page.input_value(COMMENT) == "需求经过入户核实"
        page.fill(POINTS, "88")
        page.click("button:has-text('保存草稿'):not(.unseen)")
        page.goto(address)
        assert page.input_value(POINTS) == "88"
        assert page.input_value(COMMENT) == "需求经过入户核实"
