"""What somebody would type who wants to stop, end or claim back money, and to succeed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.clawbacks.clawback import Clawback
from tests.application.near import Fields, Wish, amount, in_days, reason

if TYPE_CHECKING:
    from tests.application.walk import Walk


def suspension(walk: Walk, thing: Any) -> Fields:
    until = walk.random.choice([None, in_days(walk, 10)])
    return {"cause": "账目不清", "scope": "全部拨付", "until": until}


def forced(walk: Walk, thing: Any) -> Fields:
    return {"basis": "逾期未报", "repay_by": in_days(walk, 30)}


def termination(walk: Walk, grant: Any) -> Fields:
    papers = [d.id for d in walk.things("document") if d.subject == grant.stream]
    waiver = walk.random.choice(papers) if papers and walk.random.random() < 0.5 else None
    return {"repay_by": in_days(walk, 30), "waiver": waiver}


def adjustment(walk: Walk, grant: Any) -> Fields:
    return {
        "amount_minor": amount(walk, getattr(grant, "posted_minor", 0)), "finding": "finding:1",
        "basis": "重复报账", "repay_by": walk.district.today + timedelta(days=30),
    }  # fmt: skip


def order(walk: Walk, thing: Any) -> Fields | None:
    owing = [
        grant
        for grant in walk.things("grant", "settling", "terminated", "closed")
        if grant.balance("cash.recoverable")
    ]
    if not owing:
        return None
    grant = walk.random.choice(owing)
    return {"grant": grant.id, "basis": "结算决定", "due": in_days(walk, 30)}


def repayment(walk: Walk, clawback: Any) -> Fields | None:
    if not isinstance(clawback, Clawback) or not clawback.open_minor:
        return None
    return {"amount_minor": amount(walk, clawback.open_minor), "bank_ref": walk.number()}


def proof(walk: Walk, clawback: Any) -> Fields | None:
    papers = [d.id for d in walk.things("document") if d.subject == clawback.stream]
    return {"proof": walk.random.choice(papers), "reason": "追偿无果"} if papers else None


def recovery(walk: Walk, clawback: Any) -> Fields | None:
    given_up = getattr(clawback, "written_off_minor", 0)
    return {"amount_minor": amount(walk, given_up), "bank_ref": walk.number()} if given_up else None


def appealed(walk: Walk, clawback: Any) -> Fields | None:
    found = [appeal.id for appeal in walk.things("appeal") if appeal.contested == clawback.stream]
    return {"appeal": found[-1]} if found else None


OF_STOPS: dict[tuple[str, str], Wish] = {
    ("grant", "suspend"): suspension,
    ("grant", "resume"): reason,
    ("grant", "fail-midterm"): lambda walk, thing: {"score_milli": 41_000},
    ("grant", "close-unilaterally"): forced,
    ("grant", "propose-termination"): lambda walk, thing: {"cause": "无法实施"},
    ("grant", "terminate"): termination,
    ("grant", "drop-termination"): reason,
    ("grant", "record-post-closeout"): adjustment,
    ("tranche", "hold"): reason,
    ("tranche", "cancel"): lambda walk, thing: {"cause": "不再实施"},
    ("clawback", "record-repayment"): repayment,
    ("clawback", "write-off"): proof,
    ("clawback", "record-late-recovery"): recovery,
    ("clawback", "withdraw"): appealed,
}

STOPS_TO_CREATE: dict[tuple[str, str], Wish] = {("clawback", "order"): order}
