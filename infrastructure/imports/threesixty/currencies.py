"""Currencies as ISO 4217 has them: which codes amounts may be in, and their minor units."""

from __future__ import annotations

from functools import cache

from babel.core import Locale

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
"""Digits after the point where they are not two."""

WITH_X = frozenset({"XAF", "XCD", "XCG", "XOF", "XPF"})
"""The codes beginning with X that are money; the others are metals, tests and units of account."""


def exponent(currency: str) -> int:
    """How many digits the currency has after the point."""
    return EXPONENTS.get(currency, 2)


@cache
def currencies() -> frozenset[str]:
    """Every code that an amount may be in, withdrawn ones included: history is paid in them."""
    codes = frozenset(Locale.parse("en").currencies)
    return frozenset(code for code in codes if code[0] != "X") | WITH_X
