"""The list of experts of the district: who stands on it since when, and whom they are tied to."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from api.demo.agenda import Story
from api.demo.days import START, at
from api.demo.district import District
from api.demo.people import DISTRICT, OFFICER, SECOND_SECRETARY, person_id
from api.demo.places import MINKANG, SHUGUANG
from application.panels import DrawPanel
from application.pools import AddExpert, ChangeExpert, ClosePool, CreatePool, RemoveExpert
from domain.reviews.conflicts import Expert, Left

POOL = "experts"
"""The key of the list from which every panel is drawn."""

AWAY = "220104003"
"""A subdistrict of the next district, in which none of the organisations is at home."""


class Listed(NamedTuple):
    """Somebody on the list; employers, relations and former employers by the keys of the bodies."""

    key: str
    place: str = AWAY
    employer: str = ""
    relations: tuple[str, ...] = ()
    left: tuple[tuple[str, date], ...] = ()
    expertise: tuple[str, ...] = ("项目管理",)


FIRST = (
    Listed("reviewer_1", expertise=("为老服务", "社会工作")),
    Listed("reviewer_2", expertise=("财务",)),
    Listed("reviewer_3", expertise=("社区治理",)),
    Listed("reviewer_4", expertise=("儿童关爱",)),
    Listed("reviewer_5", expertise=("助残",)),
)
"""Who has been on the list since its first day."""

THIS_SPRING = (
    Listed("reviewer_6", place=f"{SHUGUANG}002", expertise=("环境保护",)),
    Listed("reviewer_7", employer="lianhe", expertise=("组织建设",)),
    Listed("reviewer_8", left=(("nuanyang", date(2025, 6, 30)),), expertise=("为老服务",)),
    Listed("reviewer_9", relations=("qinghe",), expertise=("法律",)),
)
"""Who came on it this year: each is too near to somebody."""


def expert(district: District, listed: Listed) -> Expert:
    """What the list says of somebody."""
    bodies = district.organisations
    return Expert(
        person=person_id(listed.key),
        place=listed.place,
        employer=bodies[listed.employer] if listed.employer else None,
        relations=tuple(bodies[key] for key in listed.relations),
        left=tuple(Left(organisation=bodies[key], day=day) for key, day in listed.left),
        expertise=listed.expertise,
    )


def experts(district: District) -> Story:
    """The list is begun, grows, is put right, and loses somebody."""
    yield at(START.date(), 8, 50)
    named = CreatePool(name="南关区公益项目评审专家库", place=DISTRICT)
    pool = district.pools[POOL] = district.tell(OFFICER, named).id
    for listed in FIRST:
        district.tell(OFFICER, AddExpert(expert=expert(district, listed)), pool)
    yield at(date(2026, 3, 10), 9)
    for listed in THIS_SPRING:
        district.tell(SECOND_SECRETARY, AddExpert(expert=expert(district, listed)), pool)
    yield at(date(2026, 8, 20), 9)
    newly = THIS_SPRING[0]._replace(relations=("lvlin",))
    district.tell(SECOND_SECRETARY, ChangeExpert(expert=expert(district, newly)), pool)
    yield at(date(2026, 10, 8), 9)
    leaving = RemoveExpert(person=person_id("reviewer_9"), reason="本人申请退出。")
    district.tell(SECOND_SECRETARY, leaving, pool)


def street_list(district: District) -> Story:
    """A subdistrict begins a list of its own, and gives it up for that of the district."""
    yield at(date(2026, 3, 12), 9)
    named = CreatePool(name="民康街道评审专家库", place=MINKANG)
    pool = district.tell(SECOND_SECRETARY, named).id
    yield at(date(2026, 6, 3), 9)
    reason = "并入区专家库，不再单独建库。"
    district.tell(SECOND_SECRETARY, ClosePool(reason=reason), pool)


def drawn_from_list(district: District, round: str, size: int) -> DrawPanel:
    """A draw from the list as it stands."""
    pool = district.pools[POOL]
    version = district.see("pool", pool).version
    return DrawPanel(round=round, pool_id=pool, pool_version=version, size=size)


STORIES = (experts, street_list)
