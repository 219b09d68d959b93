"""The door: reads what comes from outside strictly, and names every fault with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.errors import Reason
from domain.values import MOST

LARGEST = 1024 * 1024
"""The most bytes that a command's body may have."""

DEEPEST = 20
"""How deep a body may be nested."""


class Unreadable(Exception):
    """The body is no JSON that can be read exactly; one sentence says why."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text.format(**values))
        self.reason = Reason("json", text, values)


@dataclass(frozen=True, slots=True)
class Fraction:
    """A number with a point or an exponent, kept as it was written so that it can be refused."""

    written: str


def parse(body: bytes) -> Any:
    """The body as JSON values; raises Unreadable where it is not exactly one JSON text."""
    if not body.strip():
        return {}
    try:
        return json.loads(
            body.decode("utf-8"),
            parse_float=Fraction,
            parse_constant=Fraction,
            object_pairs_hook=without_repeats,
        )
    except UnicodeDecodeError as error:
        raise Unreadable("The body is not UTF-8: byte {at} is wrong.", at=error.start) from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            "The body is no JSON: line {line}, column {column}.",
            line=error.lineno,
            column=error.colno,
        ) from None
    except (RecursionError, ValueError):
        raise Unreadable("The body is nested too deeply or has too long a number.") from None


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand there once."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("A key stands twice in one object of the body.")
    return found


def faults(value: Any, pointer: str = "", depth: int = 0) -> Iterator[Reason]:
    """What cannot be kept exactly: fractions, huge numbers, text that is not plain text."""
    if depth > DEEPEST:
        yield Reason("json.depth", "This is nested too deeply.", {}, pointer)
    elif isinstance(value, Fraction):
        yield Reason(
            "json.number",
            'Write whole numbers, and amounts as text such as "85000.00".',
            {},
            pointer,
        )
    elif isinstance(value, int) and abs(value) > MOST:
        yield Reason("json.number", "This number is too large.", {}, pointer)
    elif isinstance(value, str):
        yield from unclean(value, pointer)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from faults(item, f"{pointer}/{index}", depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from unclean(key, pointer)
            yield from faults(item, f"{pointer}/{escaped(key)}", depth + 1)


def unclean(text: str, pointer: str) -> Iterator[Reason]:
    """Characters that have no place in text: halves of pairs, and control characters."""
    if any(
        "\ud800" <= c <= "\udfff" or (c < " " and c not in "\n\r\t") or c == "\x7f" for c in text
    ):
        yield Reason(
            "json.text",
            "This text has characters that cannot be kept (control characters or half characters).",
            {},
            pointer,
        )


def escaped(key: str) -> str:
    """A key as a part of a JSON pointer."""
    clean = key.encode("utf-8", "replace").decode()
    return clean.replace("~", "~0").replace("/", "~1")[:200]
