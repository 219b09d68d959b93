"""The path of a filed organisation, whose fiscal agent keeps the money for it."""

from __future__ import annotations

from application.principals import Held
from tests.district import DISTRICT, District, uscc
from tests.played import ACCOUNT, Path

DOCUMENT = "document:three-parties"


def with_filed_organisation(district: District) -> Path:
    """Officers, a filed organisation, its people and its agent; no custody account yet."""
    district.officers()
    district.person("subdistrict_officer", Held("subdistrict_officer", DISTRICT))
    path = Path(district)
    agent = path.tell(
        "district_officer", "organisations", "import", name="枢纽组织", uscc=uscc(2),
        place="220102006", leader="person:head", account=ACCOUNT,
    )  # fmt: skip
    path.organisation = path.tell(
        "district_officer", "organisations", "import-filed", name="巧手坊", filing_no="备2026-1",
        place="220102006", leader="person:legal", fiscal_agent=agent,
    )  # fmt: skip
    for name, role in (
        ("applicant", "applicant"), ("legal", "legal_representative")
    ):  # fmt: skip
        district.person(name, Held(role, organisation=path.organisation))
    district.person("agent", Held("fiscal_agent", organisation=agent))
    return path


def custody_fund(path: Path, kind: str = "custody", currency: str = "CNY") -> str:
    """An active fund in which a fiscal agent keeps money."""
    fund = path.tell(
        "fund_manager", "funds", "propose", name="代管资金", kind=kind, place=DISTRICT,
        year=2026, currency=currency, purposes=["代管"], reuse=False,
    )  # fmt: skip
    path.tell("finance_approver", "funds", "open", fund)
    return fund


def open_custody(path: Path, fund: str) -> None:
    """The custody account of the path's organisation, agreed by three parties."""
    path.pair(
        "agent", "subdistrict_officer", "custody-accounts", "open",
        client=path.organisation, fund=fund, document=DOCUMENT,
    )  # fmt: skip


def with_custody(district: District) -> Path:
    """A filed organisation whose agent keeps a custody account for it."""
    path = with_filed_organisation(district)
    open_custody(path, custody_fund(path))
    return path
