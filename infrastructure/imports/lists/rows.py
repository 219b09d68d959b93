"""The rows of a funder's own list, as its file has them: .csv, .json or .jsonl."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from infrastructure.imports.lists.mapping import Document
from infrastructure.imports.threesixty.documents import decoded, text_of
from infrastructure.imports.threesixty.faults import (
    UnreadableFile,
    quoted,
    unreadable,
    unreadable_at,
)
from infrastructure.imports.threesixty.sheets import column_letters


@dataclass(frozen=True)
class ListRow:
    """A row and its number: the line of a sheet (the header is 1), or the place in a JSON list."""

    number: int
    says: object
    cells: int = 0
    """How many cells a sheet has in this row where that is more than its header has."""


def csv_rows(data: bytes, mapping: Document) -> list[ListRow]:
    """The rows of a CSV below its header; rows without any content are left out."""
    text = io.StringIO(text_of(data), newline="")
    # With strict reading a quote that is never closed is an error and not the rest of the file.
    lines = csv.reader(text, delimiter=mapping.rows.delimiter, strict=True)
    try:
        header, *rows = lines
    except ValueError:
        raise unreadable("file_empty") from None
    except csv.Error as broken:
        raise unreadable("csv_broken", line=lines.line_num, reason=broken) from None
    keys = keys_of(header)
    return [
        ListRow(
            number,
            dict(zip(keys, (*cells, *[""] * (len(keys) - len(cells))), strict=False)),
            len(cells) if any(cells[len(keys) :]) else 0,
        )
        for number, cells in enumerate(rows, start=2)
        if any(cells)
    ]


def keys_of(header: Sequence[str]) -> list[str]:
    """The names of the columns; one without a name is called by its letter: (column A)."""
    for name, count in Counter(header).items():
        if name and count > 1:
            raise unreadable_at(1, "header_repeated", value=quoted(name))
    return [name or f"(column {column_letters(at)})" for at, name in enumerate(header)]


def json_rows(data: bytes, mapping: Document) -> list[ListRow]:
    """The items of the list that the mapping points at."""
    found = decoded(text_of(data))
    path = mapping.rows.path
    for key in path.split("/") if path else ():
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, list):
        raise unreadable("no_list", "rows.path", path=path or "/")
    return numbered(found)


def jsonl_rows(data: bytes, mapping: Document) -> list[ListRow]:
    """One object a line; empty lines are left out, and each row has the number of its line."""
    return list(jsonl_lines(text_of(data)))


def jsonl_lines(text: str) -> Iterator[ListRow]:
    """The rows of the lines."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield ListRow(number, decoded(line))
        except UnreadableFile as broken:
            reason = broken.faults[0].message_en
            raise unreadable_at(
                number, "json_broken", line=number, column=1, reason=reason
            ) from None


def numbered(items: Sequence[Any]) -> list[ListRow]:
    """The items of a list, counted from 1."""
    return [ListRow(number, item) for number, item in enumerate(items, start=1)]


READERS: dict[str, Callable[[bytes, Document], list[ListRow]]] = {
    ".csv": csv_rows,
    ".json": json_rows,
    ".jsonl": jsonl_rows,
}
