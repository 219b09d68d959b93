"""Commands as controls: what a form shows for each field, and what its text stands for."""

from __future__ import annotations

import re
import types
import typing
import unicodedata
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any, Literal, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from api.shapes import parts_of, plain
from api.web.typed import Typed, below, control_name, first, indices, row_type
from domain.money import written

LONGEST_LINE = 200
"""Texts that may be longer than this get several lines."""

WHOLE = re.compile(r"-?[0-9]{1,25}", re.ASCII)
POINTS = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,3}))?", re.ASCII)


def kind_of(name: str, type_: Any) -> str:
    """What kind of control a field gets."""
    bare = plain(type_)
    if get_origin(bare) is Literal:
        return "choice"
    if get_origin(bare) is tuple:
        return "rows" if row_type(bare) else "list"
    if hasattr(bare, "__dataclass_fields__"):
        return "group"
    if bare is int:
        return (
            "money" if name.endswith("_minor") else "points" if name.endswith("_milli") else "int"
        )
    if bare is str:
        return "area" if longest(type_) > LONGEST_LINE else "line"
    return {bool: "flag", date: "day", datetime: "moment"}[bare]


def limits(type_: Any, limit: str) -> list[int]:
    """The limits of that name which a type states."""
    if get_origin(type_) in (Union, types.UnionType):
        return [found for part in get_args(type_) for found in limits(part, limit)]
    if get_origin(type_) is not typing.Annotated:
        return []
    inner, *stated = get_args(type_)
    own = [getattr(each, limit) for each in stated if hasattr(each, limit)]
    return own + limits(inner, limit)


def longest(type_: Any) -> int:
    """The most characters a text may have."""
    return min(limits(type_, "max_length"), default=LONGEST_LINE)


def is_needed(type_: Any, name: str) -> bool:
    """Whether a field of a command must be filled in."""
    field = next(field for field in fields(type_) if field.name == name)
    return field.default is MISSING and field.default_factory is MISSING


def read(type_: Any, typed: Typed, zone: ZoneInfo, path: str = "") -> dict[str, Any]:
    """The command as JSON values; what is blank is left out."""
    found: dict[str, Any] = {}
    for name, part in parts_of(type_).items():
        key = control_name(name)
        value = read_part(name, part, typed, zone, below(path, key))
        if value is None and kind_of(name, part) in ("rows", "list") and is_needed(type_, name):
            value = []
        if value is not None:
            found[key] = value
    return found


def read_part(name: str, type_: Any, typed: Typed, zone: ZoneInfo, path: str) -> Any:
    """What stands in the control of one field; None where it is blank."""
    kind = kind_of(name, type_)
    if kind == "group":
        return read(plain(type_), typed, zone, path)
    if kind == "rows":
        inner = row_type(type_)
        return [read(inner, typed, zone, f"{path}.{at}") for at in indices(typed, path)] or None
    if kind == "list":
        item = kind_of(name, get_args(plain(type_))[0])
        texts = [line for text in typed.get(path, []) for line in text.split("\n")]
        return [value_of(item, text, zone) for text in texts if text.strip()] or None
    if kind == "flag":
        return bool(first(typed, path))
    text = first(typed, path)
    return value_of(kind, text, zone) if text.strip() else None


def value_of(kind: str, text: str, zone: ZoneInfo) -> Any:
    """The value that a text stands for; the text itself where it stands for none."""
    if kind == "area":
        return text
    plainer = text.strip()
    if kind in ("money", "int", "points"):
        plainer = unicodedata.normalize("NFKC", plainer).replace(",", "").replace(" ", "")
    if kind == "int" and WHOLE.fullmatch(plainer):
        return int(plainer)
    if kind == "points" and (match := POINTS.fullmatch(plainer)):
        return int(match[1] + (match[2] or "").ljust(3, "0"))
    if kind == "moment":
        return zoned(plainer, zone)
    return plainer


def zoned(text: str, zone: ZoneInfo) -> str:
    """A local moment with its zone; the text itself where it is none."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=zone).isoformat()
    except (ValueError, OverflowError):
        return text


def write(
    type_: Any, values: dict[str, Any], currency: str, zone: ZoneInfo, path: str = ""
) -> Typed:
    """What stands in the controls for values that are known; the reverse of `read`."""
    typed: Typed = {}
    for name, part in parts_of(type_).items():
        value = values.get(name)
        if value is None or value == []:
            continue
        place, kind = below(path, control_name(name)), kind_of(name, part)
        if kind == "group":
            typed.update(write(plain(part), value, currency, zone, place))
        elif kind == "rows":
            for at, row in enumerate(value):
                typed.update(write(row_type(part), row, currency, zone, f"{place}.{at}"))
        elif kind == "list":
            typed[place] = [str(item) for item in value]
        else:
            typed[place] = [text_of(kind, value, currency, zone)]
    return typed


def text_of(kind: str, value: Any, currency: str, zone: ZoneInfo) -> str:
    """A value as it stands in a control."""
    if kind == "money":
        return written(int(value), currency)
    if kind == "points":
        return points(int(value))
    if kind == "flag":
        return "1" if value else ""
    if kind == "moment":
        here = datetime.fromisoformat(str(value)).astimezone(zone)
        return here.strftime("%Y-%m-%dT%H:%M")
    return str(value)


def points(milli: int) -> str:
    """Thousandths of a point as people write points: 87500 are "87.5"."""
    sign, size = ("−" if milli < 0 else ""), abs(milli)
    return f"{sign}{size // 1000}.{size % 1000:03d}".rstrip("0").rstrip(".")
