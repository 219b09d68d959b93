"""The end of a grant: final report, evaluation, audit, settlement, refund, close."""

from __future__ import annotations

from datetime import date, timedelta

from api.demo.agenda import Story
from api.demo.courses import Course, G, Twist
from api.demo.days import TODAY, after, at
from api.demo.district import District
from api.demo.organisations import leader_of
from api.demo.paying import paid
from api.demo.people import (
    CASHIER,
    EVALUATOR,
    FINANCE,
    LEADER,
    MANAGER,
    OFFICER,
    RECONCILER,
)  # fmt: skip
from api.demo.proposals import Ask
from api.demo.whole import CALL
from application.grants.commands import (
    CloseGrant,
    EvaluateFinal,
    RecordAudit,
    RecordRefund,
    ReturnFinal,
    SettleGrant,
    SubmitFinal,
    WaiveAudit,
)
from domain.grants.lifecycle import Stage as GrantStage
from domain.proposals.content import Indicator

ORDER = tuple(G)

AUDIT = "“{title}”专项审计报告（示例文本）：收支真实，票据齐全，未见重大问题。\n"


def comes_to(course: Course, stage: GrantStage) -> bool:
    """Whether the grant comes as far as a stage."""
    return ORDER.index(course.until) >= ORDER.index(stage)


def ended(district: District, ask: Ask, course: Course, id: str) -> Story:
    """What follows when the period of a grant is over."""
    ends = course.ends
    if ends is None or ends > TODAY or not comes_to(course, G.FINAL_SUBMITTED):
        return
    yield at(after(ends, 4), 10)
    yield from final(district, ask, course, id, ends)
    if not comes_to(course, G.EVALUATED):
        return
    yield at(after(ends, 9), 10)
    evaluation = EvaluateFinal(
        score_milli=course.score * 1_000, satisfaction_percent=course.score + 3, sample=40
    )
    district.tell(EVALUATOR, evaluation, id)
    if len(course.paid) == len(CALL[ask.round].rules.tranches):
        yield from paid(district, ask, course, id, len(course.paid), after(ends, 10))
    yield from settled(district, ask, course, id, ends)


def final(district: District, ask: Ask, course: Course, id: str, ends: date) -> Story:
    """The final report, which may be given back once."""
    leader = leader_of(ask.organisation)
    reached = Indicator(name="服务人次", unit="人次", target=ask.reach + ask.reach // 20)
    report = SubmitFinal(
        results=f"“{ask.title}”全部完成，居民反映良好。", indicators=(reached,), surplus_minor=0
    )
    district.tell(leader, report, id)
    if course.twist is Twist.FINAL_RETURNED:
        defects = ("缺少服务对象满意度的说明。",)
        command = ReturnFinal(defects=defects, due=ends + timedelta(days=30))
        district.tell(EVALUATOR, command, id)
        yield at(after(ends, 7), 10)
        district.tell(leader, report, id)


def settled(district: District, ask: Ask, course: Course, id: str, ends: date) -> Story:
    """The audit, the settlement, the refund and the close."""
    if comes_to(course, G.AUDITED):
        yield at(after(ends, 15), 10)
        audit(district, ask, id)
    if comes_to(course, G.SETTLING):
        yield at(after(ends, 18), 10)
        district.pair(MANAGER, FINANCE, SettleGrant(), id)
        yield from refunded(district, ask, course, id, ends)
    if comes_to(course, G.CLOSED):
        yield at(after(ends, 25), 10)
        district.tell(OFFICER, CloseGrant(), id)


def audit(district: District, ask: Ask, id: str) -> None:
    """A large grant is audited; of a small one the leader waives it."""
    grant = district.see("grant", id)
    most = CALL[ask.round].rules.audit_threshold_minor
    if grant.amount_minor > most:
        document, _ = district.store(FINANCE, f"grant:{id}", AUDIT.format(title=ask.title))
        district.tell(FINANCE, RecordAudit(document=document, opinion="unqualified"), id)
    else:
        district.pair(FINANCE, LEADER, WaiveAudit(reason="金额低于审计起点，抽查未选中。"), id)


def refunded(district: District, ask: Ask, course: Course, id: str, ends: date) -> Story:
    """What is due back comes back, or is still awaited."""
    due = district.see("grant", id).due_back_minor
    refund = RecordRefund(amount_minor=max(1, due), bank_ref=f"TK-{ask.key.upper()}")
    if course.twist is Twist.REFUND_WAITS:
        yield at(TODAY - timedelta(days=1), 15)
        district.tell(CASHIER, refund, id)
    elif due and comes_to(course, G.CLOSED):
        yield at(after(ends, 22), 10)
        district.pair(CASHIER, RECONCILER, refund, id)
