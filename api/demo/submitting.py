"""What an organisation does with its proposal, and the secretary and finance with it in intake."""

from __future__ import annotations

from datetime import date, timedelta

from api.demo.agenda import Story
from api.demo.days import after, at
from api.demo.district import District
from api.demo.funds import YUAN
from api.demo.organisations import handler_of, leader_of
from api.demo.people import FINANCE, SECOND_SECRETARY, SECRETARY
from api.demo.proposals import Ask, S, Twist, reaches
from api.demo.rounds import ACTIVITY, LINES
from api.demo.whole import ASKS, CALL
from application.approvals import Withdraw
from application.proposals.commands import (
    DraftProposal,
    EditProposal,
    PassBudgetCheck,
    RejectIntake,
    ResubmitProposal,
    ReturnForCorrection,
    SubmitProposal,
    TakeIntake,
    WithdrawProposal,
)
from domain.proposals.content import BudgetLine, Defect, Indicator

SUMMARY = (
    "面向{place}居民开展“{title}”，每周固定时间服务，预计服务{reach}人次，社工与志愿者共同完成。"
)


def total_of(ask: Ask) -> int:
    """What the whole project costs, in fen: four parts are asked for, one is brought in."""
    return ask.yuan * YUAN * 5 // 4


def budget_of(ask: Ask) -> tuple[BudgetLine, ...]:
    """The budget by lines."""
    total = total_of(ask)
    return tuple(
        BudgetLine(line=line, amount_minor=total * percent // 100) for line, percent in LINES
    )


def content_of(ask: Ask, place: str, starts: date) -> EditProposal:
    """All that the proposal says."""
    asked = ask.yuan * YUAN
    return EditProposal(
        summary=SUMMARY.format(place=place, title=ask.title, reach=ask.reach),
        budget=budget_of(ask),
        requested_minor=asked,
        match_minor=total_of(ask) - asked,
        indicators=(
            Indicator(name="服务人次", unit="人次", target=ask.reach),
            Indicator(name="活动场次", unit="场", target=max(4, ask.reach // 40)),
        ),
        starts=starts,
        ends=starts + timedelta(days=210),
    )


def proposal(district: District, ask: Ask) -> Story:
    """A proposal from its draft to where intake leaves it."""
    call = CALL[ask.round]
    handler = handler_of(ask.organisation)
    drafted = after(call.opens, 1 + ASKS.index(ask) % 2)
    yield at(drafted, 10)
    command = DraftProposal(
        round=district.rounds[ask.round],
        organisation=district.organisations[ask.organisation],
        title=ask.title,
    )
    id = district.proposals[ask.key] = district.tell(handler, command).id
    place = call.title.partition("街道")[0] + "街道" if "街道" in call.title else "南关区"
    district.tell(handler, content_of(ask, place, after(call.confirmed, 5)), id)
    if ask.twist is Twist.NEVER_SUBMITTED:
        return
    yield at(after(drafted, 1), 11)
    yield from submitted(district, ask, id)
    if not reaches(ask, S.IN_INTAKE):
        return
    yield at(after(drafted, 2), 14)
    district.tell(SECRETARY, TakeIntake(), id)
    yield at(after(drafted, 3), 10)
    yield from checked(district, ask, id)


def submitted(district: District, ask: Ask, id: str) -> Story:
    """The submission: prepared by the handler, carried out by the legal representative."""
    handler, leader = handler_of(ask.organisation), leader_of(ask.organisation)
    if ask.twist is Twist.SUBMIT_WAITS:
        district.tell(handler, SubmitProposal(), id)
    if ask.until is S.DRAFT:
        return
    if ask.twist is Twist.SUBMIT_WITHDRAWN:
        prepared = district.tell(handler, SubmitProposal(), id)
        district.tell(handler, Withdraw(), prepared.id)
    district.pair(handler, leader, SubmitProposal(), id)
    if ask.until is S.WITHDRAWN:
        yield at(after(CALL[ask.round].opens, 6), 15)
        reason = "合作学校改变了安排，今年无法开展。"
        district.tell(leader, WithdrawProposal(reason=reason), id)


def checked(district: District, ask: Ask, id: str) -> Story:
    """The intake check, with a correction where one is needed, and the budget check."""
    if ask.until in (S.RETURNED, S.LAPSED) or ask.twist is Twist.CORRECTED:
        defects = (Defect(part="summary", text="请写明服务的时间、地点和负责人。"),)
        district.tell(SECRETARY, ReturnForCorrection(defects=defects), id)
    if ask.twist is Twist.CORRECTED:
        yield at(after(district.system.clock.now().date(), 2), 10)
        yield from corrected(district, ask, id)
    if ask.until is S.INELIGIBLE or ask.twist is Twist.REJECTION_WAITS:
        yield from rejected(district, ask, id)
    if reaches(ask, S.BUDGET_CHECKED):
        lines = budget_of(ask)
        lowered = tuple(
            BudgetLine(line=line.line, amount_minor=line.amount_minor - 2_000 * YUAN)
            for line in lines
            if line.line == ACTIVITY and ask.twist is Twist.LOWERED
        )
        district.tell(FINANCE, PassBudgetCheck(adjusted_lines=lowered), id)


def corrected(district: District, ask: Ask, id: str) -> Story:
    """The corrected proposal comes back and is taken in again."""
    handler, leader = handler_of(ask.organisation), leader_of(ask.organisation)
    summary = (
        f"每周二、周四下午在社区活动室开展“{ask.title}”，项目主管负责，全年服务{ask.reach}人次。"
    )
    district.pair(handler, leader, ResubmitProposal(summary=summary), id)
    district.tell(SECRETARY, TakeIntake(), id)
    yield at(after(district.system.clock.now().date(), 1), 10)


def rejected(district: District, ask: Ask, id: str) -> Story:
    """Two secretaries find a proposal ineligible; the second may still have to say so."""
    yield at(after(CALL[ask.round].opens, 5), 16)
    command = RejectIntake(rule="eligibility.theme", reason="申报内容与本届征集主题不符。")
    if ask.until is S.INELIGIBLE:
        district.pair(SECRETARY, SECOND_SECRETARY, command, id)
    else:
        district.tell(SECRETARY, command, id)
