"""What somebody would type who wants a command to an order, a policy or a delegation to succeed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.roles import ROLES
from tests.application.near import Fields, Wish, amount, code, reason
from tests.district import DISTRICT
from tests.played import ACCOUNT

if TYPE_CHECKING:
    from tests.application.walk import Walk


def order(walk: Walk, thing: Any) -> Fields | None:
    rounds = [
        round
        for round in walk.things("round")
        if round.lines and round.stage not in ("closed", "cancelled", "historical")
    ]
    funds = walk.things("fund", "active")
    wanted: Fields = {
        "kind": walk.random.choice(["service", "organiser", "evaluation", "capital", "subsidy"]),
        "purpose": "组织服务", "payee": "某服务公司", "account": ACCOUNT,
        "amount_minor": walk.random.choice([1, 99_999, 500_000, 1_000_000]),
    }  # fmt: skip
    if rounds and walk.random.random() < 0.7:
        round = walk.random.choice(rounds)
        line = walk.random.choice(round.lines).line
        return {**wanted, "round": round.id, "line": line}
    return {**wanted, "fund": walk.random.choice(funds).id} if funds else None


def delivery(walk: Walk, order: Any) -> Fields:
    part = amount(walk, order.amount_minor) if order.amount_minor else 1
    return {
        "amount_minor": part, "proof": "document:2", "invoice_no": walk.number(),
        "account": order.account or ACCOUNT,
    }  # fmt: skip


def payment(walk: Walk, order: Any) -> Fields:
    return {
        "bank_txn": walk.number(), "value_date": walk.district.today,
        "amount_minor": max(1, order.accepted_minor), "account": order.account or ACCOUNT,
    }  # fmt: skip


def policy(walk: Walk, thing: Any) -> Fields:
    starts = walk.district.today + timedelta(days=walk.random.choice([0, 1, 30]))
    return {
        "name": "资金管理办法", "edition": walk.number(), "place": DISTRICT, "starts": starts,
        "document": "document:3", "sha256": "cd" * 32,
    }  # fmt: skip


def delegation(walk: Walk, thing: Any) -> Fields:
    people = walk.district.people
    role = walk.random.choice(ROLES)
    holders = [p.person for p in people.values() if role in p.roles] or ["person:nobody"]
    starts = walk.district.today + timedelta(days=walk.random.choice([0, 0, 1]))
    return {
        "role": role, "holder": walk.random.choice(holders), "place": DISTRICT,
        "to_person": walk.random.choice(list(people.values())).person,
        "starts": starts, "until": starts + timedelta(days=walk.random.choice([0, 5])),
    }  # fmt: skip


def public_copy(walk: Walk, document: Any) -> Fields | None:
    found = [d for d in walk.things("document", "stored") if d.sha256 != document.sha256]
    return {"public_copy": walk.random.choice(found).id} if found else None


CREATIONS_OF_ORDERS: dict[tuple[str, str], Wish] = {
    ("order", "draft"): order,
    ("policy", "publish"): policy,
    ("delegation", "grant"): delegation,
}

OF_ORDERS: dict[tuple[str, str], Wish] = {
    ("order", "sign"): lambda walk, thing: {"document": "document:1"},
    ("order", "accept-delivery"): delivery,
    ("order", "undo-acceptance"): reason,
    ("order", "send"): lambda walk, thing: {"batch": "1", "bank_ref": walk.number()},
    ("order", "confirm"): payment,
    ("order", "record-bank-return"): code,
    ("order", "record-late-return"): code,
    ("order", "close"): lambda walk, thing: {"statement_line": walk.number()},
    ("order", "cancel"): reason,
    ("policy", "supersede"): lambda walk, thing: {"until": walk.district.today},
    ("document", "redact"): public_copy,
}
