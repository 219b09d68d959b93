"""From JSON values to commands: limits are checked, and every fault is named with its place."""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from api.door import escaped, faults
from application.principals import NONE, Grounds
from domain import money
from domain.errors import Invalid, Reason

YEARS = range(1900, 2200)
"""The years in which a day or a moment may lie."""


def adapter(type_: Any) -> TypeAdapter[Any]:
    """What checks values against a command's type; made once for each type."""
    if type_ not in ADAPTERS:
        ADAPTERS[type_] = TypeAdapter(type_)
    return ADAPTERS[type_]


ADAPTERS: dict[Any, TypeAdapter[Any]] = {}
PARTS: dict[Any, dict[str, Any]] = {}


def parts_of(type_: Any) -> dict[str, Any]:
    """The fields of a dataclass with their types."""
    if type_ not in PARTS:
        hints = get_type_hints(type_, include_extras=True)
        PARTS[type_] = {field.name: hints[field.name] for field in fields(type_)}
    return PARTS[type_]


def has_amounts(type_: Any) -> bool:
    """Whether a command has an amount anywhere, which is read with the digits of a currency."""
    type_ = plain(type_)
    if is_dataclass(type_):
        parts = parts_of(type_)
        return any(name.endswith("_minor") or has_amounts(parts[name]) for name in parts)
    return any(has_amounts(part) for part in get_args(type_) if part is not Ellipsis)


def plain(type_: Any) -> Any:
    """The type without its limits and without None."""
    if get_origin(type_) is typing.Annotated:
        return plain(get_args(type_)[0])
    if get_origin(type_) in (Union, types.UnionType):
        rest = [part for part in get_args(type_) if part is not type(None)]
        return plain(rest[0]) if len(rest) == 1 else type_
    return type_


def shaped(value: Any, type_: Any, currency: str, pointer: str, found: list[Reason]) -> Any:
    """The value with amounts in minor units; names fields that the type does not have."""
    type_ = plain(type_)
    if is_dataclass(type_) and isinstance(value, dict):
        parts = parts_of(type_)
        return {
            name: shaped(item, parts[name], currency, f"{pointer}/{name}", found)
            for name, item in in_minor_units(value, parts, currency, pointer, found).items()
        }
    if type_ in WRITTEN and isinstance(value, str):
        return as_written(value, type_, pointer, found)
    if get_origin(type_) is tuple and isinstance(value, list):
        inner = get_args(type_)[0]
        return [
            shaped(item, inner, currency, f"{pointer}/{index}", found)
            for index, item in enumerate(value)
        ]
    return value


WRITTEN = {
    date: (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII), "date_parsing"),
    datetime: (
        re.compile(
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"
            r"([Zz]|[+-][0-9]{2}:[0-9]{2})?",
            re.ASCII,
        ),
        "datetime_parsing",
    ),
}
"""How days and moments are written; a bare number could be read as seconds since 1970."""


def as_written(text: str, type_: Any, pointer: str, found: list[Reason]) -> str:
    """The text of a day or a moment, if it is written as one."""
    form, mistake = WRITTEN[type_]
    if form.fullmatch(text):
        return text
    found.append(Reason(f"field.{mistake}", MISTAKES[mistake], {}, pointer))
    return "2026-01-01" if type_ is date else "2026-01-01T00:00:00Z"


def in_minor_units(
    value: dict[str, Any], parts: dict[str, Any], currency: str, pointer: str, found: list[Reason]
) -> dict[str, Any]:
    """The object with `amount` as `amount_minor` where the type knows only the latter."""
    currency = value.get("currency", currency) if "currency" in parts else currency
    result: dict[str, Any] = {}
    for name, item in value.items():
        place = f"{pointer}/{escaped(name)}"
        if name in parts:
            result[name] = item
        elif f"{name}_minor" not in parts:
            found.append(Reason("json.field", "There is no field of this name here.", {}, place))
        elif f"{name}_minor" in value or not isinstance(item, str):
            found.append(
                Reason("json.amount", "Give an amount once, as text or in minor units.", {}, place)
            )
        else:
            result[f"{name}_minor"] = minor_units(item, str(currency), place, found)
    return result


def minor_units(text: str, currency: str, pointer: str, found: list[Reason]) -> int:
    """The minor units that a decimal stands for."""
    try:
        return money.read(text, currency)
    except ValueError:
        found.append(
            Reason(
                "json.amount",
                '“{text}” is no amount of {currency}; write it such as "85000.00".',
                {"text": text[:40], "currency": currency[:3]},
                pointer,
            )
        )
        return 1


def read_into(type_: Any, value: Any, *, currency: str) -> Any:
    """The value as the type; raises Invalid with every fault and its place."""
    found = list(faults(value))
    if not found and not isinstance(value, dict):
        found.append(Reason("json.object", "The body is an object with the command's fields."))
    if found:
        raise Invalid(*found)
    ready = shaped(value, type_, currency, "", found)
    try:
        made = adapter(type_).validate_json(json.dumps(ready), strict=True)
    except ValidationError as error:
        made = None
        found.extend(reason_of(fault) for fault in error.errors(include_url=False))
    if made is not None:
        found.extend(out_of_time(made, ""))
    if found:
        raise Invalid(*found)
    return made


MISTAKES = {
    "missing": "This is missing.",
    "string_type": "This must be text.",
    "string_too_short": "This text is too short: {min_length} characters or more.",
    "string_too_long": "This text is too long: {max_length} characters or fewer.",
    "too_short": "This list is too short: {min_length} or more.",
    "too_long": "This list is too long: {max_length} or fewer.",
    "int_type": "This must be a whole number.",
    "bool_type": "This must be true or false.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than_equal": "This must be {le} or less.",
    "literal_error": "This must be one of: {expected}.",
    "tuple_type": "This must be a list.",
    "dataclass_type": "This must be an object with fields.",
    "date_from_datetime_parsing": "This must be a day such as 2026-03-31.",
    "date_parsing": "This must be a day such as 2026-03-31.",
    "date_type": "This must be a day such as 2026-03-31.",
    "datetime_parsing": "This must be a moment such as 2026-03-31T09:00:00+08:00.",
    "datetime_from_date_parsing": "This must be a moment such as 2026-03-31T09:00:00+08:00.",
    "datetime_type": "This must be a moment such as 2026-03-31T09:00:00+08:00.",
}
"""What is said of a value that does not fit, by the name of the mistake."""


def reason_of(fault: Any) -> Reason:
    """A mistake in a value as a reason with its place."""
    pointer = "".join(f"/{escaped(str(part))}" for part in fault["loc"])
    text = MISTAKES.get(fault["type"], "This value cannot be read.")
    return Reason(f"field.{fault['type']}", text, dict(fault.get("ctx", {})), pointer)


def out_of_time(value: Any, pointer: str) -> Iterator[Reason]:
    """Days and moments too far away, and moments without a time zone."""
    if isinstance(value, date) and value.year not in YEARS:
        yield Reason(
            "field.year", "This lies too far away: years 1900 to 2199 are kept.", {}, pointer
        )
    elif isinstance(value, datetime) and value.tzinfo is None:
        yield Reason("field.zone", "Say the time zone, such as +08:00 or Z.", {}, pointer)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from out_of_time(getattr(value, field.name), f"{pointer}/{field.name}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from out_of_time(item, f"{pointer}/{index}")


GROUNDS = tuple(field.name for field in fields(Grounds))
"""What every command may say beside its own fields: why, by what authority, since when."""


def read_command(type_: Any, value: Any, *, currency: str) -> tuple[Any, Grounds]:
    """A command and its grounds, from one object that holds the fields of both."""
    if not isinstance(value, dict):
        return read_into(type_, value, currency=currency), Grounds()
    own = parts_of(type_)
    said = {name: item for name, item in value.items() if name not in GROUNDS or name in own}
    beside = {name: item for name, item in value.items() if name in GROUNDS and name not in own}
    found: list[Reason] = []
    made, grounds = None, NONE
    try:
        made = read_into(type_, said, currency=currency)
    except Invalid as invalid:
        found.extend(invalid.reasons)
    try:
        grounds = read_into(Grounds, beside, currency=currency) if beside else NONE
    except Invalid as invalid:
        found.extend(invalid.reasons)
    if found:
        raise Invalid(*found)
    return in_utc(made), in_utc(grounds)


def in_utc(value: Any) -> Any:
    """The same with every moment in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: in_utc(getattr(value, field.name)) for field in fields(value)}
        return type(value)(**changed)
    if isinstance(value, tuple):
        return tuple(in_utc(item) for item in value)
    return value
