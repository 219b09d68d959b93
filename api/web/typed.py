"""What was typed into a form: names and texts, read strictly, rows put in order."""

from __future__ import annotations

import re
from typing import Any, get_args, get_origin
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException

from api.door import LARGEST, Unreadable
from api.shapes import parts_of, plain

Typed = dict[str, list[str]]
"""What stands in the controls of a form, by their names."""

MOST_FIELDS = 4_000
MOST_ROWS = 120


async def read_form(request: Request) -> Typed:
    """The form as names and texts; raises Unreadable where it is no UTF-8."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413)
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except UnicodeDecodeError as error:
        raise Unreadable("The body is not UTF-8: byte {at} is wrong.", at=error.start) from None
    except ValueError:
        raise Unreadable("The form has too many fields.") from None
    typed: Typed = {}
    for name, text in pairs:
        typed.setdefault(name, []).append(text.replace("\r\n", "\n"))
    return typed


def first(typed: Typed, name: str) -> str:
    """What stands in a control; empty where there is nothing."""
    return typed.get(name, [""])[0]


def reference(typed: Typed, name: str) -> str:
    """The id that stands in a control; empty where it is none that there could be."""
    text = first(typed, name)
    return text if text.isprintable() and len(text) <= 200 else ""


def control_name(name: str) -> str:
    """The name of a field in a form: an amount is typed as a decimal."""
    return name.removesuffix("_minor")


def below(path: str, name: str) -> str:
    """The name of a control inside another."""
    return f"{path}.{name}" if path else name


def indices(typed: Typed, path: str) -> list[int]:
    """The numbers of the rows that a form has under a name."""
    pattern = re.compile(re.escape(path) + r"\.([0-9]{1,3})\.", re.ASCII)
    found = {int(match[1]) for name in typed if (match := pattern.match(name))}
    return sorted(index for index in found if index < MOST_ROWS)


def row_type(type_: Any) -> Any:
    """The type of the rows of a list of objects; None for every other type."""
    type_ = plain(type_)
    if get_origin(type_) is not tuple:
        return None
    inner = plain(get_args(type_)[0])
    return inner if hasattr(inner, "__dataclass_fields__") else None


def compact(type_: Any, typed: Typed, path: str = "") -> Typed:
    """The same without blank rows, those that remain numbered from nought."""
    result = dict(typed)
    for name, part in parts_of(type_).items():
        place = below(path, control_name(name))
        if row_type(part) is not None:
            result = without_blank_rows(result, place)
        elif hasattr(plain(part), "__dataclass_fields__"):
            result = compact(plain(part), result, place)
    return result


def without_blank_rows(typed: Typed, path: str) -> Typed:
    """The form with the filled rows of one list moved together."""
    kept: Typed = {n: v for n, v in typed.items() if not n.startswith(f"{path}.")}
    number = 0
    for index in indices(typed, path):
        head = f"{path}.{index}."
        row = {n.removeprefix(head): v for n, v in typed.items() if n.startswith(head)}
        if any(text.strip() for texts in row.values() for text in texts):
            kept.update({f"{path}.{number}.{name}": texts for name, texts in row.items()})
            number += 1
    return kept
