"""Money: read and written exactly, and divided without losing a fen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.money import exponent, percent_of, read, shares, written
from domain.values import MOST

CURRENCIES = ("CNY", "GBP", "JPY", "KWD")
minors = st.integers(0, MOST)


@given(minors, st.sampled_from(CURRENCIES))
def test_what_was_written_is_read_back(minor: int, currency: str) -> None:
    assert read(written(minor, currency), currency) == minor


@given(minors, st.sampled_from(CURRENCIES))
def test_an_amount_below_zero_has_the_sign_and_the_same_digits(minor: int, currency: str) -> None:
    sign = "-" if minor else ""
    assert written(-minor, currency) == sign + written(minor, currency)


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (8_500_000, "CNY", "85000.00"),
        (5, "CNY", "0.05"),
        (0, "CNY", "0.00"),
        (850, "JPY", "850"),
        (1_001, "KWD", "1.001"),
    ],
)
def test_an_amount_is_written_with_the_digits_of_its_currency(
    minor: int, currency: str, text: str
) -> None:
    assert written(minor, currency) == text


@pytest.mark.parametrize(
    ("text", "currency", "minor"), [("1.5", "CNY", 150), ("7", "CNY", 700), ("7", "JPY", 7)]
)
def test_fewer_digits_after_the_point_are_enough(text: str, currency: str, minor: int) -> None:
    assert read(text, currency) == minor


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "1 ",
        "+1",
        "-1",
        "1,000.00",
        "1.",
        ".5",
        "1e3",
        "NaN",
        "Infinity",
        "0.001",
        "١٢",
        "１２",
        "1.５",
        "12元",
        "1\n",
        "9" * 16,
        "9" * 17,
    ],
)
def test_what_is_no_plain_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        read(text, "CNY")


def test_a_currency_without_a_smaller_unit_has_no_digits_after_the_point() -> None:
    with pytest.raises(ValueError, match=r"1\.0"):
        read("1.0", "JPY")


@given(minors, st.lists(st.integers(0, 100), min_size=1).filter(any))
def test_shares_add_up_to_the_whole_and_none_is_off_by_a_unit(
    total: int, weights: list[int]
) -> None:
    parts = shares(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights)


def test_the_largest_remainder_gets_what_is_left_and_the_earlier_of_equals() -> None:
    assert shares(100, [1, 1, 1]) == (34, 33, 33)
    assert shares(10, [60, 30, 10]) == (6, 3, 1)
    assert shares(1, [10, 90]) == (0, 1)


@given(minors, st.integers(0, 100))
def test_a_percentage_is_never_more_than_its_exact_value(minor: int, percent: int) -> None:
    assert 0 <= minor * percent - percent_of(minor, percent) * 100 < 100


def test_a_currency_has_two_digits_unless_it_is_known_otherwise() -> None:
    assert [exponent(currency) for currency in CURRENCIES] == [2, 2, 0, 3]
