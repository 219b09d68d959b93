"""The pages in a real browser: a proposal is written and handed in by forms alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import sleep

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from api.main import create_app
from tests.servers import BROWSER_FLAGS
from tests.web.conftest import Workbench

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 375, "height": 800}


@contextmanager
def served(workbench: Workbench) -> Iterator[str]:
    """The address at which the district is served."""
    config = uvicorn.Config(create_app(workbench.district.system), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def site(workbench: Workbench) -> Iterator[str]:
    with served(workbench) as address:
        yield address


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=BROWSER_FLAGS)
        yield launched
        launched.close()


def opened(browser: Browser, site: str, person: str, size: dict[str, int], locale: str) -> Page:
    """A window in which somebody has signed in to the demonstration with one click."""
    page = browser.new_context(viewport=size, locale=locale).new_page()  # type: ignore[arg-type]
    page.goto(f"{site}/sign-in")
    page.locator(f'form:has(input[value="person:{person}"]) button').click()
    page.wait_for_url(f"{site}/")
    return page


def fill(page: Page, controls: dict[str, str]) -> None:
    """Types into the open form, by the names of its controls."""
    for name, text in controls.items():
        page.locator(f'details[open] [name="{name}"]').fill(text)


WRITTEN = {
    "summary": "为双职工家庭的孩子提供课后托管。",
    "budget.0.line": "活动费",
    "budget.0.amount": "95,000.00",
    "budget.1.line": "管理费",
    "requested": "80000",
    "match": "20000",
    "indicators.0.name": "服务人次",
    "indicators.0.unit": "人次",
    "indicators.0.target": "1200",
    "starts": "2026-09-01",
    "ends": "2027-01-31",
}
"""A proposal as it is typed; one amount is still missing."""


def begin(page: Page) -> None:
    """Begins a proposal from the first page."""
    with page.expect_navigation():
        page.get_by_role("link", name="起草申报").click()
    page.get_by_label("届次", exact=True).select_option(label="社区邻里守望微创投")
    page.get_by_label("社会组织", exact=True).select_option(label="同创社工")
    page.get_by_label("名称", exact=True).fill("儿童课后托管")
    with page.expect_navigation():
        page.get_by_role("button", name="起草申报").click()


def use(page: Page, verb: str) -> None:
    """Opens the form of a verb, if it is closed, sends it, and waits for the page that answers."""
    if page.locator(f"#do-{verb}:not([open])").count():
        page.locator(f"#do-{verb} > summary").click()
    with page.expect_navigation():
        page.locator(f"#do-{verb} button.primary").click()


def test_a_proposal_is_written_and_handed_in_by_forms_alone(browser: Browser, site: str) -> None:
    page = opened(browser, site, "applicant", WIDE, "zh-CN")
    begin(page)
    assert "已办理" in page.get_by_role("status").inner_text()

    page.locator("#do-edit > summary").click()
    fill(page, WRITTEN)
    use(page, "edit")
    assert "未能办理" in page.get_by_role("alert").inner_text()
    assert page.locator('[name="summary"]').input_value() == WRITTEN["summary"]

    page.get_by_role("alert").get_by_role("link").first.click()
    fill(page, {"budget.1.amount": "5000"})
    use(page, "edit")
    use(page, "submit")
    assert "待审批" in page.locator(".head").inner_text()

    page = opened(browser, site, "legal", WIDE, "zh-CN")
    with page.expect_navigation():
        page.get_by_role("link", name="提交申报：儿童课后托管").click()
    use(page, "approve")
    assert "儿童课后托管" in page.locator("h1").inner_text()
    assert "已申报" in page.locator(".head").inner_text()


def test_the_same_pages_are_in_english(browser: Browser, site: str, workbench: Workbench) -> None:
    page = opened(browser, site, "fund_manager", WIDE, "en-GB")
    assert "What waits for me" in page.locator("h1").inner_text()

    page.goto(f"{site}/funds/{workbench.path.fund}")
    assert "What you can do" in page.locator("main").inner_text()
    page.get_by_role("link", name="中文").click()

    assert "可以办理" in page.locator("main").inner_text()


LOOKED_INTO = ((WIDE, "zh-CN"), (NARROW, "en-GB"))
"""Each width and each language once; the other two are only measured."""


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_stands_in_the_way_of_assistive_technology(
    browser: Browser, site: str, workbench: Workbench, size: dict[str, int], locale: str
) -> None:
    people = {
        "finance_approver": ["/", "/approvals", f"/funds/{workbench.path.fund}"],
        "applicant": [
            "/proposals",
            f"/proposals/{workbench.path.proposal}?do=edit",
            "/proposals/new",
        ],
        "round_secretary": ["/rounds/new", f"/rounds/{workbench.path.round}", "/docs"],
    }
    faults = []
    for person, addresses in people.items():
        page = opened(browser, site, person, size, locale)
        for address in addresses:
            page.goto(site + address)
            if (size, locale) in LOOKED_INTO:
                found = Axe().run(page)
                if found.violations_count:
                    faults.append(f"{address}\n{found.generate_report()}")
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address

    assert not faults, "\n".join(faults)


def test_an_error_page_says_what_to_do_next(browser: Browser, site: str) -> None:
    page = opened(browser, site, "leader", NARROW, "zh-CN")

    page.goto(f"{site}/grants/nothing")

    assert Axe().run(page).violations_count == 0
    assert page.get_by_role("link", name="返回首页").is_visible()
