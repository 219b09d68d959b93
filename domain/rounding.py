"""Whole minor units of an amount that states more digits than its currency has."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor

from domain.money import exponent


def half_up(amount: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return floor(amount + Fraction(1, 2))


def exactly(amount: Fraction) -> int:
    """The number itself; ValueError where it is not whole."""
    if amount.denominator != 1:
        raise ValueError(str(amount))
    return amount.numerator


ROUNDINGS: dict[str, Callable[[Fraction], int]] = {
    "exact": exactly,
    "half-up": half_up,
    "half-even": round,
    "down": floor,
}
"""The ways in which amounts, which are never negative, become whole minor units."""


def minor_units(amount: Fraction, currency: str, rounding: str) -> int:
    """The minor units of an amount in major units.

    Raises ValueError where the rounding is "exact" and the amount has more digits than that.
    """
    return ROUNDINGS[rounding](amount * 10 ** exponent(currency))
