"""Stories of a grantee that becomes a legal person while it is paid; the books by hand, in fen."""

from __future__ import annotations

from typing import Any

import pytest

from application.principals import Held
from domain.errors import Refusal
from infrastructure.verify import verify
from tests.district import DISTRICT, District, uscc
from tests.played import ACCOUNT, Path
from tests.played_in_custody import with_custody
from tests.played_to_end import approve, found, send, with_grant_active
from tests.story.test_custody import books, in_custody, kept, rules

NEW = "account:own"
COMMITTED = {
    "authority.source": -300_000_000, "authority.available": 249_000_000,
    "authority.allotted": 43_000_000, "authority.committed": 8_000_000,
    "cash.bank": 300_000_000, "cash.income_appropriation": -300_000_000,
    "match.pledged": 2_000_000, "match.counterpart": -2_000_000,
}  # fmt: skip
"""Award 80,000.00 of 500,000.00 and 10,000.00 allotted; nothing is paid. In fen."""


def filed(path: Path, who: str, subject: str) -> str:
    return path.tell(
        who, "documents", "store", sha256="ab" * 32, media_type="application/pdf", size=9,
        subject=subject,
    )  # fmt: skip


def told(path: Path, who: str, verb: str, **said: Any) -> str:
    return path.tell(who, "organisations", verb, path.organisation, **said)


def register(path: Path) -> None:
    """The filed organisation becomes a legal person."""
    told(path, "legal", "start-upgrade")
    certificate = filed(path, "applicant", f"organisation:{path.organisation}")
    told(
        path, "district_officer", "confirm-registration", uscc=uscc(7), authority="民政局",
        certificate=certificate,
    )  # fmt: skip


def amend(path: Path) -> None:
    """Party and payee of the agreement become the legal person and its own account."""
    amendment = path.tell(
        "legal", "amendments", "request", grant=path.grant, party=path.organisation, account=NEW,
        reason="已登记为法人",
    )  # fmt: skip
    path.pair("fund_manager", "finance_approver", "amendments", "approve", amendment)


def refused(path: Path, who: str, verb: str, tranche: str, **said: Any) -> list[str]:
    with pytest.raises(Refusal) as caught:
        path.tell(who, "tranches", verb, tranche, **said)
    return rules(caught)


def test_a_registered_grantee_is_paid_after_party_and_payee_are_amended(
    district: District,
) -> None:
    path = with_grant_active(district, organised=with_custody)
    tranche = path.tranches[0]
    assert books(path) == COMMITTED
    ask = {"account": ACCOUNT, "invoice_no": "I1"}
    register(path)
    assert refused(path, "applicant", "request", tranche, **ask) == ["T2.party"]
    amend(path)
    assert found(path, f"grant:{path.grant}").custody_account == ""
    district.wait(hours=1)
    path.tell("applicant", "tranches", "request", tranche, account=NEW, invoice_no="I1")
    path.tell("fund_manager", "tranches", "check", tranche)
    assert refused(path, "finance_approver", "approve", tranche) == ["T4.rested"]
    district.wait(days=14)
    path.tell("finance_approver", "tranches", "approve", tranche)
    path.tell("cashier", "tranches", "send", tranche, batch="1", bank_ref="R1")
    path.tell(
        "reconciler", "tranches", "confirm", tranche, bank_txn="X", amount_minor=4_800_000,
        value_date=district.today, account=NEW,
    )  # fmt: skip
    assert books(path) == {
        **COMMITTED, "cash.bank": 295_200_000, "cash.advances": 4_800_000,
        "authority.committed": 3_200_000, "authority.spent": 4_800_000,
    }  # fmt: skip
    custody = district.only("custody-accounts", organisation=path.organisation)
    assert books(path, found(path, f"custody_account:{custody}").fund) == {}
    assert verify(district.system.store).faults == ()


def test_a_payment_that_was_under_way_stops_wherever_the_registration_finds_it(
    district: District,
) -> None:
    path = with_grant_active(district, organised=with_custody)
    tranche = approve(path)
    register(path)
    send_it = {"batch": "1", "bank_ref": "R1"}
    assert refused(path, "cashier", "send", tranche, **send_it) == ["T5.party"]
    path.tell("finance_approver", "tranches", "return-request", tranche, reason="主体已变更")
    assert books(path) == COMMITTED


def test_what_was_at_the_bank_before_the_registration_still_reaches_the_agent(
    district: District,
) -> None:
    path = with_grant_active(district, organised=with_custody)
    tranche = send(path)
    register(path)
    path.tell(
        "reconciler", "tranches", "confirm", tranche, bank_txn="X", amount_minor=4_800_000,
        value_date=district.today, account=ACCOUNT,
    )  # fmt: skip
    assert kept(path) == in_custody(4_800_000)
    path.tell("reconciler", "tranches", "record-late-return", tranche, code="退回")
    assert kept(path) == {}
    district.person("third approver", Held("finance_approver", DISTRICT))
    assert refused(path, "third approver", "retry", tranche, account=ACCOUNT) == ["T7c.party"]


def test_a_tranche_does_not_fall_due_while_the_agreement_names_the_filed_organisation(
    district: District,
) -> None:
    path = with_grant_active(district, organised=with_custody)
    path.paid = 1
    register(path)
    grant = found(path, f"grant:{path.grant}")
    while district.today <= grant.midterm:
        district.wait(days=30)
    path.tell("applicant", "grants", "submit-midterm", path.grant, report="中期报告")
    path.tell("evaluator", "grants", "record-midterm", path.grant, score_milli=85_000)
    district.wait(hours=1)
    second = f"tranche:{path.tranches[1]}"
    assert found(path, second).stage == "planned"
    amend(path)
    district.wait(hours=1)
    assert found(path, second).stage == "eligible"
