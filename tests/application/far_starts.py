"""Starts near the rows that a walk from the usual path hardly ever reaches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.application import rounds
from tests.district import DISTRICT, RULES, District
from tests.played import (
    ACCOUNT,
    CONTENT,
    Path,
    with_fund,
    with_notice_published,
    with_open_round,
    with_submitted_proposal,
)
from tests.played_in_custody import custody_fund, with_custody, with_filed_organisation
from tests.played_to_end import (
    send,
    with_first_tranche_paid,
    with_fund_spent,
    with_grant_active,
    with_grant_settled,
    with_second_tranche_paid,
)

SECRETARY, OVERSIGHT, LEADER = "round_secretary", "oversight_officer", "leader"
FINANCE, MANAGER, DISTRICTS = "finance_approver", "fund_manager", "district_officer"
MEMBERS = ["person:elder", "person:lawyer", "person:teacher"]


def a_month_later(district: District) -> Any:
    """The local day in thirty days."""
    return district.today + timedelta(days=30)


def another_fund(path: Path, year: int) -> str:
    """An open and empty fund of that year with the purposes of the path's own."""
    fund = path.tell(
        MANAGER, "funds", "propose", name="另一专项", kind="dedicated", place=DISTRICT,
        year=year, currency="CNY", purposes=["创投"], reuse=True,
    )  # fmt: skip
    path.tell(FINANCE, "funds", "open", fund)
    return fund


def with_year_over(district: District) -> Path:
    """A fund whose year is over, one of the same year, one of the next, and one still proposed."""
    path = with_fund(district)
    district.system.advance(datetime(2027, 1, 5, 4, tzinfo=UTC))
    another_fund(path, 2026)
    another_fund(path, 2027)
    path.tell(
        "administrator", "documents", "store", sha256="ab" * 32, media_type="application/pdf",
        size=9, subject=f"fund:{path.fund}",
    )  # fmt: skip
    return path


def with_fund_closing(district: District) -> Path:
    """A fund that is empty but for what closing takes out, and is being closed."""
    path = with_fund_spent(district)
    path.tell(FINANCE, "funds", "start-closing", path.fund)
    return path


def with_joint_draft(district: District) -> Path:
    """A draft with a partner who has not consented yet."""
    path = with_open_round(district, rules=rounds.MANY)
    other = rounds.partner(path, "乙社工", 2)
    path.proposal = path.tell(
        "applicant", "proposals", "draft", round=path.round, organisation=path.organisation,
        title="联合为老", partners=[other],
    )  # fmt: skip
    path.tell("applicant", "proposals", "edit", path.proposal, **CONTENT)
    return path


def with_appeals(district: District) -> Path:
    """Three proposals are ineligible: one appeal is heard, one is filed, one may still come."""
    path = with_submitted_proposal(district, rivals=3, rules=rounds.MANY)
    refused = [path.proposal, *path.rivals[:2]]
    for proposal in (*refused, path.rivals[2]):
        path.tell(SECRETARY, "proposals", "take-intake", proposal)
    for proposal in refused:
        path.pair(
            SECRETARY, "second_secretary", "proposals", "reject-intake", proposal,
            rule="eligibility", reason="不符合资格",
        )  # fmt: skip
    heard, _ = (
        path.tell("legal", "appeals", "file", decision="S8", contested=each, statement="有误")
        for each in refused[:2]
    )
    path.tell(DISTRICTS, "appeals", "admit", heard, members=MEMBERS)
    path.tell(DISTRICTS, "appeals", "hear", heard, minutes="document:1")
    return path


def with_objection_upheld(district: District) -> Path:
    """An objection to an intended award is upheld; the award stands still."""
    path = with_notice_published(district)
    district.person("neighbour")
    objection = path.tell(
        "neighbour", "objections", "file", proposal=path.proposal, statement="内容重复"
    )
    for verb in ("accept", "investigate"):
        path.tell(OVERSIGHT, "objections", verb, objection)
    path.tell(OVERSIGHT, "objections", "uphold", objection, result="属实")
    return path


def with_payment_into_custody(district: District) -> Path:
    """The bank has been told to pay the first tranche to the fiscal agent."""
    path = with_grant_active(district, organised=with_custody)
    send(path)
    return path


def with_custody_to_open(district: District) -> Path:
    """A filed organisation that has no custody account yet, and a fund to keep one in."""
    path = with_fund(district, organised=with_filed_organisation)
    custody_fund(path)
    return path


def with_third_hand_set_aside(district: District) -> Path:
    """A checked payment above the threshold, for which the third hand is set aside."""
    path = with_grant_active(district, rules={**RULES, "payment_threshold_minor": 1_000_000})
    tranche = path.tranches[0]
    path.tell("applicant", "tranches", "request", tranche, account=ACCOUNT, invoice_no="I1")
    path.tell(MANAGER, "tranches", "check", tranche)
    path.pair(
        LEADER, OVERSIGHT, "overrides", "use", rule="T4.third_hand",
        subject=f"tranche:{tranche}", reason="特殊情况",
    )  # fmt: skip
    return path


def with_end_proposed(district: District) -> Path:
    """The end of a grant is proposed, and its days for being heard are over."""
    path = with_first_tranche_paid(district)
    path.tell(LEADER, "grants", "propose-termination", path.grant, cause="无法实施")
    district.wait(days=20)
    return path


def with_final_never_sent(district: District) -> Path:
    """Everything is paid; the final report has not come for so long that others may close."""
    path = with_second_tranche_paid(district)
    district.wait(days=260)
    return path


def with_closed_by_force(district: District) -> Path:
    """The grant was closed without its grantee, and what it owes is ordered back."""
    path = with_final_never_sent(district)
    path.pair(
        FINANCE, LEADER, "grants", "close-unilaterally", path.grant, basis="逾期未报",
        repay_by=a_month_later(district),
    )  # fmt: skip
    return path


def with_claim(district: District) -> Path:
    """What a settled grant owes is ordered back; a document shows what was tried."""
    path = with_grant_settled(district)
    path.pair(
        FINANCE, LEADER, "clawbacks", "order", grant=path.grant, basis="结算决定",
        due=a_month_later(district),
    )  # fmt: skip
    claim = district.only("clawbacks", grant=path.grant)
    path.tell(
        "administrator", "documents", "store", sha256="ef" * 32, media_type="application/pdf",
        size=9, subject=f"clawback:{claim}",
    )  # fmt: skip
    return path


FAR_STARTS = {
    "year over": with_year_over,
    "closing": with_fund_closing,
    "joint": with_joint_draft,
    "appeals": with_appeals,
    "upheld": with_objection_upheld,
    "sent": with_payment_into_custody,
    "filed": with_custody_to_open,
    "set aside": with_third_hand_set_aside,
    "terminating": with_end_proposed,
    "overdue": with_final_never_sent,
    "forced": with_closed_by_force,
    "claimed": with_claim,
}
"""Where walks start beside the path."""
