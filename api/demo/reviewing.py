"""The reviews of a round: invited, accepted, scored and locked, or left on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from api.demo.agenda import Story
from api.demo.days import after, at
from api.demo.district import District
from api.demo.people import CHAIR, OVERSIGHT, REVIEWERS, SECRETARY, person_id
from api.demo.proposals import Ask
from api.demo.rounds import RUBRIC, Call
from application.recusals import Recuse, RefuseRecusal, RequestRecusal
from application.replacing import ReplaceReviewer
from application.reviews import (
    AcceptReview,
    InviteReviewer,
    LockReview,
    RefuseInvitation,
    StartScoring,
    SubmitScore,
)
from domain.reviews.lifecycle import Stage
from domain.reviews.review import Score

ORDER = (
    Stage.DRAWN, Stage.INVITED, Stage.ACCEPTED, Stage.SCORING, Stage.SUBMITTED, Stage.LOCKED,
)  # fmt: skip

GIVEN_UP = (Stage.DECLINED, Stage.REPLACED)
"""Where a review ends whose reviewer was invited and does not write it."""

UNANSWERED = "wardens"
"""The proposal of which one invitation runs out; of the others somebody says no."""

STILL_OPEN = "pets"
"""The proposal for which somebody may still answer on the demonstration's today."""

SPREAD = (3, -4, 1)
"""By how many points the reviewers of a panel differ from what they think on the whole."""

BY_ID = {person_id(key): key for key in REVIEWERS}


class Sheet(NamedTuple):
    """A review: its id, whose it is, of which proposal, and how far it comes."""

    id: str
    member: str
    ask: Ask
    until: Stage
    points: int


def sheets(district: District, asks: Sequence[Ask]) -> list[Sheet]:
    """The reviews of the proposals."""
    found = []
    for ask in asks:
        ids = district.ids("review", proposal=district.proposals[ask.key])
        for number, id in enumerate(ids):
            until = ask.reviews[number] if ask.reviews else Stage.LOCKED
            member = BY_ID[district.see("review", id).member]
            found.append(Sheet(id, member, ask, until, ask.quality + SPREAD[number]))
    return found


def comes_to(sheet: Sheet, stage: Stage) -> bool:
    """Whether the review comes as far as a stage; one that is given up was invited."""
    until = Stage.INVITED if sheet.until in GIVEN_UP else sheet.until
    until = Stage.ACCEPTED if until is Stage.RECUSED else until
    return ORDER.index(until) >= ORDER.index(stage)


def days_to_answer(sheet: Sheet) -> int:
    """How many days the reviewer has to answer."""
    if sheet.ask.key == UNANSWERED and sheet.until in GIVEN_UP:
        return 1
    return 14 if sheet.ask.key == STILL_OPEN else 5


def reviewed(district: District, call: Call, asks: Sequence[Ask]) -> Story:
    """Every review as far as its proposal's row lets it come, one step a day."""
    yield at(call.drawn, 14)
    all_sheets = sheets(district, asks)
    for sheet in all_sheets:
        if comes_to(sheet, Stage.INVITED):
            due = call.drawn + timedelta(days=days_to_answer(sheet))
            district.tell(SECRETARY, InviteReviewer(due=due), sheet.id)
    yield at(after(call.drawn, 1), 9)
    for sheet in all_sheets:
        if comes_to(sheet, Stage.ACCEPTED):
            declaration = "与申报单位没有利害关系。"
            district.tell(sheet.member, AcceptReview(declaration=declaration), sheet.id)
        elif sheet.until in GIVEN_UP and sheet.ask.key != UNANSWERED:
            district.tell(sheet.member, RefuseInvitation(), sheet.id)
    decide_recusals(district, all_sheets)
    yield at(after(call.drawn, 2), 9)
    all_sheets += [
        replaced(district, sheet) for sheet in all_sheets if sheet.until is Stage.REPLACED
    ]
    for sheet in all_sheets:
        score(district, sheet)
    yield at(after(call.drawn, 3), 9)
    for sheet in all_sheets:
        if comes_to(sheet, Stage.LOCKED):
            district.tell(CHAIR, LockReview(), sheet.id)


def replaced(district: District, sheet: Sheet) -> Sheet:
    """Whoever is next in the draw order takes the review, and is asked at once."""
    district.tell(SECRETARY, ReplaceReviewer(), sheet.id)
    person = district.see("review", sheet.id).replaced_by
    (id,) = district.ids("review", proposal=district.proposals[sheet.ask.key], member=person)
    due = district.clock.now().date() + timedelta(days=5)
    district.tell(SECRETARY, InviteReviewer(due=due), id)
    taken = sheet._replace(id=id, member=BY_ID[person], until=Stage.LOCKED)
    district.tell(taken.member, AcceptReview(declaration="与申报单位没有利害关系。"), id)
    return taken


CONTESTED = "repairs"
"""The proposal of which the first reviewer asks to step out, and is asked to stay."""


def decide_recusals(district: District, all_sheets: Sequence[Sheet]) -> None:
    """One steps out; another asks to, for a reason that is none, and the overseer says so."""
    for sheet in all_sheets:
        if sheet.until is Stage.RECUSED:
            leaves = Recuse(basis="kinship", reason="近亲属在申报单位任职。")
            district.tell(sheet.member, leaves, sheet.id)
    contested = next((sheet for sheet in all_sheets if sheet.ask.key == CONTESTED), None)
    if contested:
        request = RequestRecusal(basis="other", statement="曾在该社区参加过一次义修活动。")
        district.tell(contested.member, request, contested.id)
        stays = RefuseRecusal(reason="一般居民参与，与申报单位无利害关系。")
        district.tell(OVERSIGHT, stays, contested.id)


def scored(criterion: str, points: int) -> Score:
    """The points on a criterion; all that there is comes with a word on why."""
    comment = "材料完整，论证充分，符合评分标准。" if points == 100 else ""
    return Score(criterion=criterion, points=points, comment=comment)


def score(district: District, sheet: Sheet) -> None:
    """Opens the score sheet, and hands it in."""
    if comes_to(sheet, Stage.SCORING):
        district.tell(sheet.member, StartScoring(), sheet.id)
    if comes_to(sheet, Stage.SUBMITTED):
        scores = tuple(
            scored(criterion.code, min(100, sheet.points + number))
            for number, criterion in enumerate(RUBRIC)
        )
        comment = f"“{sheet.ask.title}”需求清楚，方案可行，预算基本合理。"
        district.tell(sheet.member, SubmitScore(scores=scores, comment=comment), sheet.id)
