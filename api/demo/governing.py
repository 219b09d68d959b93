"""What the district does by the way: policies, lent roles, public copies, questions, exceptions."""

from __future__ import annotations

from api.demo.agenda import Story
from api.demo.days import at
from api.demo.district import District
from api.demo.organisations import handler_of
from api.demo.people import (
    DISTRICT,
    LEADER,
    MANAGER,
    OFFICER,
    OVERSIGHT,
    SECRETARY,
    person_id,
)
from api.demo.rounds import AUTUMN, day
from api.demo.stopping import grant_of
from application.delegations import EndDelegation, GrantDelegation
from application.documents import RedactDocument
from application.overrides import UseOverride
from application.policies import PublishPolicy
from application.rounds.commands import AskQuestion, PublishClarification

POLICY = "南关区公益创投管理办法"


def policies(district: District) -> Story:
    """A policy is published, and its second version puts an end to the first."""
    for edition, starts in (("2026-1", day(3, 2)), ("2026-2", day(9, 1))):
        yield at(starts, 9)
        subject = f"fund:{district.funds['innovation']}"
        document, sha256 = district.store(OFFICER, subject, f"{POLICY}（{edition}）\n")
        command = PublishPolicy(
            name=POLICY, edition=edition, place=DISTRICT, starts=starts, document=document,
            sha256=sha256,
        )  # fmt: skip
        district.pair(OFFICER, LEADER, command)


def lent_roles(district: District) -> Story:
    """One manager stands in for the other: once in summer, and again now."""
    for starts, until, is_over in (
        (day(7, 20), day(8, 14), True),
        (day(11, 9), day(11, 30), False),
    ):
        yield at(starts, 9)
        command = GrantDelegation(
            role="fund_manager", holder=person_id(MANAGER), to_person=person_id("manager_2"),
            place=DISTRICT, starts=starts, until=until,
        )  # fmt: skip
        id = district.tell(LEADER, command).id
        if is_over:
            yield at(until, 15)
            if district.see("delegation", id).stage == "granted":
                district.tell(LEADER, EndDelegation(), id)


def public_copy(district: District) -> Story:
    """Of an agreement a copy without personal data is shown."""
    yield at(day(6, 10), 10)
    grant = grant_of(district, "lunch")
    original, _ = district.store(OFFICER, f"grant:{grant}", "受益老人名册（含住址）\n")
    copy, _ = district.store(OFFICER, f"grant:{grant}", "受益老人名册（脱密版）\n")
    district.tell(OVERSIGHT, RedactDocument(public_copy=copy), original)


def questions(district: District) -> Story:
    """Two organisations ask the open round something; one question is answered by now."""
    id = AUTUMN
    yield at(day(11, 4), 14)
    asked = AskQuestion(text="联合申报时自筹资金可以由联合单位承担吗？")
    district.tell(handler_of("leling"), asked, district.rounds[id])
    yield at(day(11, 5), 10)
    answer = PublishClarification(
        question="自筹资金可否由联合单位承担？", answer="可以，但须在申报书中分别列明。"
    )
    district.tell(SECRETARY, answer, district.rounds[id])
    yield at(day(11, 9), 14)
    again = AskQuestion(text="志愿者补贴能否列入人员补贴？")
    district.tell(handler_of("lvlin"), again, district.rounds[id])


def exceptions(district: District) -> Story:
    """A payment goes without its third hand; for a correction an exception is ready."""
    yield at(day(10, 26), 16)
    tranche = district.ids("tranche", grant=grant_of(district, "kites"))[0]
    away = UseOverride(
        rule="T4.third_hand", subject=f"tranche:{tranche}", reason="负责人外出，活动日期不能顺延。"
    )
    district.pair(LEADER, OVERSIGHT, away)
    yield at(day(11, 9), 16)
    late = UseOverride(
        rule="S6.due",
        subject=f"proposal:{district.proposals['crossing']}",
        reason="学校盖章受停电影响，允许晚交。",
    )
    district.pair(LEADER, OVERSIGHT, late)


STORIES = (policies, lent_roles, public_copy, questions, exceptions)
