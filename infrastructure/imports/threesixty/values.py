"""Single values of a grant as files write them: amounts, dates, texts. Each reader raises Unfit."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, localcontext

from domain.money import exponent
from infrastructure.imports.threesixty.currencies import currencies
from infrastructure.imports.threesixty.faults import Unfit, quoted

MOST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly."""

TOLERANCE = Decimal("0.000001")
"""How far, in major units, an amount may lie from the nearest minor unit."""

PLAIN_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
LONGEST_LINE = 255
MOST_MONTHS = 1200


def amount_minor(value: object, currency: str) -> int:
    """The minor units nearest to an amount in major units, if it lies within TOLERANCE of them.

    Programs that count in binary fractions write 41133.77 as 41133.770000000004, which is taken
    for what it was; 41133.771 is nobody's rounding and is refused.
    """
    amount = _number(value)
    if amount < 0:
        raise Unfit("amount_negative", value=quoted(value))
    if amount.adjusted() > len(str(MOST)):
        raise Unfit("amount_too_large", value=quoted(value))
    with localcontext(prec=100):
        unit = Decimal(1).scaleb(-exponent(currency))
        nearest = int((amount / unit).to_integral_value())
        distance = abs(amount - nearest * unit)
    if nearest > MOST:
        raise Unfit("amount_too_large", value=quoted(value))
    # Of a unit with many digits a millionth of one can be more than the smallest part.
    if distance > min(TOLERANCE, unit / 1000):
        raise Unfit("amount_inexact", value=quoted(value), nearest=nearest * unit)
    return nearest


def currency_code(value: str) -> str:
    """The code in capitals, where it is one that amounts may be in."""
    code = value.upper()
    if code not in currencies():
        raise Unfit("currency_unknown", value=quoted(value))
    return code


def whole_months(value: object) -> int | None:
    """A duration in months; None where the file states a part of a month too."""
    try:
        months = _number(value)
    except Unfit:
        months = Decimal(-1)
    if not 0 <= months <= MOST_MONTHS:
        raise Unfit("months_unfit", value=quoted(value), limit=MOST_MONTHS)
    return int(months) if months == int(months) else None


def clean_text(value: object) -> str:
    """The text without blanks around it and with plain line breaks."""
    if not isinstance(value, str):
        raise Unfit("text_expected", value=quoted(value))
    # What converters of workbooks leave of a line break is the line break it was.
    value = value.replace("_x000D_", "\r")
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(value: object) -> str:
    """A name or an identifier: one line, not long."""
    text = clean_text(value)
    if any(character in text for character in "\n\t"):
        raise Unfit("line_expected", value=quoted(text))
    if len(text) > LONGEST_LINE:
        raise Unfit("text_too_long", size=len(text), limit=LONGEST_LINE)
    return text


def is_clean(text: str) -> bool:
    """Whether a text has no broken Unicode and no control characters but tabs and line breaks."""
    return text.isprintable() or not any(_is_unclean(character) for character in text)


def _is_unclean(character: str) -> bool:
    if character in "\t\n\r":
        return False
    return unicodedata.category(character) in ("Cc", "Cs") or character in "\ufffe\uffff"


def _number(value: object) -> Decimal:
    if isinstance(value, str) and PLAIN_DECIMAL.fullmatch(value.strip()):
        return Decimal(value.strip())
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Unfit("amount_expected", value=quoted(value))
    # The shortest writing of a binary fraction is the number that was meant by it.
    amount = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not amount.is_finite():
        raise Unfit("amount_expected", value=quoted(value))
    return amount
