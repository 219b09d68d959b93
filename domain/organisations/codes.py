"""Unified social credit codes: how they are typed, and which are those of social organisations."""

from __future__ import annotations

from stdnum.cn import uscc as credit_code
from stdnum.exceptions import ValidationError

from domain.errors import Reason
from domain.policies import holds

OF_CIVIL_AFFAIRS = ("51", "52", "53")
"""How codes begin that civil affairs give: associations, service bodies, foundations."""

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""The characters of a Chinese keyboard that look like those of ASCII, only wider."""


def plain_code(typed: str) -> str:
    """The code as it is stored: half-width capitals without spaces or hyphens, whatever it is."""
    return str(credit_code.compact(typed.translate(FULL_WIDTH)))


def is_credit_code(code: str) -> bool:
    """Whether the code is a unified social credit code of civil affairs (GB 32100: 51, 52, 53)."""
    try:
        return credit_code.validate(code) == code and code.startswith(OF_CIVIL_AFFAIRS)
    except ValidationError:
        return False


def has_sound_code(rule: str, code: str) -> Reason | None:
    """The credit code, however it was typed, is one of a social organisation (O8a, O9)."""
    return holds(
        f"{rule}.uscc",
        is_credit_code(plain_code(code)),
        "“{code}” is no unified social credit code of a social organisation: 18 characters "
        "that begin with 51, 52 or 53, the last of which is a check character.",
        field="/uscc",
        code=code,
    )


def is_new_code(rule: str, is_taken: bool) -> Reason | None:
    """No organisation is recorded under the code (O8a, O9)."""
    return holds(
        f"{rule}.unique",
        not is_taken,
        "An organisation with this credit code is recorded already.",
        field="/uscc",
    )
