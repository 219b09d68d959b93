"""The page about the demonstration states what a question to the district answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from api.demo.district import District
from api.demo.organisations import GROWN, ORGANISATIONS
from api.demo.people import OFFICERS, PRINCIPALS
from api.demo.places import HONGCHENG, SHUGUANG, TAOYUAN
from application.questions import Moment
from domain.organisations.lifecycle import WATCHED, Stage
from tests.conftest import REPOSITORY

PAGE = REPOSITORY / "docs" / "demonstration.md"


def balance(district: District, account: str) -> int:
    """What all funds hold together in an account, in fen."""
    found = district.system.questions.balances(Moment())
    return abs(sum(line.balance_minor for line in found if line.account == account))


def yuan(fen: int) -> str:
    """An amount as the page writes it."""
    return f"{fen / 100:,.2f}"


LARGE_ROUNDS = ("2017-01", "2018-01", "2019-01")


def places(district: District, level: str) -> str:
    """How many places of a level there are, without those that were merged into others."""
    return str(len(district.ids("place", level=level, stage="recorded")))


def forms(district: District, place: str) -> tuple[int, int]:
    """How many organisations of a subdistrict are registered, and how many are filed."""
    found = [district.see("organisation", id) for id in district.ids("organisation")]
    within = [organisation for organisation in found if organisation.place.startswith(place)]
    registered = sum(1 for organisation in within if organisation.uscc)
    return registered, len(within) - registered


def both(district: District, place: str) -> str:
    """The two numbers beside one another."""
    return " + ".join(map(str, forms(district, place)))


def carried_out(district: District, organisation: str) -> int:
    """How many grants an organisation carries out or has carried out."""
    grants = [district.see("grant", id) for id in district.ids("grant", organisation=organisation)]
    return sum(1 for grant in grants if grant.stage != "cancelled")


ONCE_FILED = (*WATCHED, Stage.DEREGISTERING, Stage.DEREGISTERED)
"""The stages of an organisation that is filed or registered, or was."""


def grants_of(district: District, *numbers: str) -> list[Any]:
    """The grants of the rounds with these numbers."""
    rounds = {id for number in numbers for id in district.ids("round", no=number)}
    grants = [district.see("grant", id) for id in district.ids("grant")]
    return [grant for grant in grants if grant.round in rounds]


def paid_in(district: District, *years: int) -> int:
    """What the bank paid in these years, in fen."""
    tranches = [district.see("tranche", id) for id in district.ids("tranche")]
    return sum(t.amount_minor for t in tranches if t.value_date and t.value_date.year in years)


def person_times(grants: list[Any]) -> str:
    """How many person-times final reports have counted."""
    reached = (one.target for grant in grants for one in grant.reached if one.unit == "人次")
    return str(sum(reached))


FIGURES: dict[str, Callable[[District], str]] = {
    "街道 subdistricts": lambda d: places(d, "subdistrict"),
    "社区 communities": lambda d: places(d, "community"),
    "2017年以来大型创投届数 large rounds from 2017 to 2019": lambda d: str(
        sum(len(d.ids("round", no=number)) for number in LARGE_ROUNDS)
    ),
    "其资助项目 their grants": lambda d: str(len(grants_of(d, *LARGE_ROUNDS))),
    "其承接组织 organisations that carried them out": lambda d: str(
        len({grant.organisation for grant in grants_of(d, *LARGE_ROUNDS)})
    ),
    "其服务人次 person-times they reached": lambda d: person_times(grants_of(d, *LARGE_ROUNDS)),
    "2018至2019年两年拨付 paid in the two years 2018 and 2019 (CNY)": lambda d: yuan(
        paid_in(d, 2018, 2019)
    ),
    "2020年微创投拨付 paid in the micro round of 2020 (CNY)": lambda d: yuan(paid_in(d, 2020)),
    "社会组织 organisations": lambda d: str(
        sum(len(d.ids("organisation", stage=str(stage))) for stage in ONCE_FILED)
    ),
    "由备案志愿队成长为登记社团、四次获区级立项 volunteers who became an association, district awards": (
        lambda d: str(carried_out(d, d.organisations[GROWN.key]))
    ),
    "其中登记 registered": lambda d: str(len(d.ids("organisation", stage="registered"))),
    "其中备案 filed": lambda d: str(len(d.ids("organisation", stage="filed"))),
    "备案组织中没有代管方的 filed ones without a fiscal agent": lambda d: str(
        len(d.ids("organisation", stage="filed", fiscal_agent=""))
    ),
    "桃源街道登记、备案 Taoyuan, registered and filed": lambda d: both(d, TAOYUAN),
    "曙光街道登记、备案 Shuguang, registered and filed": lambda d: both(d, SHUGUANG),
    "鸿城街道组织 organisations of Hongcheng": lambda d: str(sum(forms(d, HONGCHENG))),
    "人员 people": lambda d: str(len(d.people)),
    "资金 funds": lambda d: str(len(d.ids("fund"))),
    "届次 rounds": lambda d: str(len(d.ids("round"))),
    "申报 proposals": lambda d: str(len(d.ids("proposal"))),
    "评审任务 reviews": lambda d: str(len(d.ids("review"))),
    "资助项目 grants": lambda d: str(len(d.ids("grant"))),
    "拨付期次 tranches": lambda d: str(len(d.ids("tranche"))),
    "变更 amendments": lambda d: str(len(d.ids("amendment"))),
    "采购订单 orders": lambda d: str(len(d.ids("order"))),
    "代管账户 custody accounts": lambda d: str(len(d.ids("custody_account"))),
    "追回 clawbacks": lambda d: str(len(d.ids("clawback"))),
    "异议 objections": lambda d: str(len(d.ids("objection"))),
    "申诉 appeals": lambda d: str(len(d.ids("appeal"))),
    "线索与发现 tips and findings": lambda d: str(len(d.ids("finding"))),
    "待他人批准 pairs waiting": lambda d: str(len(d.ids("approval", stage="prepared"))),
    "事件 events": lambda d: str(d.system.questions.head()),
    "预算指标 authority (CNY)": lambda d: yuan(balance(d, "authority.source")),
    "银行存款 at the bank (CNY)": lambda d: yuan(balance(d, "cash.bank")),
    "已承诺未付 committed (CNY)": lambda d: yuan(balance(d, "authority.committed")),
    "已付减退款 paid less refunds (CNY)": lambda d: yuan(balance(d, "authority.spent")),
    "应收回 due back (CNY)": lambda d: yuan(balance(d, "cash.recoverable")),
}
"""What the page states, and how it is asked."""


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_of_the_page_is_what_the_district_answers(district: District, name: str) -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()

    assert f"| {name} | {FIGURES[name](district)} |" in lines


def test_the_page_names_the_nine() -> None:
    names = {officer.key: officer.name for officer in OFFICERS}
    names |= {"applicant": ORGANISATIONS[0].handler, "legal": ORGANISATIONS[0].leader}
    page = PAGE.read_text(encoding="utf-8")

    assert [name for key in PRINCIPALS if (name := names[key]) not in page] == []
