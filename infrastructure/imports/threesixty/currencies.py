"""Currencies as ISO 4217 has them: which codes amounts may be in."""

from __future__ import annotations

from functools import cache

from babel.core import Locale

WITH_X = frozenset({"XAF", "XCD", "XCG", "XOF", "XPF"})
"""The codes beginning with X that are money; the others are metals, tests and units of account."""


@cache
def currencies() -> frozenset[str]:
    """Every code that an amount may be in, withdrawn ones included: history is paid in them."""
    codes = frozenset(Locale.parse("en").currencies)
    return frozenset(code for code in codes if code[0] != "X") | WITH_X
