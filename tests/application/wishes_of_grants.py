"""What somebody would type who wants a command to a grant or a tranche to succeed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.application.near import Fields, Wish, amount, code, in_days, reason
from tests.application.wishes_of_changes import account_of
from tests.played import ACCOUNT

if TYPE_CHECKING:
    from tests.application.walk import Walk


def agreement(walk: Walk, thing: Any) -> Fields:
    starts, days = walk.district.today, walk.random.choice([30, 60])
    return {
        "document": "document:1", "account": ACCOUNT, "starts": starts,
        "ends": starts + timedelta(days=days), "midterm": starts + timedelta(days=days // 2),
    }  # fmt: skip


def progress(walk: Walk, thing: Any) -> Fields:
    minor = walk.random.choice([1, 1_234_567, 4_000_000, 9_000_000])
    line = walk.random.choice(["activity", "activity", "activity", "management"])
    spent = {"line": line, "voucher": walk.number(), "description": "活动", "amount_minor": minor}
    return {"period": "2026Q2", "sessions": 2, "cost_lines": [spent]}


def cost_in(walk: Walk, grant: Any, *stages: str) -> int | None:
    """The number of some cost of the grant in these stages."""
    found = [cost.no for cost in getattr(grant, "costs", ()) if cost.stage in stages]
    return walk.random.choice(found) if found else None


def accepted(walk: Walk, grant: Any) -> Fields | None:
    cost = cost_in(walk, grant, "reported")
    return {"lines": [cost]} if cost else None


def questioned(walk: Walk, grant: Any) -> Fields | None:
    cost = cost_in(walk, grant, "reported", "accepted")
    said = {"cost": cost, "cause": "没有票据"}
    found = [f.id for f in walk.things("finding") if f"grant:{grant.id}" == f.subject]
    return {**said, "finding": found[-1]} if cost and found else said if cost else None


def decided(walk: Walk, grant: Any) -> Fields | None:
    cost = cost_in(walk, grant, "questioned")
    return {"cost": cost, "reply": "已答复"} if cost else None


def final(walk: Walk, thing: Any) -> Fields:
    return {"results": "全部完成", "surplus_minor": walk.random.choice([0, 1_000])}


def evaluation(walk: Walk, thing: Any) -> Fields:
    score = walk.random.choice([0, 59_999, 85_000, 100_000])
    return {"score_milli": score, "satisfaction_percent": 95, "sample": 30}


def refund(walk: Walk, grant: Any) -> Fields | None:
    due = grant.balance("cash.recoverable")
    return {"amount_minor": amount(walk, due), "bank_ref": walk.number()} if due else None


def request(walk: Walk, tranche: Any) -> Fields:
    return {"account": account_of(walk, tranche), "invoice_no": walk.number()}


def confirmation(walk: Walk, tranche: Any) -> Fields:
    return {
        "bank_txn": walk.number(), "value_date": walk.district.today,
        "amount_minor": max(1, tranche.amount_minor), "account": tranche.account or ACCOUNT,
    }  # fmt: skip


OF_GRANTS: dict[tuple[str, str], Wish] = {
    ("grant", "sign-agreement"): agreement,
    ("grant", "report-progress"): progress,
    ("grant", "accept-costs"): accepted,
    ("grant", "question-cost"): questioned,
    ("grant", "allow-cost"): decided,
    ("grant", "disallow-cost"): decided,
    ("grant", "submit-midterm"): lambda walk, thing: {"report": "中期报告"},
    ("grant", "record-midterm"): lambda walk, thing: {"score_milli": 85_000},
    ("grant", "submit-final"): final,
    ("grant", "return-final"): lambda walk, thing: {"defects": ["缺表"], "due": in_days(walk, 9)},
    ("grant", "evaluate-final"): evaluation,
    ("grant", "record-audit"): lambda walk, t: {"document": "d:1", "opinion": "unqualified"},
    ("grant", "waive-audit"): reason,
    ("grant", "record-refund"): refund,
    ("grant", "cancel"): lambda walk, thing: {"cause": "放弃"},
    ("tranche", "request"): request,
    ("tranche", "return-request"): reason,
    ("tranche", "send"): lambda walk, thing: {"batch": "1", "bank_ref": walk.number()},
    ("tranche", "confirm"): confirmation,
    ("tranche", "record-bank-return"): code,
    ("tranche", "record-late-return"): code,
    ("tranche", "reconcile"): lambda walk, thing: {"statement_line": walk.number()},
}
