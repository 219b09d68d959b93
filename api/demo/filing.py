"""Neighbours who have their organisations filed, one for every stage that a filing has."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from api.demo.agenda import Story
from api.demo.days import CALENDAR, after, at
from api.demo.district import District
from api.demo.people import COMMUNITY, SECOND_COMMUNITY, SUBDISTRICT, person_id
from api.demo.rounds import day
from application.changed_organisations import RequestChange, StartUpgrade
from application.filing import (
    AbandonFiling,
    ApproveFiling,
    PassFirstCheck,
    RejectFiling,
    RequestFiling,
    ReturnFiling,
    StartFiling,
    StartFilingFor,
)
from domain.organisations.filing_events import Kind
from domain.organisations.lifecycle import Stage

PLACE = "220102006001"


class Neighbours(NamedTuple):
    """People who found an organisation: what it does, who they are, when, and how far it comes."""

    key: str
    name: str
    kind: Kind
    founder: str
    begun: date
    until: Stage
    is_helped: bool = False


GROUPS = (
    Neighbours("filing1", "银龄书法社", "culture_sports", "葛长青", day(11, 9), Stage.DRAFT),
    Neighbours(
        "filing2", "邻里修补铺", "mutual_help", "白玉兰", day(11, 6), Stage.FILING_REQUESTED
    ),
    Neighbours("filing3", "楼道花友会", "public_affairs", "尹秀芝", day(11, 3), Stage.RETURNED),
    Neighbours(
        "filing4", "夜校互助组", "mutual_help", "戴立春", day(11, 2), Stage.COMMUNITY_CHECKED, True
    ),
    Neighbours("filing5", "和平路商户会", "daily_services", "佟家旺", day(10, 27), Stage.REJECTED),
    Neighbours("filing6", "晨练小队", "culture_sports", "乌兰", day(10, 23), Stage.ABANDONED),
    Neighbours("filing7", "巧手编织社", "charity", "谷雨", day(10, 12), Stage.CHANGE_REQUESTED),
    Neighbours("filing8", "暖心理发队", "charity", "池小满", day(9, 15), Stage.UPGRADING),
)
"""One group for every stage; no name of them is taken in the subdistrict."""


def filing(district: District, group: Neighbours) -> Story:
    """A filing from its draft to the stage that the table names."""
    yield at(group.begun, 14)
    district.add_person(group.key, group.founder)
    id = district.organisations[group.key] = begun(district, group)
    if group.until is Stage.DRAFT:
        return
    if group.until is Stage.ABANDONED:
        district.tell(group.key, AbandonFiling(), id)
        return
    charter, _ = district.store(group.key, f"organisation:{id}", f"{group.name}章程\n")
    asking = RequestFiling(
        charter=charter, member_count=16, aims="服务本社区居民。", calendar=CALENDAR.version
    )
    district.tell(group.key, asking, id)
    if group.until is not Stage.FILING_REQUESTED:
        yield at(after(group.begun, 1), 10)
        yield from answered(district, group, id)


def begun(district: District, group: Neighbours) -> str:
    """The draft, by the founder or, for somebody who asked for help, by the community."""
    if not group.is_helped:
        own = StartFiling(name=group.name, kind=group.kind, place=PLACE)
        return district.tell(group.key, own).id
    founder = person_id(group.key)
    helped = StartFilingFor(
        name=group.name, kind=group.kind, place=PLACE, leader=founder, founder=founder
    )
    return district.tell(SECOND_COMMUNITY, helped).id


def answered(district: District, group: Neighbours, id: str) -> Story:
    """What the community and the subdistrict say to it."""
    if group.until is Stage.RETURNED:
        defects = ("章程未写明经费来源与使用办法。", "缺少成员名册。")
        command = ReturnFiling(defects=defects, calendar=CALENDAR.version)
        district.tell(COMMUNITY, command, id)
        return
    district.tell(COMMUNITY, PassFirstCheck(opinion="材料齐全，情况属实。"), id)
    if group.until is Stage.COMMUNITY_CHECKED:
        return
    yield at(after(group.begun, 3), 10)
    if group.until is Stage.REJECTED:
        refusal = RejectFiling(
            reason="以经营为宗旨，不符合备案条件。",
            remedy="可向市场监管部门登记，也可在十个工作日内申诉。",
            calendar=CALENDAR.version,
        )
        district.tell(SUBDISTRICT, refusal, id)
        return
    number = f"民康备〔2026〕{group.key[-1]}号"
    entry = ApproveFiling(filing_no=number, valid_from=after(group.begun, 3))
    district.tell(SUBDISTRICT, entry, id)
    district.seat(group.key)
    yield at(after(group.begun, 8), 10)
    later(district, group, id)


def later(district: District, group: Neighbours, id: str) -> None:
    """What the filed organisation asks for next."""
    if group.until is Stage.UPGRADING:
        district.tell(group.key, StartUpgrade(), id)
        return
    proof, _ = district.store(group.key, f"organisation:{id}", "活动室使用协议\n")
    change = RequestChange(change="address", new_ref="南关区和平路7号活动室", document=proof)
    district.tell(group.key, change, id)
