"""A round on its way: planned, funded, called, reviewed, decided, noticed, and at last closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from api.demo.agenda import Story
from api.demo.days import after, at
from api.demo.district import District
from api.demo.experts import drawn_from_list
from api.demo.funds import YUAN
from api.demo.people import (
    CHAIR,
    FINANCE,
    LEADER,
    MANAGER,
    OFFICER,
    OVERSIGHT,
    SECRETARY,
)
from api.demo.proposals import Ask, S, Twist
from api.demo.reviewing import reviewed
from api.demo.rounds import LARGE, Call
from api.demo.whole import asks_of
from application.approvals import Decline
from application.panels import HoldDeliberation
from application.proposals.commands import (
    AdmitProposal,
    AskOptimisation,
    ConfirmAward,
    DeclineProposal,
    DisqualifyProposal,
    ProposeAward,
    WaitlistProposal,
)
from application.rounds.commands import (
    AllotBudget,
    AllotFromParent,
    CancelRound,
    CloseRound,
    FixRanking,
    PlanRound,
    PublishCall,
    PublishNotice,
    StartReview,
)
from domain.reviews.panel import Dissent, Vote
from domain.rounds.lifecycle import Stage
from domain.rounds.rules import Budgeted

ORDER = tuple(Stage)


def comes_to(call: Call, stage: Stage) -> bool:
    """Whether the round comes as far as a stage; one that is given up was open by then."""
    if call.until is Stage.CANCELLED:
        return stage in (Stage.PUBLISHED, Stage.OPEN)
    return ORDER.index(call.until) >= ORDER.index(stage)


def round_(district: District, call: Call) -> Story:
    """A round from its plan to the stage that the table names."""
    yield from published(district, call)
    if not comes_to(call, Stage.INTAKE_CLOSED):
        return
    yield at(call.drawn, 9)
    yield from judged(district, call)
    if not comes_to(call, Stage.DELIBERATED):
        return
    yield at(after(call.drawn, 5), 9)
    deliberated(district, call)
    yield at(after(call.drawn, 5), 15)
    district.pair(CHAIR, LEADER, FixRanking(), district.rounds[call.key])
    if not comes_to(call, Stage.ON_NOTICE):
        return
    yield from awarded(district, call)
    if call.wound_up is not None:
        yield at(call.wound_up, 15)
        district.tell(OFFICER, CloseRound(), district.rounds[call.key])


def published(district: District, call: Call) -> Story:
    """The plan, the budget and the call."""
    yield at(call.planned, 10)
    id = district.rounds[call.key] = district.tell(SECRETARY, plan_of(district, call)).id
    yield at(after(call.planned, 1), 10)
    budget = budget_of(district, call)
    if call.until is Stage.PLANNED:
        district.tell(MANAGER, budget, id)
        return
    district.pair(MANAGER, FINANCE, budget, id)
    if not comes_to(call, Stage.PUBLISHED):
        return
    yield from called(district, call, id)


def plan_of(district: District, call: Call) -> PlanRound:
    """What the secretary plans."""
    return PlanRound(
        no=call.no, title=call.title, kind="open" if call.kind == "open" else "micro",
        place=call.place, themes=("为老服务", "儿童关爱", "助残", "社区治理"), rules=call.rules,
        parent=district.rounds.get(call.parent),
    )  # fmt: skip


def budget_of(district: District, call: Call) -> AllotBudget | AllotFromParent:
    """The money of a round: of a fund, or of the round above it."""
    lines = lines_of(call)
    if call.parent:
        return AllotFromParent(lines=lines)
    return AllotBudget(fund=district.funds[call.fund], lines=lines)


def called(district: District, call: Call, id: str) -> Story:
    """The call; the clock opens and closes it at exactly the moments that it names."""
    yield at(after(call.planned, 4), 15)
    command = PublishCall(
        rules_version=f"{call.no}-1", opens=at(call.opens), closes=at(call.closes, 17)
    )
    district.tell(OFFICER, command, id)
    yield at(call.opens)
    if call.until is Stage.CANCELLED:
        yield at(after(call.opens, 6), 15)
        reason = "街道配套资金未能落实，本次征集停办，择期另行组织。"
        district.tell(LEADER, CancelRound(reason=reason), id)
        return
    yield at(call.closes, 17)


def lines_of(call: Call) -> tuple[Budgeted, ...]:
    """The budget of a round; a large one also pays its organiser and its evaluation."""
    grants = Budgeted(line="grants", amount_minor=call.grants_yuan * YUAN)
    if call.rules is not LARGE:
        return (grants,)
    organiser = Budgeted(line="organiser", amount_minor=30_000 * YUAN)
    return (grants, organiser, Budgeted(line="evaluation", amount_minor=20_000 * YUAN))


def judged(district: District, call: Call) -> Story:
    """The panel is drawn, scores, and says who is to be awarded."""
    draw = drawn_from_list(district, district.rounds[call.key], call.rules.reviewers_min)
    if not comes_to(call, Stage.REVIEWING):
        district.tell(SECRETARY, draw)
        return
    district.pair(SECRETARY, OVERSIGHT, draw)
    asks = asks_of(call.key, S.UNDER_REVIEW)
    for ask in asks:
        district.tell(SECRETARY, AdmitProposal(), district.proposals[ask.key])
    district.tell(SECRETARY, StartReview(), district.rounds[call.key])
    yield from reviewed(district, call, asks)
    yield at(after(call.drawn, 4), 9)
    decided(district, asks)


def decided(district: District, asks: Iterable[Ask]) -> None:
    """Each scored proposal is put up for an award or declined."""
    for ask in asks:
        id = district.proposals[ask.key]
        award = ProposeAward(amount_minor=district.see("proposal", id).requested_minor)
        if ask.until in BESIDE:
            aside(district, ask, id)
        elif ask.until in (S.NOT_SELECTED, S.APPEALED):
            feedback = "与已有服务重复，建议与同类项目联合申报。"
            district.tell(CHAIR, DeclineProposal(feedback=feedback), id)
        elif ask.twist is Twist.AWARD_WAITS:
            district.tell(CHAIR, award, id)
        elif ask in asks_of(ask.round, S.PROPOSED):
            if ask.twist is Twist.AWARD_DECLINED:
                prepared = district.tell(CHAIR, award, id)
                reason = "请评委会补充说明人员补贴的标准后再报。"
                district.tell(LEADER, Decline(reason=reason), prepared.id)
            district.pair(CHAIR, LEADER, award, id)


BESIDE = (S.OPTIMISING, S.WAITLISTED, S.WAIT_EXPIRED, S.DISQUALIFIED)
"""Where a scored proposal may stand that is neither to be awarded nor declined."""


def aside(district: District, ask: Ask, id: str) -> None:
    """The proposal is to be improved, has to wait, or is shut out."""
    day = district.system.clock.now().date()
    if ask.until is S.OPTIMISING:
        points = ("请细化每月活动安排。", "请说明居民参与的方式。")
        command = AskOptimisation(improvements=points, due=day + timedelta(days=30))
        district.tell(SECRETARY, command, id)
    elif ask.until is S.DISQUALIFIED:
        said = DisqualifyProposal(
            basis="false_material",
            heard_on=day,
            hearing="申报单位承认合作意向书未经对方盖章，愿意接受处理。",
            reason="合作意向书不实。",
        )
        district.pair(OVERSIGHT, LEADER, said, id)
    else:
        district.tell(CHAIR, WaitlistProposal(waits_at=1), id)


def deliberated(district: District, call: Call) -> None:
    """The panel meets and votes, one member against; the chair breaks the tie of two."""
    (id,) = district.ids("panel", round=district.rounds[call.key])
    *others, last = district.see("panel", id).members
    votes = [Vote(member=member, choice="for") for member in others]
    if not others:
        meeting = HoldDeliberation(votes=(Vote(member=last, choice="for"),))
    else:
        text = "人员补贴的标准宜与同类项目看齐，建议签约前复核。"
        meeting = HoldDeliberation(
            votes=(*votes, Vote(member=last, choice="against")),
            dissents=(Dissent(member=last, text=text),),
            casting="for" if len(others) == 1 else None,
        )
    district.tell(CHAIR, meeting, id)


def awarded(district: District, call: Call) -> Story:
    """The intended awards are on public notice, and confirmed when it is over."""
    yield at(call.noticed, 9)
    contact = "区民政局社会组织管理科 0431-85280000"
    notice = PublishNotice(starts=call.noticed, ends=call.notice_ends, contact=contact)
    district.tell(OFFICER, notice, district.rounds[call.key])
    if not comes_to(call, Stage.CONCLUDED):
        return
    yield at(call.confirmed, 10)
    for ask in asks_of(call.key, S.AWARDED):
        district.tell(LEADER, ConfirmAward(), district.proposals[ask.key])
