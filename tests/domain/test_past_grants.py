"""What may be recorded of a past grant after its award."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Refusal
from domain.grants import past
from domain.grants.grant import Grant
from domain.grants.outcomes import Outcome
from domain.money import exponent, unit, written
from tests.domain.test_decisions import TODAY, given, mandate, refused, standing

SAID: dict[str, Any] = {"import_id": "i", "amount_minor": None, "on": None}


def past_grant(stage: str = "historical") -> Grant:
    found: Grant = standing(Grant, stage=stage, amount_minor=100, fund="f", round="r")
    return found


def test_an_outcome_is_kept_in_its_words_and_moves_no_money() -> None:
    grant, by = past_grant(), mandate()
    day = date(2024, 3, 1)
    past.import_outcome(
        grant, import_id="i", outcome="Clawed Back", amount_minor=250, on=day, by=by
    )
    past.import_outcome(grant, outcome="milestones 6/7", by=by, **SAID)
    assert grant.outcomes == (
        Outcome(outcome="Clawed Back", amount_minor=250, on=day),
        Outcome(outcome="milestones 6/7", amount_minor=None, on=None),
    )
    assert grant.stage == "historical"
    assert grant.imported_paid_minor == 0
    assert [record.postings for record in by.records] == [(), ()]


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ({"outcome": " ", "amount_minor": 0}, ["I4.words"]),
        ({"outcome": "Sent", "amount_minor": -1}, ["I4.amount"]),
        ({"outcome": "", "amount_minor": -1}, ["I4.words", "I4.amount"]),
        ({"outcome": "Sent", "amount_minor": 0}, []),
    ],
)
def test_an_outcome_has_words_and_no_negative_amount(
    said: dict[str, Any], rules: list[str]
) -> None:
    arguments = {**SAID, **said}
    if not rules:
        past.import_outcome(past_grant(), by=mandate(), **arguments)
    else:
        assert refused(past.import_outcome, past_grant(), **arguments) == rules


@pytest.mark.parametrize("stage", ["active", "closed", "agreement_pending"])
def test_a_grant_that_lives_here_takes_no_outcome_from_a_file(stage: str) -> None:
    with pytest.raises(Refusal) as caught:
        past.import_outcome(past_grant(stage), outcome="Sent", by=mandate(), **SAID)
    assert given(caught.value.reasons)


@pytest.mark.parametrize(
    ("name", "digits", "minor", "text"),
    [("OP", 3, 111_910_811, "111910.811"), ("XMR", 2, 5, "0.05"), ("V", 0, 7, "7")],
)
def test_a_unit_carries_its_digits(name: str, digits: int, minor: int, text: str) -> None:
    code = unit(name, digits)
    assert exponent(code) == digits
    assert written(minor, code) == text


@pytest.mark.parametrize(
    ("name", "digits"), [("op", 3), ("", 3), ("OP", 13), ("OP", -1), ("A:B", 1)]
)
def test_a_unit_that_cannot_be_read_back_is_none(name: str, digits: int) -> None:
    with pytest.raises(ValueError, match=":"):
        unit(name, digits)


def test_imported_payments_stay_within_the_imported_award() -> None:
    grant = standing(Grant, stage="historical", amount_minor=100, imported_paid_minor=60, fund="f")
    said: dict[str, Any] = {"import_id": "i", "paid_on": TODAY}
    assert refused(past.import_payment, grant, amount_minor=41, **said) == ["I3.award"]
    by = mandate()
    past.import_payment(grant, amount_minor=40, by=by, **said)
    assert [p.code for record in by.records for p in record.postings] == ["P22"]
