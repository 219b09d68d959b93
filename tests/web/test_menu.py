"""The navigation in groups, and names that pages give to things, causes and lists of words."""

from __future__ import annotations

import re

import pytest

from api.web.menu import GROUPS, NAVIGATION
from api.web.tables import listed
from application.visibility import SEES
from tests.web.conftest import Workbench

ROW = re.compile(r'<ul class="within" aria-label="([^"]+)">(.*?)</ul>', re.DOTALL)


def test_every_list_stands_in_one_group_of_the_navigation() -> None:
    assert len(NAVIGATION) == len(set(NAVIGATION))
    assert {*NAVIGATION, "approvals"} == set(SEES)


def test_a_page_shows_the_lists_of_its_own_group_and_the_others_by_their_name(
    workbench: Workbench,
) -> None:
    page = workbench.as_("auditor").get("/clawbacks").text
    ((title, within),) = ROW.findall(page)
    assert title == "资助执行"
    assert re.findall(r'href="/([^"]+)"', within) == list(GROUPS["grants"])
    assert 'href="/clawbacks" aria-current="true"' in within
    assert page.count("资金管理") == 1
    assert not ROW.findall(workbench.client.get("/").text)


@pytest.mark.parametrize("typed", ["[急] 采购", '["未完', "普通"])
def test_what_somebody_typed_is_no_list(typed: str) -> None:
    assert listed(typed) == typed
    assert listed('["创投", "应急"]') == ["创投", "应急"]
