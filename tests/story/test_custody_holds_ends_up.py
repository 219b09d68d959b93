"""Money that a fiscal agent keeps, and what may not end before it is gone."""

from __future__ import annotations

from tests.district import District
from tests.played import Path
from tests.played_in_custody import with_custody
from tests.played_to_end import found, pay, with_grant_active
from tests.story.stopped import (
    FINANCE,
    LEADER,
    MANAGER,
    RECONCILER,
    later,
    propose_termination,
    rules_of_refusal,
    stage,
    stage_of_grant,
    terminate,
)
from tests.story.test_barred_grantees import ask, confirm_end, force


def with_money_in_custody(district: District) -> Path:
    """A filed organisation whose agent keeps the first tranche."""
    path = with_grant_active(district, organised=with_custody)
    pay(path)
    return path


def give_back(path: Path) -> None:
    account = path.district.only("custody-accounts", organisation=path.organisation)
    path.pair(
        "agent", RECONCILER, "custody-accounts", "return", account,
        grant=path.grant, amount_minor=4_800_000, bank_ref="BACK1",
    )  # fmt: skip


def test_a_grant_is_not_terminated_while_its_agent_keeps_money_but_while_something_is_asked(
    district: District,
) -> None:
    path = with_money_in_custody(district)
    amendment = ask(path)
    propose_termination(path)
    said = {"repay_by": later(path)}
    refused = rules_of_refusal(path, MANAGER, "grants", "terminate", path.grant, **said)
    assert refused == {"G21a.custody"}
    give_back(path)
    terminate(path)
    assert stage(path, f"amendment:{amendment}") == "withdrawn"
    assert district.all("clawbacks") == []


def test_a_grant_is_not_closed_by_force_while_its_agent_keeps_money(district: District) -> None:
    path = with_money_in_custody(district)
    district.wait(days=400)
    assert stage_of_grant(path) == "final_due"
    said = {"basis": "逾期", "repay_by": later(path)}
    verb = (FINANCE, "grants", "close-unilaterally", path.grant)
    assert rules_of_refusal(path, *verb, **said) == {"G20.custody"}
    give_back(path)
    path.pair(FINANCE, LEADER, *verb[1:], **said)
    assert stage_of_grant(path) == "closed"


def test_no_organisation_ends_while_custody_money_is_kept_for_it_or_by_it(
    district: District,
) -> None:
    path = with_money_in_custody(district)
    client = path.organisation
    account = found(path, f"custody_account:{district.only('custody-accounts')}")
    path.organisation = account.agent
    force(path)
    end = confirm_end(path)
    assert rules_of_refusal(path, *end, asset_disposal="无") == {"O13a.custody"}
    path.organisation = client
    force(path)
    both = rules_of_refusal(path, *confirm_end(path), asset_disposal="无")
    assert both == {"O13a.custody", "O13a.grants"}
    give_back(path)
    path.tell(*end, asset_disposal="转赠")
    assert stage(path, f"organisation:{account.agent}") == "deregistered"
