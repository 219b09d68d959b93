"""How a case that was written by hand is played: by whom, to which thing, in which words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from application.principals import Held, Principal
from domain.roles import OF_ORGANISATION
from tests.application.test_appeals import MEMBERS
from tests.application.verdicts import verdict
from tests.district import DISTRICT
from tests.permissions.hands import Case
from tests.permissions.who import CODES
from tests.played import ACCOUNT, Path


def bank_line(path: Path, minor: int) -> dict[str, Any]:
    today = path.district.today
    return {"bank_txn": "X9", "value_date": today, "amount_minor": minor, "account": ACCOUNT}


def loan(path: Path) -> dict[str, Any]:
    """The cashier's role, for the leader who lends it."""
    days = {"starts": path.district.today, "until": path.district.today + timedelta(days=3)}
    hands = {"holder": "person:cashier", "to_person": "person:leader"}
    return {"role": "cashier", "place": DISTRICT, **hands, **days}


def panel(path: Path, facts: str) -> dict[str, Any]:
    """Three people, and where the case says so a secretary who has checked the proposal."""
    named = ["person:round_secretary"] if "named" in facts else []
    return {"members": [*MEMBERS, *named]}


FIELDS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "tranches/send": lambda path: {"batch": "1", "bank_ref": "R1"},
    "tranches/confirm": lambda path: bank_line(path, 4_800_000),
    "tranches/record-bank-return": lambda path: {"code": "R01"},
    "tranches/record-late-return": lambda path: {"code": "R02"},
    "tranches/retry": lambda path: {"account": ACCOUNT},
    "tranches/reconcile": lambda path: {"statement_line": "S1"},
    "tranches/release": lambda path: {"reason": "查清"},
    "approvals/decline": lambda path: {"reason": "不同意"},
    "approvals/withdraw": lambda path: {},
    "funds/unfreeze": lambda path: {"reason": "查清"},
    "grants/resume": lambda path: {"reason": "整改完成"},
    "organisations/reinstate": lambda path: {"reason": "整改完成"},
    "grants/allow-cost": lambda path: {"cost": 2, "reply": "补交了票据"},
    "grants/disallow-cost": lambda path: {"cost": 2, "reply": "没有票据"},
    "orders/send": lambda path: {"batch": "1", "bank_ref": "R7"},
    "orders/confirm": lambda path: bank_line(path, 1_000),
    "delegations/grant": loan,
    "reviews/accept": lambda path: {"declaration": "无"},
    "grants/record-midterm": lambda path: {"score_milli": 90_000},
    "grants/evaluate-final": lambda path: {
        "score_milli": 90_000,
        "satisfaction_percent": 90,
        "sample": 10,
    },
    "objections/refuse": lambda path: {"reason": "无关"},
    "findings/respond": lambda path: {"reply": "已补记"},
}
"""What is said with a command, where anything is."""


def actor(path: Path, who: str, code: str) -> Principal:
    """The person with the role they also hold; whoever is not known yet comes in with it alone."""
    if not code:
        return path.district.system.identity.principal(f"person:{who}")
    known = path.district.people.get(who)
    role = CODES[code]
    is_members = role in OF_ORGANISATION
    also = Held(role, organisation=path.organisation) if is_members else Held(role, DISTRICT)
    held = (*(known.held if known else ()), also)
    interests = frozenset(each.organisation for each in held if each.organisation)
    return Principal(f"person:{who}", held, interests)


def thing_of(path: Path, nouns: str) -> str:
    """The id of what the command is said to."""
    if nouns == "delegations":
        return ""
    if nouns == "tranches":
        return path.tranches[0]
    if nouns == "approvals":
        (waiting,) = path.district.all("approvals", stage="prepared")
        return waiting
    known: dict[str, str] = {
        "funds": path.fund,
        "grants": path.grant,
        "proposals": path.proposal,
        "organisations": path.organisation,
    }
    return known.get(nouns) or path.district.only(nouns)


def play(path: Path, case: Case) -> list[str]:
    """The rules that refuse the case where the path stands; none where it is done."""
    _, who, also, command, _, facts, _ = case
    nouns, verb = command.split("/")
    said = panel(path, facts) if verb == "admit" else FIELDS.get(command, lambda path: {})(path)
    people = path.district.people
    path.district.people = {**people, who: actor(path, who, also)}
    try:
        return verdict(path, who, nouns, verb, thing_of(path, nouns), **said)
    finally:
        path.district.people = people
