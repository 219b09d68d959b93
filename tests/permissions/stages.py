"""Where money and its papers stand when it is asked who may go on with them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from application.principals import Held
from tests.application.cases import (
    with_payment_checked,
    with_payment_requested,
    with_payment_sent,
)
from tests.district import DISTRICT, District
from tests.ordered import accept, approve, draft, sign
from tests.ordered import send as send_order
from tests.played import (
    ACCOUNT,
    Path,
    with_fund,
    with_organisation,
)
from tests.played_to_end import (
    COSTS,
    with_agreement_signed,
    with_first_tranche_paid,
    with_grant_active,
)

NEW_FUND: dict[str, Any] = {
    "name": "二号专项", "kind": "dedicated", "place": DISTRICT, "year": 2026, "currency": "CNY",
    "purposes": ["创投"], "reuse": True,
}  # fmt: skip
PAPER: dict[str, Any] = {"sha256": "ab" * 32, "media_type": "application/pdf", "size": 9}


def requested(district: District) -> Path:
    return with_payment_requested(district)


def checked(district: District) -> Path:
    return with_payment_checked(district)


def approved(district: District) -> Path:
    path = with_payment_checked(district)
    path.tell("finance_approver", "tranches", "approve", path.tranches[0])
    return path


def sent(district: District) -> Path:
    return with_payment_sent(district)


def returned(district: District) -> Path:
    path = with_payment_sent(district)
    path.tell("reconciler", "tranches", "record-bank-return", path.tranches[0], code="R01")
    return path


def paid(district: District) -> Path:
    path = with_payment_sent(district)
    path.tell(
        "reconciler", "tranches", "confirm", path.tranches[0], bank_txn="X1",
        value_date=district.today, amount_minor=4_800_000, account=ACCOUNT,
    )  # fmt: skip
    return path


def held(district: District) -> Path:
    path = with_payment_requested(district)
    path.tell("oversight_officer", "tranches", "hold", path.tranches[0], reason="查")
    return path


def appropriated(district: District) -> Path:
    """A manager has prepared an appropriation."""
    path = with_fund(district)
    said = {"doc_no": "2", "amount_minor": 1, "year": 2026}
    path.tell("fund_manager", "funds", "record-appropriation", path.fund, **said)
    return path


def proposed_fund(district: District) -> Path:
    path = with_organisation(district)
    path.fund = path.tell("fund_manager", "funds", "propose", **NEW_FUND)
    return path


def frozen(district: District) -> Path:
    path = with_fund(district)
    path.tell("oversight_officer", "funds", "freeze", path.fund, decision="1", reason="查")
    return path


def stopped(district: District) -> Path:
    path = with_grant_active(district)
    said = {"scope": "付款", "cause": "查"}
    path.tell("oversight_officer", "grants", "suspend", path.grant, **said)
    return path


def suspended(district: District) -> Path:
    """The organisation is suspended."""
    path = with_organisation(district)
    until = date(2027, 3, 1)
    said = {"decision": "1", "scope": "全部", "until": until, "appeal_until": date(2026, 5, 1)}
    path.tell("district_officer", "organisations", "suspend", path.organisation, **said)
    return path


def questioned(district: District) -> Path:
    path = with_first_tranche_paid(district)
    said: dict[str, Any] = {"period": "2026Q2", "sessions": 4, "cost_lines": COSTS}
    path.tell("applicant", "grants", "report-progress", path.grant, **said)
    path.tell("evaluator", "grants", "question-cost", path.grant, cost=2, cause="没有票据")
    return path


def paper(path: Path, who: str) -> str:
    """A document about the grant."""
    return path.tell(who, "documents", "store", subject=f"grant:{path.grant}", **PAPER)


def new_payee(path: Path, filed_by: str) -> None:
    said = {"account": "account:2", "document": paper(path, filed_by), "reason": "换开户行"}
    path.tell("legal", "grants", "change-payee", path.grant, **said)


def payee_asked(district: District) -> Path:
    """The grantee asks for another account; the applicant has filed the document."""
    path = with_grant_active(district)
    new_payee(path, "applicant")
    return path


def payee_filed_by_finance(district: District) -> Path:
    """The same, with a document that the finance approver has filed."""
    path = with_grant_active(district)
    new_payee(path, "finance_approver")
    return path


def payee_of_a_manager(district: District) -> Path:
    """The same where the manager of the grant is somebody who holds finance's role too."""
    path = with_agreement_signed(district)
    hats = (Held("fund_manager", DISTRICT), Held("finance_approver", DISTRICT))
    district.person("manager", *hats)
    path.pair("manager", "finance_approver", "grants", "activate", path.grant)
    new_payee(path, "applicant")
    return path


def order_drafted(district: District) -> Path:
    """A manager has drafted an order."""
    path = with_fund(district)
    draft(path, 1_000, who="fund_manager")
    return path


def order_accepted(district: District) -> Path:
    path = with_fund(district)
    order = draft(path, 1_000)
    approve(path, order)
    sign(path, order)
    accept(path, order, 1_000)
    return path


def order_sent(district: District) -> Path:
    path = order_accepted(district)
    send_order(path, district.only("orders"))
    return path


def raised(district: District) -> Path:
    """A finding that the cashier answers for."""
    path = with_fund(district)
    said = {"severity": "minor", "owner": "person:cashier", "statement": "未及时入账"}
    path.tell("oversight_officer", "findings", "raise", subject=f"fund:{path.fund}", **said)
    return path


def answered(district: District) -> Path:
    path = raised(district)
    path.tell("cashier", "findings", "respond", district.only("findings"), reply="已补记")
    return path


def lent(district: District) -> Path:
    """The cashier's role is lent to a deputy for three days, the second of which it is."""
    path = order_accepted(district)
    district.person("deputy")
    starts = district.today + timedelta(days=1)
    said: dict[str, Any] = {
        "starts": starts,
        "until": starts + timedelta(days=1),
        "place": DISTRICT,
    }
    path.tell(
        "leader", "delegations", "grant", role="cashier", holder="person:cashier",
        to_person="person:deputy", **said,
    )  # fmt: skip
    return path


def lent_and_running(district: District) -> Path:
    path = lent(district)
    district.wait(days=1)
    return path


def lent_and_over(district: District) -> Path:
    path = lent(district)
    district.wait(days=4)
    return path
