"""Types of stored fields, as a reader of the JSON sees them."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from domain.kernel import Event

PLAIN = {
    str: "text",
    int: "integer",
    bool: "true or false",
    datetime: "instant",
    date: "date",
}


@cache
def fields_of(structure: type) -> dict[str, Any]:
    """The stored fields of a structure by their stored names, with their types."""
    hints = get_type_hints(structure)
    if issubclass(structure, msgspec.Struct):
        hidden = {"stage"} if issubclass(structure, Event) else set()
        fields = msgspec.structs.fields(structure)
        return {f.encode_name: hints[f.name] for f in fields if f.name not in hidden}
    return {name: hint for name, hint in hints.items() if get_origin(hint) is not ClassVar}


def is_structure(hint: Any) -> bool:
    """Whether a type has fields of its own."""
    return isinstance(hint, type) and (is_dataclass(hint) or issubclass(hint, msgspec.Struct))


def written(hint: Any) -> str:
    """The type in words."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if origin is Literal:
        return "text"
    if origin is typing.Annotated:
        return written(arguments[0])
    if origin is tuple:
        return f"list of {written(arguments[0])}"
    if origin is dict:
        return f"object of {written(arguments[1])} by name"
    if origin in (Union, types.UnionType):
        parts = [written(part) for part in arguments if part is not type(None)]
        return " or ".join([*parts, "null"] if len(parts) < len(arguments) else parts)
    return f"[{hint.__name__}](#{hint.__name__.lower()})"


def choices(hint: Any) -> Iterator[str]:
    """The values that a field chooses from, where they are listed."""
    if get_origin(hint) is Literal:
        yield from (f"`{value}`" for value in get_args(hint))


def structures(roots: Iterable[type]) -> list[type]:
    """Every structure that stored fields are made of, below the given ones, by name."""
    found: dict[str, type] = {}
    for root in roots:
        for hint in fields_of(root).values():
            collect(hint, found)
    return [found[name] for name in sorted(found)]


def collect(hint: Any, found: dict[str, type]) -> None:
    """Adds the structures inside a type."""
    if is_structure(hint) and hint.__name__ not in found:
        found[hint.__name__] = hint
        for inner in fields_of(hint).values():
            collect(inner, found)
    for part in get_args(hint):
        collect(part, found)
