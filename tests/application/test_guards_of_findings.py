"""Who may do what to findings, and what each of their rules refuses and permits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from application.handlers import HANDLERS
from application.permissions import ANYBODY, PERMISSIONS
from application.principals import Held, Principal
from application.reach import held_for
from domain.errors import NotPermitted
from domain.findings import oversight
from domain.findings.finding import Finding
from tests.application.refusing import refused, rules
from tests.district import DISTRICT, District
from tests.played import Path, with_fund

OWNER = "person:cashier"


def raised(path: Path, who: str = "oversight_officer", **said: Any) -> str:
    fields = {"severity": "minor", "owner": OWNER, "statement": "未及时入账", **said}
    return path.tell(who, "findings", "raise", subject=f"fund:{path.fund}", **fields)


def ordered(path: Path) -> str:
    finding = raised(path)
    due = path.district.today + timedelta(days=3)
    path.tell("leader", "findings", "order-rectification", finding, due=due)
    return finding


def stored(path: Path, subject: str) -> str:
    return path.tell(
        "cashier", "documents", "store", sha256="cd" * 32, media_type="application/pdf", size=9,
        subject=subject,
    )  # fmt: skip


def refusal_of(path: Path, who: str, verb: str, id: str = "", **said: Any) -> list[str]:
    return rules(refused(path.district, who, "findings", verb, id, **said))


@pytest.mark.parametrize("verb", ["respond", "rectify"])
def test_nobody_but_the_owner_answers_and_puts_right(district: District, verb: str) -> None:
    path = with_fund(district)
    finding = raised(path) if verb == "respond" else ordered(path)
    said = {"reply": "已补记"}
    if verb == "rectify":
        said = {"measures": "已补记", "document": stored(path, f"fund:{path.fund}")}
    for who in ("leader", "reconciler", "oversight_officer"):
        row = "D3" if verb == "respond" else "D5"
        assert refusal_of(path, who, verb, finding, **said) == [f"{row}.owner"]
    path.tell("cashier", "findings", verb, finding, **said)


def test_the_evidence_belongs_to_the_finding_or_to_what_it_is_about(district: District) -> None:
    path = with_fund(district)
    finding = ordered(path)
    elsewhere = stored(path, f"organisation:{path.organisation}")
    said = {"measures": "已补记", "document": elsewhere}
    assert refusal_of(path, "cashier", "rectify", finding, **said) == ["D5.evidence"]
    assert refusal_of(path, "cashier", "rectify", finding, measures="x", document="none") == [
        "found"
    ]
    path.tell(
        "cashier", "findings", "rectify", finding, measures="已补记",
        document=stored(path, f"finding:{finding}"),
    )  # fmt: skip


def test_the_owner_does_not_verify_the_own_finding(district: District) -> None:
    path = with_fund(district)
    district.person("both", Held("oversight_officer", DISTRICT), Held("cashier", DISTRICT))
    finding = raised(path, owner="person:both")
    path.tell("both", "findings", "respond", finding, reply="无此事")
    assert refusal_of(path, "both", "verify", finding) == ["D6.owner"]
    path.tell("oversight_officer", "findings", "verify", finding)


def test_the_owner_neither_orders_nor_extends_nor_hands_over(district: District) -> None:
    path = with_fund(district)
    finding = raised(path, owner="person:leader")
    district.person("second leader", Held("leader", DISTRICT))
    due = district.today + timedelta(days=3)
    assert refusal_of(path, "leader", "order-rectification", finding, due=due) == ["D4.owner"]
    path.tell("second leader", "findings", "order-rectification", finding, due=due)
    path.tell("auditor", "findings", "escalate", finding, to="leader")
    assert refusal_of(path, "leader", "return-to-owner", finding, due=due) == ["D7a.owner"]
    assert refusal_of(path, "leader", "hand-over", finding, body="纪委") == ["D7b.owner"]
    path.tell("second leader", "findings", "return-to-owner", finding, due=due)
    path.tell("auditor", "findings", "escalate", finding, to="next_level")
    path.tell("second leader", "findings", "hand-over", finding, body="纪委")


def test_nobody_answers_for_what_they_raise_themselves(district: District) -> None:
    path = with_fund(district)
    said = {"severity": "minor", "statement": "x", "owner": "person:auditor"}
    subject = f"fund:{path.fund}"
    assert refusal_of(path, "auditor", "raise", subject=subject, **said) == ["D2.owner"]
    raised(path, "auditor")


@pytest.mark.parametrize("days", [0, -1])
def test_a_due_day_lies_ahead(district: District, days: int) -> None:
    path = with_fund(district)
    due = district.today + timedelta(days=days)
    said: dict[str, Any] = {"severity": "minor", "statement": "x", "owner": OWNER, "due": due}
    subject = f"fund:{path.fund}"
    assert refusal_of(path, "evaluator", "raise", subject=subject, **said) == ["D2.due"]
    finding = raised(path)
    order = refusal_of(path, "leader", "order-rectification", finding, due=due)
    assert order == ["D4.due"]
    path.tell("auditor", "findings", "escalate", finding, to="leader")
    assert refusal_of(path, "leader", "return-to-owner", finding, due=due) == ["D7a.due"]


def test_a_tip_is_adopted_for_somebody_else_with_a_day_ahead(district: District) -> None:
    path = with_fund(district)
    tip = path.tell("cashier", "findings", "tip", subject=f"fund:{path.fund}", tip="公款私存")
    said = {"severity": "minor", "statement": "x"}
    officer = "oversight_officer"
    assert refusal_of(
        path, officer, "adopt-tip", tip, owner=f"person:{officer}", due=district.today, **said
    ) == ["D1b.owner", "D1b.due"]  # fmt: skip
    tomorrow = district.today + timedelta(days=1)
    path.tell(officer, "findings", "adopt-tip", tip, owner=OWNER, due=tomorrow, **said)


@pytest.mark.parametrize(
    ("subject", "rule"), [("money", "D1.subject"), ("fund:none", "found"), ("?:1", "D1.subject")]
)
def test_a_tip_is_about_a_thing_that_exists(district: District, subject: str, rule: str) -> None:
    path = with_fund(district)
    said = {"subject": subject, "tip": "x"}
    assert refusal_of(path, "cashier", "tip", **said) == [rule]


def test_a_thing_without_a_place_cannot_be_looked_into() -> None:
    nowhere = oversight.Subject("import:1", "", "", "")
    reason = oversight.has_place("D2.subject", nowhere)
    assert reason is not None
    assert reason.rule == "D2.subject"
    assert oversight.has_place("D2.subject", nowhere._replace(place=DISTRICT)) is None


def test_the_clock_takes_up_only_what_is_overdue(district: District) -> None:
    path = with_fund(district)
    finding = raised(path)
    district.people["clock"] = Principal("clock", (Held("clock"),))
    assert refusal_of(path, "clock", "escalate", finding, to="leader") == ["D7.due"]
    path.tell("auditor", "findings", "escalate", finding, to="leader")


WRITTEN_BY_AUDITORS = {("finding", "raise"), ("finding", "verify"), ("finding", "escalate")}


@pytest.mark.parametrize(
    ("noun", "verb"), [(noun, verb) for noun, verbs in HANDLERS.items() for verb in verbs]
)
def test_an_auditor_does_nothing_but_write_findings(noun: str, verb: str) -> None:
    auditor = Principal("person:auditor", (Held("auditor", DISTRICT),))
    permission = PERMISSIONS[noun][verb]
    finding = Finding(id="1", place=DISTRICT)
    held = held_for(permission.first, auditor, finding)
    if permission.first == ANYBODY:
        assert held == Held("resident")
    else:
        assert (held is not None) == ((noun, verb) in WRITTEN_BY_AUDITORS)
    assert "auditor" not in permission.second


def test_an_auditor_cannot_store_files_or_decline_what_waits(district: District) -> None:
    path = with_fund(district)
    refusal = refused(
        district, "auditor", "documents", "store", sha256="ab" * 32, size=1,
        media_type="application/pdf", subject=f"fund:{path.fund}",
    )  # fmt: skip
    assert isinstance(refusal, NotPermitted)
    waiting = district.tell(
        "fund_manager", "funds", "record-appropriation", path.fund, doc_no="2号",
        amount_minor=100, year=2026,
    ).id  # fmt: skip
    for verb, said in (("approve", {}), ("decline", {"reason": "x"}), ("withdraw", {})):
        refusal = refused(district, "auditor", "approvals", verb, waiting, **said)
        assert isinstance(refusal, NotPermitted)
    district.tell("finance_approver", "approvals", "decline", waiting, reason="x")


@pytest.mark.parametrize("who", ["leader", "fund_manager", "applicant", "administrator", "legal"])
def test_others_write_no_findings(district: District, who: str) -> None:
    path = with_fund(district)
    said = {"severity": "minor", "statement": "x", "owner": OWNER, "subject": f"fund:{path.fund}"}
    assert refusal_of(path, who, "raise", **said) == ["D2.who"]
