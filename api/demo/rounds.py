"""The rounds of the district, one in every stage, with their rules and dates."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from api.demo.days import CALENDAR, after
from api.demo.funds import YUAN
from api.demo.people import DISTRICT
from api.demo.places import (
    CHANGTONG,
    HONGCHENG,
    MINGZHU,
    MINKANG,
    QUANAN,
    SHUGUANG,
    TAOYUAN,
    XINCHUN,
    YONGJI,
    ZIQIANG,
)
from domain.rounds.lifecycle import Stage
from domain.rounds.rules import Criterion, GradeBand, Instalment, LineCap, Rules

ACTIVITY, STAFF, MANAGEMENT = "业务活动费", "人员补贴", "管理费"
LINES = ((ACTIVITY, 72), (STAFF, 20), (MANAGEMENT, 8))
"""The budget lines of every proposal, and the share of the whole that each has in percent."""

RUBRIC = (
    Criterion(code="need", title="居民需求", weight=40),
    Criterion(code="plan", title="实施方案", weight=40),
    Criterion(code="budget", title="预算合理", weight=20),
)
BANDS = (
    GradeBand(grade="excellent", from_milli=90_000),
    GradeBand(grade="good", from_milli=80_000),
    GradeBand(grade="pass", from_milli=60_000),
    GradeBand(grade="fail", from_milli=0),
)


def rules(
    *, cap_yuan: int, reviewers: int, threshold_yuan: int, tranches: tuple[Instalment, ...]
) -> Rules:
    """The rules of a round; every figure is an example."""
    return Rules(
        cap_minor=cap_yuan * YUAN,
        cap_percent=80,
        match_min_percent=20,
        per_organisation_limit=2,
        line_caps=(LineCap(line=MANAGEMENT, percent=10),),
        line_shift_percent=10,
        corrections_max=2,
        correction_days=5,
        reviewers_min=reviewers,
        rubric=RUBRIC,
        aggregation="trimmed_mean" if reviewers >= 3 else "mean",
        notice_days=5,
        sign_days=30,
        tranches=tranches,
        payment_threshold_minor=threshold_yuan * YUAN,
        final_days=30,
        audit_threshold_minor=50_000 * YUAN,
        grade_bands=BANDS,
        unspent="reuse",
        calendar=CALENDAR.version,
    )


THREE = (
    Instalment(percent=60, condition="signature"),
    Instalment(percent=30, condition="midterm"),
    Instalment(percent=10, condition="final"),
)
HELD_BACK = (
    Instalment(percent=60, condition="signature"),
    Instalment(percent=40, condition="final"),
)
TWO = (
    Instalment(percent=70, condition="signature"),
    Instalment(percent=30, condition="final"),
)
LARGE = rules(cap_yuan=100_000, reviewers=3, threshold_yuan=60_000, tranches=THREE)
MICRO = rules(cap_yuan=20_000, reviewers=3, threshold_yuan=10_000, tranches=TWO)
BELOW = rules(cap_yuan=20_000, reviewers=3, threshold_yuan=10_000, tranches=HELD_BACK)
EARLIER = rules(cap_yuan=100_000, reviewers=2, threshold_yuan=200_000, tranches=TWO)
EARLIER_MICRO = rules(cap_yuan=20_000, reviewers=1, threshold_yuan=200_000, tranches=TWO)
TRIAL = rules(cap_yuan=20_000, reviewers=1, threshold_yuan=10_000, tranches=TWO)


class Call(NamedTuple):
    """A round: when it is planned and opens, for how many working days, and how far it comes.

    What follows from these dates, in working days, stands in the properties. A round with a
    `parent` has its budget out of that round, and rules that are no laxer.
    """

    key: str
    no: str
    title: str
    place: str
    fund: str
    grants_yuan: int
    planned: date
    opens: date
    window: int
    until: Stage
    rules: Rules = MICRO
    wound_up: date | None = None
    parent: str = ""

    @property
    def kind(self) -> str:
        """A large round is open to all; a small one is a micro round."""
        return "open" if self.rules in (LARGE, EARLIER) else "micro"

    @property
    def closes(self) -> date:
        return after(self.opens, self.window)

    @property
    def drawn(self) -> date:
        return after(self.closes, 1)

    @property
    def noticed(self) -> date:
        return after(self.drawn, 6)

    @property
    def notice_ends(self) -> date:
        return CALENDAR.notice_end(self.noticed, 6)

    @property
    def confirmed(self) -> date:
        return after(self.notice_ends, 1)


def day(month: int, number: int) -> date:
    """A day of the year in which all of this happens."""
    return date(2026, month, number)


SPRING, FIRST, AUTUMN, MICRO_AUTUMN = "spring", "first", "autumn", "minkang"
OPEN_TO_TRY = "mingzhu"
CALLS = (
    Call(SPRING, "2026-01", "第四届公益创投", DISTRICT, "innovation", 1_000_000,
         day(2, 25), day(3, 5), 12, Stage.EXECUTING, LARGE),
    Call(FIRST, "2026-MK-01", "民康街道春季公益微创投", MINKANG, "innovation", 60_000,
         day(2, 27), day(3, 11), 8, Stage.CLOSED, wound_up=day(9, 25)),
    Call(MICRO_AUTUMN, "2026-MK-02", "民康街道秋季公益微创投", MINKANG, "minkang", 100_000,
         day(8, 27), day(9, 7), 8, Stage.EXECUTING),
    Call("shuguang", "2026-SG-01", "曙光街道公益微创投", SHUGUANG, "innovation", 80_000,
         day(9, 22), day(10, 12), 6, Stage.CONCLUDED),
    Call("hongcheng", "2026-HC-01", "鸿城街道公益微创投", HONGCHENG, "innovation", 80_000,
         day(9, 24), day(10, 15), 8, Stage.ON_NOTICE),
    Call("yongji", "2026-YJ-01", "永吉街道公益微创投", YONGJI, "innovation", 80_000,
         day(10, 9), day(10, 20), 8, Stage.DELIBERATED),
    Call("taoyuan", "2026-TY-01", "桃源街道公益微创投", TAOYUAN, "innovation", 80_000,
         day(10, 12), day(10, 21), 8, Stage.REVIEWING),
    Call("xinchun", "2026-XC-01", "新春街道公益微创投", XINCHUN, "innovation", 80_000,
         day(10, 15), day(10, 27), 8, Stage.INTAKE_CLOSED),
    Call(AUTUMN, "2026-02", "第五届公益创投", DISTRICT, "innovation", 800_000,
         day(10, 19), day(11, 2), 15, Stage.OPEN, LARGE),
    Call(OPEN_TO_TRY, "2026-MZ-01", "明珠街道公益微创投", MINGZHU, "innovation", 60_000,
         day(10, 26), day(11, 5), 12, Stage.OPEN, TRIAL),
    Call("changtong", "2026-CT-01", "长通街道公益微创投", CHANGTONG, "innovation", 60_000,
         day(10, 30), day(11, 16), 8, Stage.PUBLISHED, BELOW, parent=AUTUMN),
    Call("quanan", "2026-QA-01", "全安街道公益微创投", QUANAN, "innovation", 60_000,
         day(11, 4), day(11, 23), 8, Stage.BUDGETED, BELOW, parent=AUTUMN),
    Call("ziqiang", "2026-ZQ-01", "自强街道公益微创投", ZIQIANG, "innovation", 60_000,
         day(11, 5), day(11, 30), 8, Stage.PLANNED),
    Call("given_up", "2026-QA-00", "全安街道公益微创投（停办）", QUANAN, "innovation", 60_000,
         day(9, 1), day(9, 14), 12, Stage.CANCELLED),
)  # fmt: skip
