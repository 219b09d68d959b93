"""A grant on its way: signed, activated, paid, reported, evaluated, audited, settled, closed."""

from __future__ import annotations

from datetime import date

from api.demo.agenda import Story
from api.demo.courses import Course, G, Twist
from api.demo.days import TODAY, after, at
from api.demo.district import District
from api.demo.ending import ended
from api.demo.organisations import account_of, handler_of, leader_of
from api.demo.paying import paid
from api.demo.people import EVALUATOR, FINANCE, MANAGER, OFFICER
from api.demo.proposals import Ask
from api.demo.spending import acceptance_waiting, reported
from application.approvals import Approve
from application.grants.commands import (
    ActivateGrant,
    RecordMidterm,
    SignAgreement,
    SubmitMidterm,
)
from application.principals import Cited, Grounds

AGREEMENT = """南关区公益项目资助协议（示例文本）

项目：{title}
执行期：{starts} 至 {ends}
资助方与执行方按申报书约定的目标、预算和拨付条件执行本协议。
"""


def grant(district: District, ask: Ask, course: Course) -> Story:
    """A grant from its agreement to the stage that the table names."""
    if course.signed is None or course.ends is None:
        return
    yield at(course.signed, 10)
    id = district.ids("grant", proposal=district.proposals[ask.key])[0]
    sign(district, ask, course, id)
    if course.until in (G.AGREEMENT_PENDING, G.SIGNED):
        return
    yield at(after(course.signed, 1), 10)
    district.pair(MANAGER, FINANCE, ActivateGrant(), id)
    yield from paid(district, ask, course, id, 1, after(course.signed, 2))
    yield from reported(district, ask, course, id, 1, after(course.signed, 30))
    yield from halfway(district, ask, course, id)
    yield from reported(district, ask, course, id, 2, before(course.ends))
    yield from acceptance_waiting(district, course, id)
    yield from ended(district, ask, course, id)


def sign(district: District, ask: Ask, course: Course, id: str) -> None:
    """The agreement is stored and signed by both sides."""
    assert course.signed is not None
    assert course.ends is not None
    leader, starts = leader_of(ask.organisation), after(course.signed, 2)
    text = AGREEMENT.format(title=ask.title, starts=starts, ends=course.ends)
    document, sha256 = district.store(leader, f"grant:{id}", text)
    command = SignAgreement(
        document=document,
        account=account_of(ask.organisation),
        starts=starts,
        ends=course.ends,
        midterm=course.midterm,
    )
    grounds = Grounds(evidence=(Cited(document=document, sha256=sha256, type="agreement"),))
    prepared = district.tell(leader, command, id, grounds)
    if course.twist is not Twist.SIGNING_WAITS:
        district.tell(OFFICER, Approve(), prepared.id)


def before(day: date) -> date:
    """About two weeks before a day; it never lies in what is still to come."""
    return after(day.replace(day=1), 3)


def halfway(district: District, ask: Ask, course: Course, id: str) -> Story:
    """The mid-term report, its evaluation, and the second tranche."""
    if course.midterm is None or course.midterm > TODAY:
        return
    waits = course.until is G.MIDTERM_DUE
    if waits and course.twist is not Twist.MIDTERM_REPORTED:
        return
    yield at(after(course.midterm, 2), 10)
    report = f"“{ask.title}”按计划推进，已服务约{ask.reach // 2}人次。"
    district.tell(handler_of(ask.organisation), SubmitMidterm(report=report), id)
    if waits:
        return
    yield at(after(course.midterm, 4), 10)
    finding = "服务记录较完整，建议补充服务对象反馈。"
    command = RecordMidterm(score_milli=course.score * 1_000 - 2_000, findings=(finding,))
    district.tell(EVALUATOR, command, id)
    if len(course.paid) > 1:
        yield from paid(district, ask, course, id, 2, after(course.midterm, 5))
