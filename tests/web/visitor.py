"""Somebody at a browser: signs in with one click, finds what waits, sends filled-in forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect


class Visitor:
    """Uses pages and forms, as people do; nothing here knows an address of the API."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def sign_in(self, name: str) -> None:
        """Signs in as one of the people of the demonstration."""
        self.page.context.clear_cookies()
        self.page.goto(f"{self.address}/sign-in")
        self.page.get_by_role("button", name=re.compile(f"^{name}")).click()
        self.page.wait_for_url(f"{self.address}/")

    @property
    def waiting(self) -> int:
        """How many things the first page says are waiting."""
        return int(self.page.locator(".head .count").inner_text())

    def take_up(self, task: str, subject: str) -> None:
        """Opens what waits on the first page, under the heading of the task."""
        self.page.goto(f"{self.address}/")
        heading = self.page.get_by_role("heading", name=re.compile(f"^{task}"))
        section = self.page.locator("section").filter(has=heading)
        with self.page.expect_navigation():
            section.get_by_role("link", name=re.compile(subject)).first.click()

    def offer(self, verb: str) -> Locator:
        """The form of an action on this page, unfolded."""
        exactly = self.page.locator("summary .verb").filter(has_text=re.compile(f"^{verb}$"))
        offer = self.page.locator("details.offer").filter(has=exactly)
        if offer.get_attribute("open") is None:
            exactly.click()
        return offer

    def send(self, verb: str, fields: Mapping[str, Any]) -> None:
        """Fills in the form of an action, sends it, and sees that it was carried out."""
        offer = self.offer(verb)
        for label, value in fields.items():
            fill(offer, label, value)
        with self.page.expect_navigation():
            offer.locator("button.primary").click()
        said = self.page.locator("[role=status], [role=alert]").first
        expect(said).to_contain_text(re.compile("已办理|已提请"))


def fill(form: Locator, label: str, value: Any) -> None:
    """Fills in a field, a choice, boxes to tick, or the rows of a group of fields."""
    if isinstance(value, list):
        rows(form, label, value)
        return
    found = form.get_by_label(re.compile(f"^\\s*{re.escape(label)}")).first
    kind = found.evaluate("element => element.tagName + ' ' + element.type")
    if kind.startswith("SELECT"):
        found.select_option(label=value)
    elif kind.endswith("checkbox"):
        found.set_checked(value)
    else:
        found.fill(value)


def rows(form: Locator, label: str, values: list[dict[str, str]]) -> None:
    """Fills in the rows of a list; asks for another row where there are too few."""
    for number, row in enumerate(values, start=1):
        group = form.get_by_role("group", name=f"{label} 第 {number} 行")
        if not group.count():
            with form.page.expect_navigation():
                form.get_by_role("button", name=re.compile(f"^添加一行.*{label}")).click()
        for name, value in row.items():
            fill(group, name, value)
