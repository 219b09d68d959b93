"""A played district with people who have names, for tests of the pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from fastapi.testclient import TestClient

from api.main import create_app
from application.personal import Personal
from application.questions import House
from tests.district import DISTRICT, RULES, District
from tests.played import CONTENT, PAID_IN, Path
from tests.played_to_end import with_costs_accepted

NAMES = {
    "district_officer": "周敏",
    "round_secretary": "李文静",
    "second_secretary": "高远",
    "reviewer": "陈立新",
    "panel_chair": "孙国华",
    "leader": "赵建平",
    "fund_manager": "王晓芳",
    "finance_approver": "刘志强",
    "cashier": "吴倩",
    "reconciler": "郑海燕",
    "evaluator": "何思远",
    "oversight_officer": "马丽",
    "auditor": "林静",
    "administrator": "徐航",
    "applicant": "杨帆",
    "legal": "张桂兰",
}
"""Who acts in the district; everybody is made up."""

DRAFT: dict[str, Any] = {
    **CONTENT,
    "summary": "每周两次上门陪伴独居老人，\n并组织邻里互助小组。",
    "budget": [
        {"line": "活动费", "amount_minor": 9_500_000},
        {"line": "管理费", "amount_minor": 500_000},
    ],
    "indicators": [{"name": "服务人次", "unit": "人次", "target": 900}],
    "starts": "2026-10-01",
    "ends": "2027-04-30",
}


def living(district: District) -> Path:
    """A grant under way, a second round with drafts, and a command that waits for its hand."""
    path = with_costs_accepted(district, rivals=1)
    rename(district)
    path.round = path.tell(
        "round_secretary", "rounds", "plan", no="2026-2", title="社区邻里守望微创投", kind="micro",
        place=DISTRICT, rules=RULES,
    )  # fmt: skip
    lines = [{"line": "grants", "amount_minor": 60_000_000}]
    path.pair(
        "fund_manager", "finance_approver", "rounds", "allot-budget", path.round,
        fund=path.fund, lines=lines,
    )  # fmt: skip
    now = district.system.clock.now()
    path.tell(
        "district_officer", "rounds", "publish-call", path.round, rules_version="2026-2.1",
        opens=now + timedelta(hours=1), closes=now + timedelta(days=20),
    )  # fmt: skip
    district.wait(hours=2)
    path.proposal = path.tell(
        "applicant", "proposals", "draft",
        round=path.round, organisation=path.organisation, title="独居老人陪伴计划",
    )  # fmt: skip
    path.tell("applicant", "proposals", "edit", path.proposal, **DRAFT)
    path.tell("applicant", "proposals", "submit", path.proposal)
    path.tell(
        "fund_manager", "funds", "record-appropriation", path.fund,
        doc_no="南财〔2026〕9号", amount_minor=PAID_IN // 10, year=2026,
    )  # fmt: skip
    return path


def rename(district: District) -> None:
    """Gives the people of a district their names."""
    for person, name in NAMES.items():
        district.system.vault.keep(f"person:{person}", Personal(name=name), keeper="person:keeper")


def pages(house: House, **headers: str) -> TestClient:
    """A browser's view of the pages, in Chinese unless it asks for something else."""
    asked = {"accept": "text/html", "accept-language": "zh-CN", **headers}
    return TestClient(create_app(house), headers=asked)


def sign_in(client: TestClient, house: House, person: str) -> None:
    """Opens a session as somebody."""
    secret = house.identity.sign_in(f"person:{person}")
    client.cookies.set("fundtrail_session", secret)


def statements(district: District) -> list[str]:
    """A list that every SQL statement of the district's database is added to from now on."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    sa.event.listen(district.system.database.engine, "before_cursor_execute", note)
    return seen
