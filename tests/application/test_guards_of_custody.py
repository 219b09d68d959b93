"""The rules of custody accounts: each refused, and its permitted twin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from application.principals import Held
from tests.application.cases import Step
from tests.application.verdicts import verdict
from tests.district import DISTRICT, District, uscc
from tests.played import ACCOUNT, Path, with_award_confirmed, with_organisation
from tests.played_in_custody import (
    DOCUMENT,
    custody_fund,
    open_custody,
    with_custody,
    with_filed_organisation,
)
from tests.played_to_end import (
    found,
    pay,
    with_final_evaluated,
    with_first_tranche_paid,
    with_grant_active,
)

Played = Callable[[Step], Path]


def with_custody_needed(district: District) -> Path:
    """The award of a filed organisation whose agent keeps no account for it yet."""
    return with_award_confirmed(district, organised=with_filed_organisation)


def with_custody_ready(district: District) -> Path:
    return with_award_confirmed(district, organised=with_custody)


def with_money_kept(district: District) -> Path:
    return with_first_tranche_paid(district, organised=with_custody)


def with_all_kept(district: District) -> Path:
    return with_final_evaluated(district, organised=with_custody)


def opening(path: Path, fund: str, client: str = "") -> list[str]:
    said = {"client": client or path.organisation, "fund": fund, "document": DOCUMENT}
    return verdict(path, "agent", "custody-accounts", "open", **said)


def account(path: Path) -> str:
    return path.district.only("custody-accounts", organisation=path.organisation)


def of_account(path: Path, who: str, verb: str, **said: Any) -> list[str]:
    return verdict(
        path, who, "custody-accounts", verb, account(path), **{"grant": path.grant, **said}
    )


def sign(path: Path, **said: str) -> list[str]:
    terms = {"document": "d", "starts": "2026-04-10", "ends": "2026-10-31", "midterm": "2026-07-15"}
    return verdict(path, "legal", "grants", "sign-agreement", path.grant, **{**terms, **said})


def test_money_is_kept_in_an_active_fund_for_custody(district: District) -> None:
    path = with_filed_organisation(district)
    assert opening(path, custody_fund(path, "dedicated")) == ["C1.fund"]
    proposed = path.tell(
        "fund_manager", "funds", "propose", name="代管", kind="custody", place=DISTRICT, year=2026,
        currency="CNY", purposes=["代管"], reuse=False,
    )  # fmt: skip
    assert opening(path, proposed) == ["C1.fund"]
    path.tell("finance_approver", "funds", "open", proposed)
    assert opening(path, proposed) == []


def test_an_account_is_opened_once_and_a_fund_holds_what_one_agent_keeps(
    district: District,
) -> None:
    path = with_custody(district)
    fund = found(path, f"custody_account:{account(path)}").fund
    assert opening(path, fund) == ["C1.once"]
    other = path.tell(
        "district_officer", "organisations", "import", name="另一枢纽", uscc=uscc(3),
        place="220102006", leader="person:x", account="account:3",
    )  # fmt: skip
    client = path.tell(
        "district_officer", "organisations", "import-filed", name="编织坊", filing_no="备2026-2",
        place="220102006", leader="person:y", fiscal_agent=other,
    )  # fmt: skip
    district.person("agent", Held("fiscal_agent", organisation=other))
    assert opening(path, fund, client) == ["C1.fund_agent"]
    assert opening(path, custody_fund(path), client) == []


def test_only_a_filed_client_needs_custody_and_only_a_registered_agent_gives_it(
    district: District,
) -> None:
    path = with_filed_organisation(district)
    fund = custody_fund(path)
    agent = found(path, f"organisation:{path.organisation}").fiscal_agent
    registered = found(path, f"organisation:{agent}")
    assert registered.stage == "registered"
    under_filed = path.tell(
        "district_officer", "organisations", "import-filed", name="编织坊", filing_no="备2026-2",
        place="220102006", leader="person:y", fiscal_agent=path.organisation,
    )  # fmt: skip
    district.person("agent", Held("fiscal_agent", organisation=path.organisation))
    assert opening(path, fund, under_filed) == ["C1.agent"]
    assert opening(path, fund, agent) == ["found"], "a legal person has no fiscal agent"


def test_the_leader_of_the_client_does_not_sign_for_the_agent(district: District) -> None:
    path = with_filed_organisation(district)
    fund = custody_fund(path)
    agent = found(path, f"organisation:{path.organisation}").fiscal_agent
    district.person("legal", Held("fiscal_agent", organisation=agent))
    said = {"client": path.organisation, "fund": fund, "document": DOCUMENT}
    assert verdict(path, "legal", "custody-accounts", "open", **said) == ["C1.hands"]
    assert verdict(path, "agent", "custody-accounts", "open", **said) == []


def test_a_filed_organisation_signs_when_its_agent_keeps_an_account(standing: Played) -> None:
    needed, ready = standing(with_custody_needed), standing(with_custody_ready)
    assert sign(needed, account=ACCOUNT) == ["G2.custody", "G2.custody_account"]
    assert sign(ready, account="account:own") == ["G2.custody_account"]
    assert sign(ready, account=ACCOUNT) == []


def test_the_agents_account_is_in_the_currency_of_the_grant(district: District) -> None:
    path = with_custody_needed(district)
    open_custody(path, custody_fund(path, currency="GBP"))
    assert sign(path, account=ACCOUNT) == ["G2.currency"]


def test_the_payee_of_a_filed_organisation_stays_its_agent(district: District) -> None:
    path = with_grant_active(district, organised=with_custody)
    document = path.tell(
        "applicant", "documents", "store", sha256="ab" * 32, media_type="application/pdf", size=9,
        subject=f"grant:{path.grant}",
    )  # fmt: skip
    said = {"account": "account:own", "reason": "改付自己"}
    change = verdict(path, "legal", "grants", "change-payee", path.grant, document=document, **said)
    assert change == ["G31.custody_account"]
    asked = verdict(path, "legal", "amendments", "request", grant=path.grant, **said)
    assert asked == ["M1.custody_account"]
    changed = {**said, "party": path.organisation}
    asked = verdict(path, "legal", "amendments", "request", grant=path.grant, **changed)
    assert asked == ["M1.new_party", "M1.custody_account"]


def test_the_agent_pays_what_it_keeps_once_for_each_voucher(district: District) -> None:
    path = with_money_kept(district)
    said = {"payee": "文具店", "voucher": "K1"}
    assert of_account(path, "agent", "pay-out", amount_minor=4_800_001, **said) == ["C3.kept"]
    assert of_account(path, "agent", "pay-out", amount_minor=4_800_000, **said) == []
    paid = {"grant": path.grant, "amount_minor": 1, **said}
    path.pair("agent", "legal", "custody-accounts", "pay-out", account(path), **paid)
    assert of_account(path, "agent", "pay-out", amount_minor=1, **said) == ["C3.voucher"]
    assert of_account(path, "agent", "pay-out", amount_minor=1, payee="店", voucher="K2") == []
    waiting = path.tell(
        "agent", "custody-accounts", "pay-out", account(path), **{**paid, "voucher": "K3"}
    )
    assert verdict(path, "applicant", "approvals", "approve", waiting) == ["W2.who"]
    assert verdict(path, "legal", "approvals", "approve", waiting) == []


def test_what_belongs_to_cost_that_was_accepted_does_not_go_back(standing: Played) -> None:
    path = standing(with_all_kept)
    back = {"bank_ref": "BACK"}
    assert of_account(path, "agent", "return", amount_minor=3_000_001, **back) == ["C4.claim"]
    assert of_account(path, "agent", "return", amount_minor=3_000_000, **back) == []
    more = of_account(path, "agent", "return", amount_minor=8_000_001, **back)
    assert more == ["C4.kept", "C4.claim"]


def test_one_bank_line_is_one_return(district: District) -> None:
    path = with_all_kept(district)
    said = {"grant": path.grant, "amount_minor": 1, "bank_ref": "BACK"}
    path.pair("agent", "reconciler", "custody-accounts", "return", account(path), **said)
    assert of_account(path, "agent", "return", **said) == ["C4.bank_line"]
    assert of_account(path, "agent", "return", **{**said, "bank_ref": "BACK2"}) == []
    grant = found(path, f"grant:{path.grant}")
    assert (grant.refunded_minor, grant.bank_refs) == (1, ("BACK",))


def test_nobody_of_the_agent_decides_what_the_agent_owes(district: District) -> None:
    path = with_all_kept(district)
    agent = found(path, f"custody_account:{account(path)}").agent
    mine = Held("applicant", organisation=agent)
    district.person("relative", Held("finance_approver", DISTRICT), mine)
    said = {"amount_minor": 3_000_000, "reason": "不付"}
    assert of_account(path, "relative", "charge-agent", **said) == ["C5.interest"]
    assert of_account(path, "finance_approver", "charge-agent", **said) == []
    too_much = {**said, "amount_minor": 3_000_001}
    assert of_account(path, "finance_approver", "charge-agent", **too_much) == ["C5.claim"]


def another_account(path: Path) -> str:
    """An account of the same agent for another client, in which nothing was ever kept."""
    mine = found(path, f"custody_account:{account(path)}")
    client = path.tell(
        "district_officer", "organisations", "import-filed", name="编织坊", filing_no="备2026-2",
        place="220102006", leader="person:y", fiscal_agent=mine.agent,
    )  # fmt: skip
    path.pair(
        "agent", "subdistrict_officer", "custody-accounts", "open",
        client=client, fund=mine.fund, document=DOCUMENT,
    )  # fmt: skip
    return path.district.only("custody-accounts", organisation=client)


def test_an_account_closes_empty_and_when_no_grant_is_paid_to_it(district: District) -> None:
    path = with_money_kept(district)
    closing = (path, "agent", "custody-accounts", "close", account(path))
    assert verdict(*closing) == ["C7.zero", "C7.grants"]
    unused = another_account(path)
    assert verdict(path, "agent", "custody-accounts", "close", unused) == []


def test_a_registered_organisation_is_paid_without_custody(district: District) -> None:
    path = with_grant_active(district, organised=with_organisation)
    pay(path)
    assert path.district.all("custody-accounts") == []
    assert found(path, f"grant:{path.grant}").custody_account == ""
