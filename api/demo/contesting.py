"""Organisations that are suspended or leave, and appeals against decisions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from api.demo.agenda import Story
from api.demo.days import after, at
from api.demo.district import District
from api.demo.organisations import leader_of
from api.demo.people import AUDITOR, COMMUNITY, DEPARTMENT, LEADER, OFFICER, OVERSIGHT, person_id
from api.demo.rounds import day
from api.demo.whole import ASKS
from application.appeals import (
    AdmitAppeal,
    DenyAppeal,
    FileAppeal,
    GrantAppeal,
    HearAppeal,
    NotifyAppellant,
    WithdrawAppeal,
)
from application.organisations import (
    ConfirmDeregistration,
    PlaceOnList,
    RequestDeregistration,
    SuspendOrganisation,
)
from domain.appeals.appeal import SignedVote, Stage

ORGANISATION = {ask.key: ask.organisation for ask in ASKS}

MEMBERS = tuple(person_id(key) for key in (AUDITOR, COMMUNITY, DEPARTMENT))
"""The people who look at a contested matter again; none of them decided it."""


REOPENS = {"O12": "reinstate", "K0": "withdraw"}
"""What a granted appeal sets off."""


class Complaint(NamedTuple):
    """An appeal of an organisation: against what, when, how far it comes, and its outcome."""

    decision: Literal["S15", "S20", "O12", "K0"]
    about: str
    filed: date
    statement: str
    until: Stage
    granted: bool = False


COMPLAINTS = (
    Complaint("S15", "chess", day(11, 6), "评审意见未写明理由。", Stage.FILED),
    Complaint("S15", "dance", day(11, 9), "同类项目已获资助，标准不一。", Stage.ADMITTED),
    Complaint("O12", "former50", day(10, 28), "年报已补交，请求恢复资格。", Stage.HEARD),
    Complaint("O12", "former51", day(10, 20), "处理决定所述并非本单位行为。", Stage.GRANTED, True),
    Complaint("O12", "former52", day(10, 20), "处理过重，请求从轻。", Stage.DENIED),
    Complaint("O12", "former53", day(10, 21), "请求复核暂停决定。", Stage.WITHDRAWN),
    Complaint("K0", "stairs", day(10, 19), "签到表另册保存，现补交。", Stage.GRANTED, True),
    Complaint("O12", "former54", day(10, 13), "请求缩短暂停期限。", Stage.FINAL),
)  # fmt: skip
"""One appeal for every stage; of the granted one the organisation is reinstated."""


def complaint(district: District, complaint: Complaint) -> Story:
    """An appeal from its filing to the stage that the table names."""
    organisation = complaint.about
    if complaint.decision == "O12":
        yield at(complaint.filed - timedelta(days=5), 9)
        contested = suspended(district, complaint)
    yield at(complaint.filed, 10)
    if complaint.decision != "O12":
        organisation, contested = ORGANISATION[complaint.about], district.proposals[complaint.about]
    if complaint.decision == "K0":
        (grant,) = district.ids("grant", proposal=contested)
        (contested,) = district.ids("clawback", grant=grant)
    leader = leader_of(organisation)
    command = FileAppeal(
        decision=complaint.decision, contested=contested, statement=complaint.statement
    )
    id = district.tell(leader, command).id
    if complaint.until is Stage.FILED:
        return
    if complaint.until is Stage.WITHDRAWN:
        district.tell(leader, WithdrawAppeal(), id)
        return
    district.tell(OFFICER, AdmitAppeal(members=MEMBERS), id)
    if complaint.until is Stage.ADMITTED:
        return
    yield at(after(complaint.filed, 3), 10)
    yield from heard(district, complaint, id)


def suspended(district: District, complaint: Complaint) -> str:
    """The organisation is suspended by a numbered decision; its id."""
    id = district.organisations[complaint.about]
    command = SuspendOrganisation(
        decision=f"南民社〔2026〕{complaint.about[-2:]}号",
        scope="暂停申报公益项目",
        appeal_until=complaint.filed + timedelta(days=30),
    )
    district.tell(OFFICER, command, id)
    return id


def heard(district: District, complaint: Complaint, id: str) -> Story:
    """The hearing, the votes of the panel, and the answer in writing."""
    minutes, _ = district.store(OFFICER, f"appeal:{id}", f"听证笔录：{complaint.statement}\n")
    district.tell(OFFICER, HearAppeal(minutes=minutes), id)
    if complaint.until is Stage.HEARD:
        return
    yield at(after(complaint.filed, 5), 10)
    signed, _ = district.store(OFFICER, f"appeal:{id}", "复核小组表决票\n")
    votes = tuple(
        SignedVote(member=member, is_for=complaint.granted, document=signed) for member in MEMBERS
    )
    if complaint.granted:
        district.tell(LEADER, GrantAppeal(votes=votes, step=REOPENS[complaint.decision]), id)
    else:
        district.tell(LEADER, DenyAppeal(votes=votes), id)
    if complaint.until is Stage.FINAL:
        answer, _ = district.store(OFFICER, f"appeal:{id}", "申诉答复：维持原决定。\n")
        district.tell(OFFICER, NotifyAppellant(document=answer), id)


def leaving(district: District) -> Story:
    """One organisation is to be deregistered, one is gone, and one is on a list."""
    yield at(day(10, 14), 9)
    for key, is_gone in (("former60", False), ("former61", True)):
        id = district.organisations[key]
        command = RequestDeregistration(reason="会员大会决议停止活动。")
        district.tell(leader_of(key), command, id)
        if is_gone:
            done = ConfirmDeregistration(asset_disposal="剩余财产转给社区基金，已公示。")
            district.tell(OFFICER, done, id)
    entry = PlaceOnList(list="abnormal", basis="未按时报送年度报告")
    district.tell(OVERSIGHT, entry, district.organisations["former62"])
