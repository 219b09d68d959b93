"""The rules of payees, match money, visits and results: each refused, and its twin."""

from __future__ import annotations

from typing import Any

import pytest

from application.principals import Held
from domain.errors import Refusal
from tests.application.cases import with_payment_sent
from tests.application.verdicts import verdict
from tests.district import DISTRICT, District
from tests.played import Path, with_award_confirmed
from tests.played_to_end import (
    found,
    with_agreement_signed,
    with_grant_active,
    with_grant_closed,
)

Fields = dict[str, Any]
BUDGET = [{"line": "activity", "amount_minor": 10_000_000}]
LINES = [
    {"line": "activity", "amount_minor": 9_500_000},
    {"line": "management", "amount_minor": 500_000},
]
LARGER = [{"line": "activity", "amount_minor": 12_500_000}]


def filed(path: Path, who: str, stream: str = "") -> str:
    return path.tell(
        who, "documents", "store", sha256="ab" * 32, media_type="application/pdf", size=9,
        subject=stream or f"grant:{path.grant}",
    )  # fmt: skip


PAYEE = {"account": "account:2", "reason": "换开户行"}


def test_a_payee_changes_by_a_document_of_the_grant_that_the_approver_did_not_file(
    district: District,
) -> None:
    path = with_grant_active(district)

    def change(document: str, account: str = "account:2") -> list[str]:
        return verdict(
            path, "legal", "grants", "change-payee", path.grant,
            account=account, document=document, reason="换开户行",
        )  # fmt: skip

    other = filed(path, "applicant", f"proposal:{path.proposal}")
    proof, own = filed(path, "applicant"), filed(path, "legal")
    assert change(other) == ["G31.document"]
    assert change(own) == ["G31.filed"]
    assert change(proof, "account:1") == ["G31.account"]
    assert change("no such document") == ["found"]
    assert change(proof) == []
    officers = filed(path, "finance_approver")
    waiting = path.tell("legal", "grants", "change-payee", path.grant, document=officers, **PAYEE)
    assert verdict(path, "finance_approver", "approvals", "approve", waiting) == ["G31.filed"]


def test_a_payee_does_not_change_while_a_payment_is_at_the_bank(district: District) -> None:
    path = with_payment_sent(district)
    said = {"document": filed(path, "applicant"), **PAYEE}
    assert verdict(path, "legal", "grants", "change-payee", path.grant, **said) == ["G31.sent"]
    path.tell("reconciler", "tranches", "record-bank-return", path.tranches[0], code="R01")
    assert verdict(path, "legal", "grants", "change-payee", path.grant, **said) == []


def test_who_changed_the_payee_clears_no_returned_payment(district: District) -> None:
    path = with_payment_sent(district)
    path.tell("reconciler", "tranches", "record-bank-return", path.tranches[0], code="R01")
    said = {"document": filed(path, "applicant"), **PAYEE}
    path.pair("legal", "finance_approver", "grants", "change-payee", path.grant, **said)
    district.wait(hours=1)
    district.person("second approver", Held("finance_approver", DISTRICT))
    retry = {"account": "account:2"}

    def clear(who: str, **said: str) -> list[str]:
        return verdict(path, who, "tranches", "retry", path.tranches[0], **retry, **said)

    assert clear("finance_approver") == ["T7c.rested", "T7c.payee"]
    assert clear("second approver") == ["T7c.rested"]
    assert clear("second approver", document=filed(path, "fund_manager")) == []
    district.wait(days=14)
    assert clear("second approver") == []


def test_a_payee_that_was_changed_before_the_agreement_stands_in_it(district: District) -> None:
    path = with_award_confirmed(district)
    said = {"document": filed(path, "applicant"), **PAYEE}
    path.pair("legal", "finance_approver", "grants", "change-payee", path.grant, **said)
    terms: Fields = {"document": "d", "starts": "2026-04-10", "ends": "2026-10-31"}
    terms["midterm"] = "2026-07-15"

    def sign(account: str) -> list[str]:
        return verdict(
            path, "legal", "grants", "sign-agreement", path.grant, account=account, **terms
        )

    assert (sign("account:1"), sign("account:2")) == (["G2.payee"], [])


def test_match_money_is_shown_by_a_document_and_at_most_what_is_pledged(
    district: District,
) -> None:
    path = with_grant_active(district)
    proof = filed(path, "applicant")
    other = filed(path, "applicant", f"proposal:{path.proposal}")

    def show(minor: int, document: str) -> list[str]:
        said: Fields = {"amount_minor": minor, "document": document}
        return verdict(path, "applicant", "grants", "record-match", path.grant, **said)

    assert show(2_000_001, proof) == ["G29.pledged"]
    assert show(2_000_000, other) == ["G29.document"]
    assert show(2_000_000, proof) == []


def test_a_visit_names_two_people_and_nobody_visits_their_own(district: District) -> None:
    path = with_grant_active(district)
    mine = Held("applicant", organisation=path.organisation)
    district.person("relative", Held("evaluator", DISTRICT), mine)

    def visit(who: str, *visitors: str) -> list[str]:
        said = {"kind": "unannounced", "visitors": visitors, "notes": "活动正常"}
        return verdict(path, who, "grants", "record-visit", path.grant, **said)

    assert visit("evaluator", "person:a", "person:a") == ["G30.visitors"]
    assert visit("relative", "person:a", "person:b") == ["G30.interest"]
    assert visit("evaluator", "person:a", "person:b") == []
    path.tell(
        "fund_manager", "grants", "record-visit", path.grant, kind="announced",
        visitors=["person:a", "person:b"], notes="正常", faults=["无签到表"],
    )  # fmt: skip
    assert found(path, f"grant:{path.grant}").visits == 1


def test_a_result_is_published_once_and_after_the_end(district: District) -> None:
    path = with_grant_closed(district)
    publish = ("district_officer", "grants", "publish-result", path.grant)
    assert verdict(path, *publish) == []
    path.tell(*publish)
    assert found(path, f"grant:{path.grant}").result_published == district.today
    assert verdict(path, *publish) == ["G27.once"]


def test_a_wrong_hand_cannot_change_a_payee(district: District) -> None:
    path = with_grant_active(district)
    said = {"document": filed(path, "applicant"), **PAYEE}
    with pytest.raises(Refusal):
        path.tell("fund_manager", "grants", "change-payee", path.grant, **said)
    waiting = path.tell("legal", "grants", "change-payee", path.grant, **said)
    assert verdict(path, "leader", "approvals", "approve", waiting) == ["W2.who"]


def test_the_manager_of_a_grant_agrees_to_no_new_payee(district: District) -> None:
    path = with_agreement_signed(district)
    two_hats = (Held("fund_manager", DISTRICT), Held("finance_approver", DISTRICT))
    district.person("manager", *two_hats)
    path.pair("manager", "finance_approver", "grants", "activate", path.grant)
    said = {"grant": path.grant, "reason": "变更"}
    asked = path.tell("legal", "amendments", "request", account="account:2", **said)
    waiting = path.tell("fund_manager", "amendments", "approve", asked)
    assert verdict(path, "manager", "approvals", "approve", waiting) == ["M2.manager"]
    document = filed(path, "applicant")
    new = {"account": "account:2", "document": document, "reason": "变更"}
    waiting = path.tell("legal", "grants", "change-payee", path.grant, **new)
    assert verdict(path, "manager", "approvals", "approve", waiting) == ["G31.manager"]
    assert verdict(path, "finance_approver", "approvals", "approve", waiting) == []
