"""What residents, auditors and oversight find wrong with grants, and what becomes of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from api.demo.agenda import Story
from api.demo.days import at
from api.demo.district import District
from api.demo.organisations import handler_of
from api.demo.people import AUDITOR, EVALUATOR, LEADER, OVERSIGHT, RESIDENT, person_id
from api.demo.rounds import day
from api.demo.whole import ASKS
from application.findings import (
    DismissTip,
    EscalateFinding,
    HandOver,
    OrderRectification,
    RaiseFinding,
    Rectify,
    Respond,
    Tip,
    VerifyFinding,
)
from domain.findings.lifecycle import Stage

ORGANISATION = {ask.key: ask.organisation for ask in ASKS}


class Case(NamedTuple):
    """Something wrong with the grant of a proposal: who says so, when, and how far it comes."""

    ask: str
    told: date
    by: str
    statement: str
    until: Stage


CASES = (
    Case("bath", day(11, 9), RESIDENT, "助浴记录上的签名不像老人本人所签。", Stage.TIPPED),
    Case("council", day(9, 14), RESIDENT, "议事厅周末经常不开门。", Stage.DISMISSED),
    Case("capacity", day(11, 5), EVALUATOR, "培训签到表缺少两场。", Stage.RAISED),
    Case("memory", day(11, 3), AUDITOR, "录音整理费没有付款凭证。", Stage.RESPONDED),
    Case("handcraft", day(11, 2), OVERSIGHT, "实训材料领用没有台账。",
         Stage.RECTIFICATION_ORDERED),
    Case("lunch", day(10, 20), OVERSIGHT, "送餐路线未向社区报备。", Stage.RECTIFIED),
    Case("phone", day(9, 8), OVERSIGHT, "课堂照片未经老人同意对外使用。", Stage.VERIFIED),
    Case("weekend", day(10, 28), AUDITOR, "设备租赁价格明显高于市场价。", Stage.ESCALATED),
    Case("posture", day(10, 13), AUDITOR, "项目负责人以他人名义领取补贴。", Stage.HANDED_OVER),
)  # fmt: skip
"""One case for every stage of a finding."""

PUT_RIGHT = (Stage.RECTIFICATION_ORDERED, Stage.RECTIFIED, Stage.VERIFIED)


def case(district: District, case: Case) -> Story:
    """A finding from the day on which it is told to the stage that the table names."""
    yield at(case.told, 10)
    subject = f"grant:{district.ids('grant', proposal=district.proposals[case.ask])[0]}"
    if case.by == RESIDENT:
        id = district.tell(RESIDENT, Tip(subject=subject, tip=case.statement)).id
        yield at(case.told, 16)
        if case.until is Stage.DISMISSED:
            district.tell(OVERSIGHT, DismissTip(reason="经走访，开放时间与公示一致。"), id)
        return
    handler = handler_of(ORGANISATION[case.ask])
    raised = RaiseFinding(
        subject=subject, severity="serious", owner=person_id(handler), statement=case.statement
    )
    id = district.tell(case.by, raised).id
    yield at(case.told + timedelta(days=1), 10)
    if case.until in (Stage.RESPONDED, *PUT_RIGHT[1:]):
        district.tell(handler, Respond(reply="情况属实，已着手补齐。"), id)
    if case.until in PUT_RIGHT:
        yield from put_right(district, case, handler, id)
    if case.until in (Stage.ESCALATED, Stage.HANDED_OVER):
        district.tell(OVERSIGHT, EscalateFinding(to="leader"), id)
    if case.until is Stage.HANDED_OVER:
        district.tell(LEADER, HandOver(body="区公安分局"), id)


def put_right(district: District, case: Case, handler: str, id: str) -> Story:
    """It is ordered that the thing be put right; it is, and somebody confirms it."""
    order = OrderRectification(due=case.told + timedelta(days=21))
    district.tell(OVERSIGHT, order, id)
    if case.until is Stage.RECTIFICATION_ORDERED:
        return
    yield at(case.told + timedelta(days=7), 10)
    document, _ = district.store(handler, f"finding:{id}", f"整改说明：{case.statement}已改正。\n")
    district.tell(handler, Rectify(measures="已补齐材料并公示。", document=document), id)
    if case.until is Stage.VERIFIED:
        yield at(case.told + timedelta(days=10), 10)
        district.tell(AUDITOR, VerifyFinding(), id)
