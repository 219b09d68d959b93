"""What somebody hostile might send: values, bodies, ids, parameters and headers."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from typing import Any

NEVER = {
    "half a character": r'"\ud800"',
    "the other half": r'"a\udfffb"',
    "NUL": r'"a\u0000b"',
    "escape": r'"\u001b[31m"',
    "10 to the 30th": "1" + "0" * 30,
    "minus 10 to the 30th": "-1" + "0" * 30,
    "a fraction": "1.5",
    "an exponent": "1e2",
    "a huge exponent": "1e999",
    "NaN": "NaN",
    "infinity": "-Infinity",
    "deep": "[" * 30 + "]" * 30,
    "deep objects": '{"a":' * 30 + "1" + "}" * 30,
}
"""Values that no field takes, as they stand in JSON."""

SELDOM = {
    "null": "null",
    "true": "true",
    "nothing": '""',
    "a space": '" "',
    "a list": "[]",
    "an object": "{}",
    "a list of lists": "[[1]]",
    "a key with half a character": r'{"\ud800": 1}',
    "minus one": "-1",
    "nought": "0",
    "the largest": str(2**53 - 1),
    "one more than the largest": str(2**53),
    "Arabic digits": '"٣٤٥.٠٠"',
    "full-width digits": '"１２３４"',
    "right to left": '"\u202eabc"',
    "emoji": '"😀"',
    "braces": '"{x} %s {0.__class__}"',
    "seconds since 1970": '"1654646400"',
    "a date without a month": '"2026-13-01"',
    "the year nought": '"0000-01-01"',
    "the last year": '"9999-12-31T23:59:59Z"',
    "a moment without a zone": '"2026-01-01T00:00:00"',
    "very long": json.dumps("长" * 50_000),
}
"""Values that some fields take, and then have to be judged by the rules."""

SHARE = 1 if os.environ.get("FUNDTRAIL_HOSTILE") == "all" else 3
"""Every how many of the odd values a place is tried with; FUNDTRAIL_HOSTILE=all for every one."""


def odd_values(*where: object) -> dict[str, str]:
    """The odd values for a place: each value comes up in its share of the thousands of places."""
    first = zlib.crc32(repr(where).encode()) % SHARE
    return {name: SELDOM[name] for name in list(SELDOM)[first::SHARE]}


BODIES = {
    "nothing": b"",
    "invalid UTF-8": b'{"reason": "\xff\xfe"}',
    "half a character in UTF-8": b'{"reason": "\xed\xa0\x80"}',
    "UTF-16": '{"reason": "原因"}'.encode("utf-16"),
    "a mark of byte order": b'\xef\xbb\xbf{"reason": "x"}',
    "a key twice": b'{"reason": "a", "reason": "b"}',
    "a key twice inside": b'{"evidence": [{"document": "a", "document": "b"}]}',
    "a list": b"[]",
    "a list of things": b'[{"reason": "a"}]',
    "a text": b'"reason"',
    "a number": b"7",
    "null": b"null",
    "true": b"true",
    "NaN": b"NaN",
    "cut off": b'{"reason": "a',
    "two": b"{}{}",
    "very deep": b"[" * 200_000,
    "very deep objects": b'{"a":' * 100_000,
    "a very long number": b'{"reason": ' + b"9" * 10_000 + b"}",
    "an unknown field": b'{"__proto__": {"x": 1}}',
    "an empty name": b'{"": 1}',
}
"""Whole bodies."""

IDS = (
    "nowhere",
    "%00",
    "a%00b",
    "%FF",
    "%ED%A0%80",
    "%D9%A3",
    "%EF%BC%91",
    "%2e%2e%2f%2e%2e",
    "%27%20OR%201%3D1--",
    "%E2%80%AE",
    "%25s",
    "{id}",
    "x" * 3_000,
)
"""Ids as they stand in an address."""

TEXTS = (
    "",
    "%00",
    "%ED%A0%80",
    "%FF",
    "٣",
    "１",
    "-1",
    "1e3",
    "1.0",
    "9" * 40,
    "a,b,,",
    "x" * 3_000,
)
"""Values of parameters as they stand in an address."""

HEADERS = (
    b"",
    b"\xff",
    b"\xd9\xa3",
    b"a\x00b",
    b'"' + b"9" * 40 + b'"',
    b"*",
    b",;=q",
    b"x" * 9_000,
)
"""Values of headers."""

NAMES = (
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "Authorization",
    "Accept-Language",
    "Content-Type",
    "Cookie",
    "Accept",
)


METHODS = ("get", "post", "put", "patch", "delete")


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and description of every operation of an OpenAPI document."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method.upper(), item[method]


def places(value: Any, pointer: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place inside an example; of a list only the first item, because all are alike."""
    parts: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value[:1]))
    for key, item in parts:
        yield (*pointer, key)
        yield from places(item, (*pointer, key))


MARK = "\u2603"


def replaced(example: Any, place: tuple[str | int, ...], raw: str) -> bytes:
    """The example as JSON, with the raw text at one place."""
    copied = json.loads(json.dumps(example))
    inside = copied
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = MARK
    text = json.dumps(copied, ensure_ascii=False).replace(f'"{MARK}"', raw)
    return text.encode("utf-8", "surrogatepass")
