"""Reads the JSON form of 360Giving into rows; no number passes through binary fractions."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Any

from infrastructure.imports.threesixty.faults import UnreadableFile, unreadable
from infrastructure.imports.threesixty.rows import RawRow, RepeatedKeys

NOT_A_NUMBER = Decimal("NaN")
LONGEST_WHOLE_NUMBER = 20


def document_rows(data: bytes) -> list[RawRow]:
    """The grants of a JSON file; UnreadableFile where it has none that could be read."""
    document = decoded(text_of(data))
    grants = document.get("grants") if isinstance(document, dict) else None
    if not isinstance(grants, list):
        raise unreadable("no_grants_list", "grants")
    if isinstance(document, RepeatedKeys):
        raise unreadable("key_repeated", document.repeated, key=document.repeated)
    return [RawRow(number, grant, grant) for number, grant in enumerate(grants, start=1)]


def text_of(data: bytes) -> str:
    """The file's text: UTF-8, with or without the mark at its start."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = data.count(b"\n", 0, broken.start) + 1
        raise unreadable("not_utf8", line=line) from None


def decoded(text: str) -> Any:
    """What the JSON says; UnreadableFile where it is broken."""
    try:
        return json.loads(
            text,
            parse_float=_exact,
            parse_int=_whole,
            parse_constant=lambda name: NOT_A_NUMBER,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as broken:
        raise _broken(broken) from None
    except RecursionError:
        raise unreadable("json_too_deep") from None


def _broken(error: json.JSONDecodeError) -> UnreadableFile:
    return unreadable("json_broken", line=error.lineno, column=error.colno, reason=error.msg)


def _exact(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:
        # The exponent is beyond what even exact numbers can have.
        return NOT_A_NUMBER


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= LONGEST_WHOLE_NUMBER else _exact(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled = RepeatedKeys(found)
    doubled.repeated = Counter(key for key, _ in pairs).most_common(1)[0][0]
    return doubled
