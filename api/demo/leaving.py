"""Who comes and goes in the district beside its work, and a place that is merged into another."""

from __future__ import annotations

from api.demo.agenda import Story
from api.demo.days import at
from api.demo.district import District
from api.demo.people import ADMINISTRATOR, DISTRICT, person_id
from api.demo.places import MERGED, MERGED_INTO
from api.demo.rounds import day
from application.people import ErasePerson, GrantRole, ReleasePerson, WithdrawRole
from application.places import ClosePlace
from application.principals import Grounds, Held

FORMER_CASHIER, FORMER_NEIGHBOUR, STAND_IN = "former_cashier", "former_neighbour", "stand_in"


def merged(district: District) -> Story:
    """A small community becomes part of its neighbour."""
    yield at(day(1, 12), 9)
    closing = ClosePlace(successor=MERGED_INTO, reason="社区规模调整，并入相邻社区。")
    district.tell(ADMINISTRATOR, closing, MERGED)


def leaving(district: District) -> Story:
    """A cashier leaves, a helper comes for a summer, and somebody asks to be forgotten."""
    yield at(day(1, 13), 9)
    district.add_person(FORMER_CASHIER, "佟丽", Held("cashier", DISTRICT))
    district.add_person(FORMER_NEIGHBOUR, "关旭", Held("resident", DISTRICT))
    district.add_person(STAND_IN, "霍然")
    yield at(day(6, 30), 15)
    reason = "岗位调整，出纳工作移交。"
    district.tell(ADMINISTRATOR, ReleasePerson(reason=reason), id_of(FORMER_CASHIER))
    summer = GrantRole(
        role="community_officer", place=MERGED_INTO, starts=day(7, 1), until=day(9, 30)
    )
    district.tell(ADMINISTRATOR, summer, id_of(STAND_IN))
    yield at(day(8, 21), 10)
    back = WithdrawRole(no=1, reason="借调提前结束。")
    district.tell(ADMINISTRATOR, back, id_of(STAND_IN))
    yield at(day(9, 17), 10)
    district.store(ADMINISTRATOR, person_id(FORMER_NEIGHBOUR), "删除个人信息的书面申请\n")
    yield at(day(9, 18), 10)
    grounds = Grounds(authority_ref="个人信息保护法第四十七条，本人申请〔2026〕1号")
    district.tell(ADMINISTRATOR, ErasePerson(), id_of(FORMER_NEIGHBOUR), grounds)


def id_of(key: str) -> str:
    """The id of somebody, without the word that names the noun."""
    return person_id(key).removeprefix("person:")


STORIES = (merged, leaving)
