"""Commands that are refused where a path stands, and a few more steps for paths to stand at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from tests.district import DISTRICT, RULES, District
from tests.played import (
    ACCOUNT,
    Path,
    draft,
    with_fund,
    with_notice_published,
    with_open_round,
    with_review_started,
)
from tests.played_to_end import send, with_grant_active

Step = Callable[[District], Path]
Fields = Callable[[Path], dict[str, Any]]


class Case(NamedTuple):
    """A command that is refused where the path stands: by which rules, in which words."""

    step: Step
    who: str
    what: str
    rule: str
    sentence: str
    fields: Fields = lambda path: {}


def with_planned_round(district: District) -> Path:
    """A round without a budget."""
    path = with_fund(district)
    path.round = path.tell(
        "round_secretary", "rounds", "plan", no="2026-1", title="创投", kind="micro",
        place=DISTRICT, rules=RULES,
    )  # fmt: skip
    return path


def with_draft(district: District) -> Path:
    """A draft in an open round."""
    path = with_open_round(district)
    path.proposal = draft(path, "为老服务")
    return path


def with_large_draft(district: District) -> Path:
    """A draft that asks for more than the cap of the round."""
    path = with_draft(district)
    budget = [{"line": "activity", "amount_minor": 13_000_000}]
    amounts = {"requested_minor": 10_400_000, "match_minor": 2_600_000}
    path.tell("applicant", "proposals", "edit", path.proposal, budget=budget, **amounts)
    return path


def with_empty_draft(district: District) -> Path:
    """A draft that says nothing but its title."""
    path = with_open_round(district)
    asked = {"round": path.round, "organisation": path.organisation}
    path.proposal = path.tell("applicant", "proposals", "draft", title="空白", **asked)
    return path


def with_payment_sent(district: District) -> Path:
    """The first tranche is at the bank."""
    path = with_grant_active(district)
    send(path)
    return path


def with_amendment(district: District) -> Path:
    """The organisation asks for a longer period."""
    path = with_grant_active(district)
    path.tell("legal", "amendments", "request", grant=path.grant, ends="2026-12-31", reason="延期")
    return path


def with_little_cash(district: District) -> Path:
    """The first tranche is checked, and the fund has less money than it asks for."""
    path = with_grant_active(district, paid_in=4_000_000)
    path.tell("applicant", "tranches", "request", path.tranches[0], account=ACCOUNT, invoice_no="1")
    path.tell("fund_manager", "tranches", "check", path.tranches[0])
    return path


def with_payment_requested(district: District) -> Path:
    """The first tranche is requested."""
    path = with_grant_active(district)
    request = {"account": ACCOUNT, "invoice_no": "I1"}
    path.tell("applicant", "tranches", "request", path.tranches[0], **request)
    return path


def with_payment_checked(district: District) -> Path:
    """The first tranche is requested and checked."""
    path = with_payment_requested(district)
    path.tell("fund_manager", "tranches", "check", path.tranches[0])
    return path


def with_notice_over(district: District) -> Path:
    """The notice is over, and no award is confirmed yet."""
    path = with_notice_published(district)
    district.wait(days=11)
    return path


def with_invited_reviewer(district: District) -> Path:
    """The one reviewer is invited."""
    path = with_review_started(district)
    due = district.today + timedelta(days=3)
    path.tell("round_secretary", "reviews", "invite", district.only("reviews"), due=due)
    return path


def with_accepted_review(district: District) -> Path:
    """The one reviewer has accepted."""
    path = with_invited_reviewer(district)
    path.tell("reviewer", "reviews", "accept", district.only("reviews"), declaration="无")
    return path


def of(path: Path, what: str) -> tuple[str, str, str]:
    """The plural, the verb and the id that "tranches/send" means on the path."""
    nouns, verb = what.split("/")
    ids = {
        "funds": path.fund,
        "rounds": path.round,
        "proposals": path.proposal,
        "grants": path.grant,
        "tranches": path.tranches[0] if path.tranches else "",
        "reviews": path.district.all("reviews")[0] if path.proposal and nouns == "reviews" else "",
    }
    creates = verb in ("propose", "draft", "plan", "draw", "import", "import-filed", "store")
    return nouns, verb, "" if creates else ids.get(nouns, "")


def within(days: int) -> Fields:
    return lambda path: {
        "starts": path.district.today,
        "ends": path.district.today + timedelta(days=days),
        "contact": "0431",
    }


def says(**fields: Any) -> Fields:
    return lambda path: fields


def bank_line(**changes: Any) -> Fields:
    def fields(path: Path) -> dict[str, Any]:
        day = path.district.today + timedelta(days=changes.get("days", 0))
        line = {"bank_txn": "X", "value_date": day, "amount_minor": 4_800_000, "account": ACCOUNT}
        return {**line, **{name: to for name, to in changes.items() if name != "days"}}

    return fields
