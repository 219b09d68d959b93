"""Written rules in versions, and decisions that cite the version in force."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from application.principals import Grounds, Held
from tests.application.refusing import refused, rules
from tests.district import DISTRICT, District
from tests.ordered import draft
from tests.played import Path, with_fund
from tests.played_to_end import found

NAME = "资金管理办法"


def version(edition: str, starts: date, **said: Any) -> dict[str, Any]:
    """A version of the policy of these tests."""
    return {
        "name": NAME, "edition": edition, "place": DISTRICT, "starts": starts,
        "document": "南民发〔2026〕3号", "sha256": "ab" * 32, **said,
    }  # fmt: skip


def publish(path: Path, edition: str, starts: date, **said: Any) -> str:
    """Publishes a version with two hands; its id."""
    before = set(path.district.all("policies"))
    wanted = version(edition, starts, **said)
    path.pair("district_officer", "leader", "policies", "publish", **wanted)
    (new,) = set(path.district.all("policies")) - before
    return new


def citing(edition: str, **said: Any) -> Grounds:
    return Grounds(authority_ref=f"policy:{NAME}@{edition}", **said)


def cancel(path: Path, grounds: Grounds) -> str:
    """Cancels an order on these grounds; the stage it is in then."""
    order, said = draft(path, 1_000), {"reason": "不需要", "grounds": grounds}
    path.tell("finance_approver", "orders", "cancel", order, **said)
    return str(found(path, f"order:{order}").stage)


def refused_to_cite(path: Path, edition: str, **said: Any) -> list[str]:
    order = draft(path, 1_000)
    grounds = citing(edition, **said)
    return rules(
        refused(
            path.district, "finance_approver", "orders", "cancel", order, reason="不需要",
            grounds=grounds,
        )
    )  # fmt: skip


def test_a_new_version_ends_the_one_in_force_on_the_day_before_it_takes_effect(
    district: District,
) -> None:
    path = with_fund(district)
    old = publish(path, "2025", date(2025, 1, 1))
    elsewhere = publish(path, "2025", date(2025, 1, 1), place="220102006")
    new = publish(path, "2026", date(2026, 4, 1))
    before, after = found(path, f"policy:{old}"), found(path, f"policy:{new}")
    assert (before.stage, before.until) == ("superseded", date(2026, 3, 31))
    assert (after.stage, after.until) == ("in_force", None)
    assert found(path, f"policy:{elsewhere}").stage == "in_force"


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (version("2025", date(2026, 5, 1)), "Y1.edition"),
        (version("2026", date(2025, 1, 1)), "Y1.starts"),
        (version("2026", date(2026, 1, 1), sha256="AB" * 32), "Y1.hash"),
        (version("2026@1", date(2026, 1, 1)), "Y1.name"),
    ],
)
def test_a_version_is_published_by_the_rules_only(
    district: District, said: dict[str, Any], rule: str
) -> None:
    path = with_fund(district)
    publish(path, "2025", date(2025, 1, 1))
    assert rules(refused(district, "district_officer", "policies", "publish", **said)) == [rule]
    assert publish(path, "2026", date(2025, 1, 2))


def test_a_policy_that_nothing_replaces_does_not_end_before_today(district: District) -> None:
    path = with_fund(district)
    policy = publish(path, "2025", date(2025, 1, 1))
    telling = ("policies", "supersede", policy)
    yesterday = district.today - timedelta(days=1)
    assert rules(refused(district, "district_officer", *telling, until=yesterday)) == ["Y2.until"]
    path.pair("district_officer", "leader", *telling, until=district.today)
    assert cancel(path, citing("2025")) == "cancelled"
    district.wait(days=1)
    assert refused_to_cite(path, "2025") == ["envelope.policy"]


def test_a_decision_cites_the_version_that_is_in_force_on_its_day(district: District) -> None:
    path = with_fund(district)
    publish(path, "2025", date(2025, 1, 1))
    publish(path, "2026", date(2026, 3, 4))
    assert cancel(path, citing("2025")) == "cancelled"
    assert refused_to_cite(path, "2026") == ["envelope.policy"]

    district.wait(days=2)

    assert cancel(path, citing("2026")) == "cancelled"
    assert refused_to_cite(path, "2025") == ["envelope.policy"]


def test_a_decision_that_took_effect_earlier_cites_what_was_in_force_then(
    district: District,
) -> None:
    path = with_fund(district)
    publish(path, "2025", date(2025, 1, 1))
    publish(path, "2026", date(2026, 3, 4))
    order, earlier = draft(path, 1_000), district.system.clock.now() + timedelta(hours=1)
    district.wait(days=2)
    cancel = ("finance_approver", "orders", "cancel", order)
    wrong: dict[str, Any] = {"grounds": citing("2026", effective_at=earlier), "reason": "不需要"}
    assert rules(refused(district, *cancel, **wrong)) == ["envelope.policy"]
    path.tell(*cancel, grounds=citing("2025", effective_at=earlier), reason="不需要")


@pytest.mark.parametrize("cited", ["policy:", f"policy:{NAME}", "policy:别的办法@2025"])
def test_a_policy_that_there_is_not_is_not_cited(district: District, cited: str) -> None:
    path = with_fund(district)
    publish(path, "2025", date(2025, 1, 1))
    order = draft(path, 1_000)
    said: dict[str, Any] = {"reason": "不需要", "grounds": Grounds(authority_ref=cited)}
    cancel = ("finance_approver", "orders", "cancel", order)
    assert rules(refused(district, *cancel, **said)) == ["envelope.policy"]
    said["grounds"] = Grounds(authority_ref="南民发〔2026〕9号")
    path.tell(*cancel, **said)


def test_the_policy_of_another_place_is_not_cited(district: District) -> None:
    path = with_fund(district)
    publish(path, "2025", date(2025, 1, 1), place="220102006")
    district.person("officer elsewhere", Held("district_officer", "220103"))
    district.person("leader elsewhere", Held("leader", "220103"))
    theirs = version("2026", date(2025, 1, 1), place="220103", name="别区办法")
    path.pair("officer elsewhere", "leader elsewhere", "policies", "publish", **theirs)
    order = draft(path, 1_000)
    said: dict[str, Any] = {"reason": "不需要"}
    said["grounds"] = Grounds(authority_ref="policy:别区办法@2026")
    cancel = ("finance_approver", "orders", "cancel", order)
    assert rules(refused(district, *cancel, **said)) == ["envelope.policy"]
    path.tell(*cancel, **{**said, "grounds": citing("2025")})


def test_what_was_prepared_under_a_version_is_not_approved_when_that_has_ended(
    district: District,
) -> None:
    path = with_fund(district)
    publish(path, "2025", date(2025, 1, 1))
    publish(path, "2026", date(2026, 3, 4))
    first, second = draft(path, 1_000), draft(path, 1_000)
    prepared = [
        district.tell("fund_manager", "orders", "approve", order, grounds=citing("2025")).id
        for order in (first, second)
    ]
    path.tell("finance_approver", "approvals", "approve", prepared[0])
    district.wait(days=2)
    approve = ("finance_approver", "approvals", "approve", prepared[1])
    assert rules(refused(district, *approve)) == ["envelope.policy"]
    assert found(path, f"order:{first}").stage == "approved"
