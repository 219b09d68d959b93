"""The organisations of the district: ten that are registered and three that are filed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from stdnum.cn import uscc

from api.demo.agenda import Story
from api.demo.days import at
from api.demo.district import District
from api.demo.people import AGENT, APPLICANT, DISTRICT, LEGAL, OFFICER, account_id, person_id
from api.demo.places import HONGCHENG, MINKANG, SHUGUANG, TAOYUAN, YONGJI
from application.organisations import ImportFiledOrganisation, ImportOrganisation
from application.principals import Held

ASSOCIATION, SERVICE_CENTRE = "51", "52"
"""How the credit code of an association and of a private service organisation begins."""

FILED = ""


class Body(NamedTuple):
    """An organisation with its leader and its handler; `form` is empty where it is only filed."""

    key: str
    name: str
    form: str
    place: str
    leader: str
    handler: str
    agent: str = ""


GROWN = Body("qiaoshou", "南关区扶残助残志愿者协会", ASSOCIATION, SHUGUANG, "魏淑华", "薛婷")
"""Volunteers who have become an association, as a story of its own tells."""

ORGANISATIONS = (
    Body("nuanyang", "南关区暖阳社会工作服务中心", SERVICE_CENTRE, MINKANG, "孙玉梅", "何晓琳"),
    Body("lianhe", "南关区社区社会组织联合会", ASSOCIATION, DISTRICT, "钱卫东", "石磊"),
    Body("leling", "南关区乐龄居家养老服务中心", SERVICE_CENTRE, TAOYUAN, "李桂芳", "邓佳"),
    Body("qihui", "南关区启慧康复服务中心", SERVICE_CENTRE, SHUGUANG, "冯志刚", "彭悦"),
    Body("lvlin", "南关区绿邻环保志愿者协会", ASSOCIATION, HONGCHENG, "蒋文涛", "沈琪"),
    Body("helin", "南关区和邻社区调解中心", SERVICE_CENTRE, MINKANG, "杨秀英", "曹磊"),
    Body("qinghe", "南关区青禾儿童成长中心", SERVICE_CENTRE, YONGJI, "许曼", "丁一诺"),
    GROWN,
    Body("jianbu", "南关区健步康养协会", ASSOCIATION, TAOYUAN, "潘永福", "汪洋"),
    Body("shuxiang", "南关区书香文化服务中心", SERVICE_CENTRE, HONGCHENG, "任静文", "姚远"),
    Body("xiyang", "民康街道夕阳红合唱队", FILED, MINKANG, "贾玉兰", "傅强", agent="lianhe"),
    Body("linli", "桃源街道邻里互助队", FILED, TAOYUAN, "侯春梅", "白雪", agent="lianhe"),
    Body("yishi", "曙光街道居民议事会", FILED, SHUGUANG, "邱国庆", "常青", agent="lianhe"),
)


def credit_code(form: str, number: int) -> str:
    """A made-up unified social credit code with a valid check character."""
    body = f"{form}{DISTRICT}MJ{number:07d}"
    return body + uscc.calc_check_digit(body)


def handler_of(organisation: str) -> str:
    """The key of the person who handles an organisation's proposals."""
    return APPLICANT if organisation == "nuanyang" else f"{organisation}.handler"


def leader_of(organisation: str) -> str:
    """The key of the person who signs for an organisation."""
    return LEGAL if organisation == "nuanyang" else f"{organisation}.leader"


def account_of(organisation: str) -> str:
    """The account to which an organisation's money goes: its own, or that of its fiscal agent."""
    agents = {body.key: body.agent for body in ORGANISATIONS}
    return account_id(agents.get(organisation) or organisation)


def taken_over(
    district: District, body: Body, number: int
) -> ImportOrganisation | ImportFiledOrganisation:
    """The command by which an organisation is taken over, with a code or a number of its own."""
    if body.form:
        return ImportOrganisation(
            name=body.name,
            uscc=credit_code(body.form, number),
            place=body.place,
            leader=person_id(leader_of(body.key)),
            account=account_id(body.key),
        )
    return ImportFiledOrganisation(
        name=body.name,
        filing_no=f"南备〔2025〕{number:03d}号",
        place=body.place,
        leader=person_id(leader_of(body.key)),
        fiscal_agent=district.organisations.get(body.agent),
    )


def let_in_people(district: District, body: Body, id: str) -> None:
    """Lets the handler and the leader of an organisation in."""
    district.add_person(handler_of(body.key), body.handler, Held("applicant", "", id))
    district.add_person(leader_of(body.key), body.leader, Held("legal_representative", "", id))


def organisations(district: District, bodies: Sequence[Body], day: date, first: int) -> Story:
    """Takes organisations over from the registers, numbered from one on, with their people."""
    yield at(day, 9)
    for number, body in enumerate(bodies, start=first):
        if body is not GROWN:
            command = taken_over(district, body, number)
            id = district.organisations[body.key] = district.tell(OFFICER, command).id
            let_in_people(district, body, id)
    if bodies is ORGANISATIONS:
        agents = dict.fromkeys(body.agent for body in ORGANISATIONS if body.agent)
        keeping = (Held("fiscal_agent", "", district.organisations[key]) for key in agents)
        district.add_person(AGENT, "安然", *keeping)
