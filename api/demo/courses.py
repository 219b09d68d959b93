"""The grants of the district: when each is signed, how far it comes, what is paid and spent."""

from __future__ import annotations

from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from api.demo.rounds import ACTIVITY, MANAGEMENT, STAFF, day
from domain.grants.lifecycle import Stage as GrantStage
from domain.tranches.lifecycle import Stage as TrancheStage

G, T = GrantStage, TrancheStage


class Fate(Enum):
    """What becomes of a reported cost."""

    REPORTED = auto()
    ACCEPTED = auto()
    ACCEPTANCE_WAITS = auto()
    QUESTIONED = auto()
    ALLOWED = auto()
    DISALLOWED = auto()


class Spending(NamedTuple):
    """A cost: in which report, of which budget line how many percent, for what, and its fate."""

    report: int
    line: str
    percent: int
    what: str
    fate: Fate = Fate.ACCEPTED


FIRST_HALF = (
    Spending(1, ACTIVITY, 45, "活动场地与材料"),
    Spending(1, STAFF, 50, "社工与志愿者补贴"),
    Spending(1, MANAGEMENT, 50, "办公与通讯"),
)
SECOND_HALF = (
    Spending(2, ACTIVITY, 55, "活动场地与材料"),
    Spending(2, STAFF, 50, "社工与志愿者补贴"),
    Spending(2, MANAGEMENT, 50, "办公与总结"),
)
ALL_SPENT = FIRST_HALF + SECOND_HALF
DISPUTED = (
    *FIRST_HALF[1:],
    Spending(1, ACTIVITY, 30, "活动材料"),
    Spending(1, ACTIVITY, 15, "活动餐费", Fate.DISALLOWED),
    *SECOND_HALF,
)
EXPLAINED = (
    *FIRST_HALF[1:],
    Spending(1, ACTIVITY, 35, "活动材料"),
    Spending(1, ACTIVITY, 10, "交通费，票据补交", Fate.ALLOWED),
    *SECOND_HALF,
)
SAVED = (*FIRST_HALF, *SECOND_HALF[1:], Spending(2, ACTIVITY, 40, "活动场地与材料"))
DOUBTFUL = (*FIRST_HALF[1:], Spending(1, ACTIVITY, 20, "设备租赁", Fate.QUESTIONED))
WAITING = (*FIRST_HALF[:2], Spending(1, MANAGEMENT, 50, "办公与通讯", Fate.ACCEPTANCE_WAITS))


class Twist(Enum):
    """What else is waiting or has happened on the way."""

    SIGNING_WAITS = auto()
    """The legal representative has signed, and the district officer not yet."""
    MIDTERM_REPORTED = auto()
    """The mid-term report is in, and not yet evaluated."""
    FINAL_RETURNED = auto()
    """The final report was given back once."""
    REQUEST_RETURNED = auto()
    """The first payment request was given back once."""
    BOUNCED = auto()
    """The bank could not pay the first tranche at first."""
    REFUND_WAITS = auto()
    """The refund is entered by the cashier and waits for the reconciler."""
    LEADER_WAITS = auto()
    """The payment is so large that it waits for the leader."""
    THIRD_HAND_SET_ASIDE = auto()
    """The leader is away, and the payment goes without the third hand, by an override."""
    REQUEST_EXPIRES = auto()
    """An acceptance of costs was prepared, and nobody approved it in time."""


class Course(NamedTuple):
    """A grant on its way: `paid` says for each tranche how far it comes, from the first on."""

    until: GrantStage
    signed: date | None = None
    midterm: date | None = None
    ends: date | None = None
    paid: tuple[TrancheStage, ...] = ()
    spent: tuple[Spending, ...] = ()
    score: int = 90
    twist: Twist | None = None


DONE = T.RECONCILED

COURSES: dict[str, Course] = {
    # 第四届公益创投: the large round of the spring.
    "lunch": Course(G.MIDTERM_DUE, day(4, 14), day(11, 2), date(2027, 2, 26), (DONE,),
                    FIRST_HALF),
    "phone": Course(G.FINAL_DUE, day(4, 14), day(7, 15), day(10, 30), (DONE, DONE), ALL_SPENT),
    "bath": Course(G.ACTIVE, day(4, 15), day(10, 20), date(2027, 1, 29), (DONE, T.REQUESTED),
                   FIRST_HALF, twist=Twist.REQUEST_RETURNED),
    "respite": Course(G.CLOSED, day(4, 15), day(6, 15), day(7, 31), (DONE, DONE, DONE),
                      EXPLAINED, 93),
    "weekend": Course(G.SUSPENDED, day(4, 16), day(11, 20), date(2027, 3, 31), (DONE,), DOUBTFUL),
    "devices": Course(G.SETTLING, day(4, 16), day(7, 6), day(8, 31), (DONE, DONE, DONE),
                      DISPUTED, 84, Twist.REFUND_WAITS),
    "sorting": Course(G.FINAL_SUBMITTED, day(4, 17), day(7, 20), day(10, 23), (DONE, DONE),
                      ALL_SPENT, twist=Twist.FINAL_RETURNED),
    "council": Course(G.EVALUATED, day(4, 17), day(7, 13), day(10, 9),
                      (DONE, DONE, T.ELIGIBLE), ALL_SPENT, 88),
    "falling": Course(G.SETTLING, day(4, 17), day(6, 22), day(8, 21), (DONE, DONE), SAVED, 81),
    "halfpast": Course(G.AUDITED, day(4, 20), day(7, 6), day(9, 18), (DONE, DONE, DONE),
                       ALL_SPENT, 95),
    "handcraft": Course(G.ACTIVE, day(4, 20), day(10, 12), date(2027, 1, 15),
                        (DONE, T.RETURNED), FIRST_HALF, twist=Twist.BOUNCED),
    "caravan": Course(G.SETTLING, day(4, 20), day(7, 1), day(8, 28), (DONE, DONE, DONE),
                      ALL_SPENT, 90),
    "memory": Course(G.ACTIVE, day(4, 21), day(10, 14), date(2027, 1, 22), (DONE, T.SENT),
                     WAITING, twist=Twist.REQUEST_EXPIRES),
    "capacity": Course(G.ACTIVE, day(4, 21), day(10, 16), date(2027, 1, 29),
                       (DONE, T.APPROVED), FIRST_HALF),
    "posture": Course(G.TERMINATED, day(4, 22), day(11, 20), date(2027, 1, 29), (DONE,),
                      FIRST_HALF),
    "singles": Course(G.TERMINATING, day(4, 22), day(11, 20), date(2027, 1, 29), (DONE,),
                      FIRST_HALF),
    "pairing": Course(G.ACTIVE, day(4, 23), day(11, 20), date(2027, 2, 26), (DONE,)),
    "bazaar": Course(G.CANCELLED),
    # 民康街道: the round that has ended, and the fresh awards.
    "stairs": Course(G.CLOSED, day(4, 14), None, day(7, 10), (DONE, DONE), SAVED, 91),
    "tea": Course(G.AGREEMENT_PENDING),
    "wardens": Course(G.ACTIVE, day(10, 21), None, date(2027, 4, 30), (T.ELIGIBLE,)),
    "reading": Course(G.AGREEMENT_PENDING, day(11, 5), None, date(2027, 4, 30),
                      twist=Twist.SIGNING_WAITS),
    "quiet": Course(G.SIGNED, day(11, 6), None, date(2027, 5, 28)),
    "meals": Course(G.ACTIVE, day(10, 22), None, date(2027, 3, 31), (T.CHECKED,),
                    twist=Twist.LEADER_WAITS),
    "battery": Course(G.ACTIVE, day(10, 23), None, date(2027, 4, 30), (T.PAID,)),
    "kites": Course(G.ACTIVE, day(10, 22), None, date(2027, 4, 30), (DONE,),
                    twist=Twist.THIRD_HAND_SET_ASIDE),
    # 曙光街道: the agreement is not signed yet.
    "ramps": Course(G.AGREEMENT_PENDING),
}  # fmt: skip
