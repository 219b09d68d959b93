"""What is asked before an expert is paid: reviews that are locked, one person, one payment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from application.principals import Held
from tests.application.refusing import refused, rules
from tests.application.test_guards_of_draws import with_invitation
from tests.application.verdicts import verdict
from tests.district import DISTRICT, District
from tests.played import Path
from tests.played_to_end import with_grant_active

FEE: dict[str, Any] = {"each_minor": 30_000, "account": "account:9", "line": "organiser"}


def test_a_fee_is_paid_once_for_reviews_that_the_expert_has_locked(
    standing: Callable[..., Path],
) -> None:
    path = standing(with_grant_active)
    review = path.district.all("reviews")[0]
    who = "fund_manager"
    assert verdict(path, who, "orders", "draft-fee", reviews=[review], **FEE) == []
    twice = [review, review]
    assert verdict(path, who, "orders", "draft-fee", reviews=twice, **FEE) == ["Q1a.one"]
    line: dict[str, Any] = {**FEE, "line": "evaluation"}
    assert verdict(path, who, "orders", "draft-fee", reviews=[review], **line) == ["Q1a.line"]
    path.district.pretender("reviewer", Held("round_secretary", DISTRICT))
    assert verdict(path, "reviewer", "orders", "draft-fee", reviews=[review], **FEE) == [
        "Q1a.hands"
    ]


def test_no_fee_is_drafted_for_a_review_that_is_not_locked(standing: Callable[..., Path]) -> None:
    path = standing(with_invitation)
    review = path.district.only("reviews")
    said: dict[str, Any] = {"reviews": [review], **FEE}
    assert verdict(path, "fund_manager", "orders", "draft-fee", **said) == ["Q1a.locked"]


def test_a_fee_that_was_given_up_may_be_drafted_again_and_no_other(district: District) -> None:
    path = with_grant_active(district)
    said: dict[str, Any] = {"reviews": [district.all("reviews")[0]], **FEE}
    order = district.tell("fund_manager", "orders", "draft-fee", **said).id
    assert rules(refused(district, "round_secretary", "orders", "draft-fee", **said)) == [
        "Q1a.paid"
    ]
    path.tell("finance_approver", "orders", "cancel", order, reason="账号有误")
    district.tell("round_secretary", "orders", "draft-fee", **said)
