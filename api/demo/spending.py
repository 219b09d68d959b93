"""What an organisation reports as spent, and what becomes of each cost."""

from __future__ import annotations

from datetime import date, timedelta

from api.demo.agenda import Story
from api.demo.courses import Course, Fate, Spending, Twist
from api.demo.days import TODAY, at
from api.demo.district import District
from api.demo.organisations import handler_of
from api.demo.people import EVALUATOR, FINANCE, MANAGER
from api.demo.proposals import Ask
from application.grants.commands import (
    AcceptCosts,
    AllowCost,
    DisallowCost,
    QuestionCost,
    ReportProgress,
)
from domain.grants.costs import Spent
from domain.proposals.content import Indicator

ASKED = (Fate.QUESTIONED, Fate.ALLOWED, Fate.DISALLOWED)


def reported(district: District, ask: Ask, course: Course, id: str, no: int, day: date) -> Story:
    """A progress report with its costs, each of which then meets its fate."""
    costs = [cost for cost in course.spent if cost.report == no]
    if not costs or day > TODAY:
        return
    yield at(day, 10)
    first = len(district.see("grant", id).costs) + 1
    district.tell(handler_of(ask.organisation), report_of(district, ask, id, no, costs), id)
    numbered = tuple(enumerate(costs, start=first))
    yield at(day, 14)
    for number, cost in numbered:
        question(district, cost, number, id)
    yield at(day, 16)
    accepted = tuple(number for number, cost in numbered if cost.fate is Fate.ACCEPTED)
    if no == 1 and course.twist is Twist.REQUEST_EXPIRES:
        # Nobody approves this one in its two weeks, so it is prepared a second time.
        district.tell(MANAGER, AcceptCosts(lines=accepted), id)
        yield at(day + timedelta(days=20), 10)
    district.pair(MANAGER, FINANCE, AcceptCosts(lines=accepted), id)


def acceptance_waiting(district: District, course: Course, id: str) -> Story:
    """The manager has prepared to accept costs, and finance has not yet looked at them."""
    waiting = tuple(
        number
        for number, cost in enumerate(course.spent, start=1)
        if cost.fate is Fate.ACCEPTANCE_WAITS
    )
    if waiting:
        yield at(TODAY - timedelta(days=4), 15)
        district.tell(MANAGER, AcceptCosts(lines=waiting), id)


def report_of(
    district: District, ask: Ask, id: str, no: int, costs: list[Spending]
) -> ReportProgress:
    """The report: how many were reached, and each cost with its voucher."""
    budget = {line.line: line.amount_minor for line in district.see("grant", id).budget}
    reach = Indicator(name="服务人次", unit="人次", target=ask.reach // 2)
    return ReportProgress(
        period=f"第{no}期",
        indicators=(reach,),
        sessions=max(2, ask.reach // 80),
        cost_lines=tuple(
            Spent(
                line=cost.line,
                amount_minor=budget[cost.line] * cost.percent // 100,
                voucher=f"PZ-{ask.key.upper()}-{no}{number:02d}",
                description=cost.what,
            )
            for number, cost in enumerate(costs, start=1)
        ),
    )


def question(district: District, cost: Spending, number: int, id: str) -> None:
    """The evaluator questions a cost, and finance decides, where the table says so."""
    if cost.fate in ASKED:
        district.tell(EVALUATOR, QuestionCost(cost=number, cause="票据与活动记录不一致。"), id)
    if cost.fate is Fate.ALLOWED:
        district.tell(FINANCE, AllowCost(cost=number, reply="已补交票据，金额相符。"), id)
    if cost.fate is Fate.DISALLOWED:
        district.tell(FINANCE, DisallowCost(cost=number, reply="餐费超出标准，不予认可。"), id)
