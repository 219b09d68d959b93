"""Money: whole minor units and a currency, written and read exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.values import MOST

NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
NO_DIGITS_AND_WITHDRAWN = "ADP BEF BYR ESP GRD ITL LUF MGF PTE ROL TPE TRL"
THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
FOUR_DIGITS = "CLF UYW"

EXPONENTS = {
    **dict.fromkeys(NO_DIGITS.split(), 0),
    **dict.fromkeys(NO_DIGITS_AND_WITHDRAWN.split(), 0),
    **dict.fromkeys(THREE_DIGITS.split(), 3),
    **dict.fromkeys(FOUR_DIGITS.split(), 4),
}
"""Digits after the point (ISO 4217) where they are not two."""

UNIT = re.compile(r"([A-Z][A-Z0-9]{0,9}):([0-9]|1[0-2])", re.ASCII)
"""A unit that is no currency of ISO 4217, with its digits in its code: "OP:3"."""

HOME_CURRENCY = "CNY"
"""The currency of amounts that nothing else says the currency of."""

DECIMAL = re.compile(r"([0-9]{1,16})(?:\.([0-9]{1,4}))?", re.ASCII)


def exponent(currency: str) -> int:
    """How many digits the currency, or the unit, has after the point."""
    if match := UNIT.fullmatch(currency):
        return int(match[2])
    return EXPONENTS.get(currency, 2)


def unit(name: str, digits: int) -> str:
    """The code of a unit of account that is no currency of ISO 4217, such as a token.

    The digits are part of the code, so that whoever reads an amount can write it without asking,
    and amounts that were kept with other digits are never added to it. Raises ValueError where
    the name is not one to ten capital letters and digits, or the digits are not 0 to 12.
    """
    code = f"{name}:{digits}"
    if UNIT.fullmatch(code) is None:
        raise ValueError(code)
    return code


def written(minor: int, currency: str) -> str:
    """The amount as a decimal: 8500000 fen are "85000.00"."""
    digits = exponent(currency)
    sign, whole = ("-", -minor) if minor < 0 else ("", minor)
    if not digits:
        return f"{sign}{whole}"
    return f"{sign}{whole // 10**digits}.{whole % 10**digits:0{digits}d}"


def read(text: str, currency: str) -> int:
    """The minor units that a decimal such as "85000.00" stands for.

    Raises ValueError where the text is no plain decimal, has more digits after the point than the
    currency has, or is too large to be kept exactly.
    """
    match = DECIMAL.fullmatch(text)
    digits = exponent(currency)
    if match is None or len(match[2] or "") > digits:
        raise ValueError(text)
    minor = int(match[1] + (match[2] or "").ljust(digits, "0"))
    if minor > MOST:
        raise ValueError(text)
    return minor


def shares(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """The total divided by weights so that the parts sum to it exactly, by largest remainder."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def percent_of(minor: int, percent: int) -> int:
    """A percentage of an amount, rounded down to the minor unit."""
    return minor * percent // 100


def percent_half_up(minor: int, percent: int) -> int:
    """A percentage of an amount, rounded half up to the minor unit."""
    return (minor * percent + 50) // 100
