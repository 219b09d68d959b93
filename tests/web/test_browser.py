"""A browser of the system can be driven, so that a failing page test is the page's fault."""

from playwright.sync_api import sync_playwright

from tests.servers import BROWSER_FLAGS


def test_a_browser_shows_a_page_in_chinese(chromium: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER_FLAGS)
        page = browser.new_page()
        page.set_content("<h1>善迹</h1>")
        heading = page.inner_text("h1")
        browser.close()

    assert heading == "善迹"
