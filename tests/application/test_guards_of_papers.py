"""The rules of organisations, documents and approvals, each with the sentence that refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.application.cases import Case, Fields, Step, says
from tests.application.refusing import check_refused, refused, refused_blank, rules
from tests.district import DISTRICT, District, uscc
from tests.played import Path, with_fund

FILE: dict[str, Any] = {"sha256": "0" * 64, "media_type": "application/pdf", "size": 1}


def file(**changes: Any) -> Fields:
    return lambda path: {**FILE, "subject": f"fund:{path.fund}", **changes}


PAPERS = [
    Case(with_fund, "district_officer", "organisations/import", "O9.unique",
         "An organisation with this credit code is recorded already.",
         says(name="同名", uscc=uscc(1), place=DISTRICT, leader="person:x", account="account:1")),
    Case(with_fund, "cashier", "documents/store", "Y5.hash",
         "A document is named by its SHA-256.", file(sha256="F" * 64)),
    Case(with_fund, "cashier", "documents/store", "Y5.size",
         "A document has between 1 and 20971520 bytes.", file(size=0)),
]  # fmt: skip


@pytest.mark.parametrize("case", PAPERS, ids=lambda case: case.rule)
def test_a_rule_refuses_with_its_sentence(standing: Callable[[Step], Path], case: Case) -> None:
    check_refused(standing(case.step), case)


@pytest.mark.parametrize("code", ["", "5222010200000000", "91110000600037341L", uscc(3)[:-1] + "?"])
def test_a_code_that_is_no_credit_code_of_an_organisation_is_refused(
    standing: Callable[[Step], Path], code: str
) -> None:
    path = standing(with_fund)
    said = {"name": "新", "place": DISTRICT, "leader": "person:x", "account": "account:1"}
    refusal = refused(
        path.district, "district_officer", "organisations", "import", uscc=code or "无", **said
    )
    assert rules(refusal) == ["O9.uscc"]


def test_a_file_of_another_kind_is_refused(standing: Callable[[Step], Path]) -> None:
    path = standing(with_fund)
    said = file(media_type="application/x-msdownload")(path)
    assert rules(refused(path.district, "cashier", "documents", "store", **said)) == ["Y5.type"]


def test_an_approval_is_not_expired_before_its_time(district: District) -> None:
    path = with_fund(district)
    cut = {"doc_no": "2", "amount_minor": 1}
    path.tell("fund_manager", "funds", "amend-appropriation", path.fund, **cut)
    waiting = district.only("approvals", stage="prepared")
    refusal = refused_blank(district, "cashier", "approval", "expire", waiting)
    assert rules(refusal) == ["W5.due"]
