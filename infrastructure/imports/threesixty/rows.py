"""One row of a file before it is understood: what it said, as JSON can keep it, and its grant."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from infrastructure.imports.threesixty.faults import RowFaults, quoted
from infrastructure.imports.threesixty.values import MOST, is_clean

LONGEST_SOURCE_BYTES = 48 * 1024
"""A record of the chronicle has at most 60 KiB, and the row must stand in it beside the rest."""

DEEPEST = 32


class RepeatedKeys(dict[str, Any]):
    """A JSON object in which a key stands twice; the last one won."""

    repeated: str = ""


@dataclass(frozen=True)
class Remark:
    """A fault that the form of the file shows before the row is understood."""

    path: str
    rule: str
    details: Mapping[str, object]


@dataclass(frozen=True)
class RawRow:
    """A row as its format gives it: `grant` in the shape of 360Giving's JSON."""

    number: int
    content: object
    grant: object
    names: Mapping[str, str] = field(default_factory=dict)
    """The header of the column of each path, where the file is a sheet."""
    remarks: tuple[Remark, ...] = ()


def kept_source(content: object, faults: RowFaults) -> object:
    """The row exactly as the file had it, as JSON: what JSON cannot keep becomes a fault.

    A number that binary fractions would change is kept as the text of its digits.
    """
    source = _kept(content, "", DEEPEST, faults)
    text = json.dumps(source, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # The record holds this text inside a text, in which every quote takes two bytes.
    size = len(json.dumps(text, ensure_ascii=False).encode(errors="surrogatepass"))
    if size > LONGEST_SOURCE_BYTES:
        faults.add("row", "row_too_large", size=size, limit=LONGEST_SOURCE_BYTES)
    return source


def _kept(value: object, path: str, depth: int, faults: RowFaults) -> object:
    if isinstance(value, str):
        if not is_clean(value):
            faults.add(path, "text_unclean", value=quoted(value))
        return value
    if isinstance(value, dict | list):
        return _kept_inside(value, path, depth, faults)
    if isinstance(value, int | float | Decimal):
        return _kept_number(value, path, faults)
    if isinstance(value, date | time | timedelta):
        return str(value) if isinstance(value, timedelta) else value.isoformat()
    return value


def _kept_inside(
    value: dict[str, Any] | list[Any], path: str, depth: int, faults: RowFaults
) -> object:
    if not depth:
        faults.add(path, "row_too_deep", limit=DEEPEST)
        return None
    if isinstance(value, list):
        return [
            _kept(item, _below(path, str(index)), depth - 1, faults)
            for index, item in enumerate(value)
        ]
    if isinstance(value, RepeatedKeys):
        faults.add(_below(path, value.repeated), "key_repeated", key=value.repeated)
    for key in value:
        if not is_clean(key):
            faults.add(_below(path, key), "text_unclean", value=quoted(key))
    return {key: _kept(item, _below(path, key), depth - 1, faults) for key, item in value.items()}


def _kept_number(value: int | float | Decimal, path: str, faults: RowFaults) -> object:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        faults.add(path, "amount_expected", value=quoted(value))
        return None
    if isinstance(value, int):
        return value if abs(value) <= MOST else str(value)
    # A sheet has no whole numbers, so that 36 comes out of it as 36.0.
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) <= MOST else value
    return float(exact) if Decimal(repr(float(exact))) == exact else str(exact)


def _below(path: str, part: str) -> str:
    return f"{path}/{part}" if path else part
