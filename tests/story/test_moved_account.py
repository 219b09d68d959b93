"""Stories of a grantee that moves its account while it is paid, and of who lets money follow."""

from __future__ import annotations

from application.principals import Held
from tests.application.verdicts import verdict
from tests.district import DISTRICT, District
from tests.played import ACCOUNT, Path
from tests.played_to_end import approve, found, send, with_grant_active
from tests.story.test_upgraded_grantee import NEW, filed, refused, told


def move_account(path: Path, to: str) -> None:
    """The registered grantee changes its account: one officer verifies, another approves."""
    proof = filed(path, "applicant", f"organisation:{path.organisation}")
    told(path, "legal", "request-change", change="account", new_ref=to, document=proof)
    path.pair(
        "district_officer", "subdistrict", "organisations", "approve-change", path.organisation
    )


def with_officers(district: District) -> Path:
    """A grant that runs, of a registered organisation with an agreement on its new account."""
    path = with_grant_active(district)
    district.person("subdistrict", Held("subdistrict_officer", DISTRICT))
    return path


def test_money_waits_five_working_days_after_the_organisation_moved_its_account(
    district: District,
) -> None:
    path = with_officers(district)
    tranche = path.tranches[0]
    while str(district.today) < "2026-04-07":
        district.wait(days=1)
    # Tuesday, 7 April 2026; the fifth working day is Tuesday, the 14th.
    move_account(path, NEW)
    move_account(path, ACCOUNT)
    path.tell("applicant", "tranches", "request", tranche, account=ACCOUNT, invoice_no="I1")
    path.tell("fund_manager", "tranches", "check", tranche)
    while str(district.today) <= "2026-04-14":
        assert refused(path, "finance_approver", "approve", tranche) == ["T4.rested"]
        district.wait(days=1)
    path.tell("finance_approver", "tranches", "approve", tranche)
    path.tell("cashier", "tranches", "send", tranche, batch="1", bank_ref="R1")


def test_a_proof_that_the_manager_files_after_the_change_is_as_good_as_waiting(
    district: District,
) -> None:
    path = with_officers(district)
    tranche, grant = path.tranches[0], f"grant:{path.grant}"
    before = filed(path, "fund_manager", grant)
    district.wait(hours=1)
    move_account(path, NEW)
    move_account(path, ACCOUNT)
    path.tell("applicant", "tranches", "request", tranche, account=ACCOUNT, invoice_no="I1")
    path.tell("fund_manager", "tranches", "check", tranche)
    district.wait(hours=1)
    approving = ("finance_approver", "approve", tranche)
    assert refused(path, *approving, document=before) == ["T4.rested"]
    assert refused(path, *approving, document=filed(path, "applicant", grant)) == ["T4.rested"]
    path.tell(
        "finance_approver", "tranches", "approve", tranche,
        document=filed(path, "fund_manager", grant),
    )  # fmt: skip


def test_an_account_that_moves_after_the_approval_stops_the_payment(district: District) -> None:
    path = with_officers(district)
    move_account(path, NEW)
    tranche = approve(path)
    district.wait(hours=1)
    move_account(path, ACCOUNT)
    send_it = {"batch": "1", "bank_ref": "R1"}
    assert refused(path, "cashier", "send", tranche, **send_it) == ["T5.rested"]
    path.tell("finance_approver", "tranches", "return-request", tranche, reason="账户已变更")
    path.tell("applicant", "tranches", "request", tranche, account=ACCOUNT, invoice_no="I2")
    path.tell("fund_manager", "tranches", "check", tranche)
    assert refused(path, "finance_approver", "approve", tranche) == ["T4.rested"]
    district.wait(days=14)
    path.tell("finance_approver", "tranches", "approve", tranche)
    path.tell("cashier", "tranches", "send", tranche, **send_it)


def test_a_change_to_an_account_that_the_agreement_does_not_name_stops_nothing(
    district: District,
) -> None:
    path = with_officers(district)
    move_account(path, NEW)
    send(path)
    assert found(path, f"tranche:{path.tranches[0]}").account == ACCOUNT


def test_whoever_verified_an_account_does_not_let_money_follow_it(district: District) -> None:
    path = with_officers(district)
    both = (Held("district_officer", DISTRICT), Held("finance_approver", DISTRICT))
    district.person("both", *both)
    proof = filed(path, "applicant", f"organisation:{path.organisation}")
    told(path, "legal", "request-change", change="account", new_ref=NEW, document=proof)
    path.pair("both", "subdistrict", "organisations", "approve-change", path.organisation)
    letter = filed(path, "applicant", f"grant:{path.grant}")
    change = {"account": NEW, "document": letter, "reason": "换开户行"}
    waiting = path.tell("legal", "grants", "change-payee", path.grant, **change)
    assert verdict(path, "both", "approvals", "approve", waiting) == ["G31.verified"]
    assert verdict(path, "finance_approver", "approvals", "approve", waiting) == []
    amendment = path.tell(
        "legal", "amendments", "request", grant=path.grant, account=NEW, reason="换开户行"
    )
    waiting = path.tell("fund_manager", "amendments", "approve", amendment)
    assert verdict(path, "both", "approvals", "approve", waiting) == ["M2.verified"]
    assert verdict(path, "finance_approver", "approvals", "approve", waiting) == []


def test_whoever_verified_an_account_tries_no_returned_payment_to_it_again(
    district: District,
) -> None:
    path = with_officers(district)
    tranche = send(path)
    path.tell("reconciler", "tranches", "record-bank-return", tranche, code="R01")
    for name in ("both", "third approver"):
        roles = (
            ("district_officer", "finance_approver") if name == "both" else ("finance_approver",)
        )
        district.person(name, *(Held(role, DISTRICT) for role in roles))
    move_account(path, NEW)
    proof = filed(path, "applicant", f"organisation:{path.organisation}")
    told(path, "legal", "request-change", change="account", new_ref=ACCOUNT, document=proof)
    path.pair("subdistrict", "both", "organisations", "approve-change", path.organisation)
    district.wait(days=14)
    retry = ("tranches", "retry", tranche)
    assert verdict(path, "both", *retry, account=ACCOUNT) == ["T7c.payee"]
    assert verdict(path, "third approver", *retry, account=ACCOUNT) == []
