"""Orders, policies and delegations as pages; and a borrower at work on the site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from tests.district import DISTRICT, District
from tests.ordered import accept, approve, draft, sign
from tests.played import Path, with_fund
from tests.web.workbench import pages, sign_in


@pytest.fixture
def town(sqlite_url: str) -> Iterator[tuple[Path, TestClient]]:
    """A fund, a deputy without a role, and the pages."""
    district = District(sqlite_url)
    district.system.is_demonstration = True
    path = with_fund(district)
    district.person("deputy")
    yield path, pages(district.system)
    district.close()


def test_orders_policies_and_delegations_are_pages_with_names(
    town: tuple[Path, TestClient],
) -> None:
    path, client = town
    order = draft(path, 1_000)
    approve(path, order)
    path.pair(
        "district_officer", "leader", "policies", "publish", name="管理办法", edition="2026",
        place=DISTRICT, starts=date(2026, 3, 1), document="3号", sha256="ab" * 32,
    )  # fmt: skip
    lent = path.tell(
        "leader", "delegations", "grant", role="cashier", holder="person:cashier",
        to_person="person:deputy", place=DISTRICT, starts=date(2026, 3, 2), until=date(2026, 3, 9),
    )  # fmt: skip
    sign_in(client, path.district.system, "district_officer")
    policy = path.district.only("policies")
    for address, words in {
        "/orders": "评估服务",
        f"/orders/{order}": "签订合同",
        "/policies": "管理办法（2026）",
        f"/policies/{policy}": "现行有效",
        "/delegations": "出纳",
        f"/delegations/{lent}": "deputy",
    }.items():
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert words in answer.text, address


def test_a_borrower_is_offered_the_step_as_long_as_the_role_is_lent(
    town: tuple[Path, TestClient],
) -> None:
    path, client = town
    order = draft(path, 1_000)
    approve(path, order)
    sign(path, order)
    accept(path, order, 1_000)
    lent = path.tell(
        "leader", "delegations", "grant", role="cashier", holder="person:cashier",
        to_person="person:deputy", place=DISTRICT, starts=date(2026, 3, 2), until=date(2026, 3, 9),
    )  # fmt: skip
    sign_in(client, path.district.system, "deputy")
    assert f"/orders/{order}/send" in client.get(f"/orders/{order}").text

    path.tell("leader", "delegations", "end", lent)

    assert client.get(f"/orders/{order}").status_code == 404
