"""Writes grants in the 360Giving Data Standard: JSON, CSV or a workbook, by the file's ending.

The JSON form holds whatever the grants hold. The two sheets hold the standard's own fields, one
grant a row, headed by the titles of its spreadsheet form with the number of each item of a list
("Recipient Org:0:Identifier"); lists of texts are joined by ";". No text can run as a formula: a
workbook stores it as text, a CSV has an apostrophe before it (imports/threesixty/guard.py), which
the reader takes away again.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path

import msgspec

from infrastructure.exports.threesixty.grants import GrantFacts, Party, Payment, grant_object
from infrastructure.exports.threesixty.sheets import (
    Grant,
    UnwritableGrant,
    write_csv,
    write_workbook,
)
from infrastructure.imports.threesixty.values import is_clean

__all__ = [
    "GrantFacts",
    "Party",
    "Payment",
    "UnwritableGrant",
    "grant_object",
    "write_360giving",
]

VERSION = "1.4"

# Amounts are exact: a decimal number goes out digit by digit.
TO_JSON = msgspec.json.Encoder(decimal_format="number")


def write_360giving(
    path: str | PathLike[str],
    grants: Iterable[Grant],
    *,
    package: Mapping[str, object] | None = None,
) -> int:
    """Writes the grants, given in 360Giving's JSON shape, and tells how many they were.

    The file stands complete or not at all. `package` adds to the JSON what the standard says of a
    whole file (publisher, license, issued). Raises ValueError for another ending and for more
    than a sheet holds, and UnwritableGrant for what the form cannot hold.
    """
    target = Path(path)
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        raise ValueError(f"{target.name} must end in .json, .csv or .xlsx.")
    listed = list(grants)
    for grant in listed:
        _refuse_unwritable(grant, grant, "")
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        writer(unfinished, listed, package or {})
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return len(listed)


def _refuse_unwritable(grant: Grant, value: object, path: str) -> None:
    if isinstance(value, str) and not is_clean(value):
        raise UnwritableGrant(grant, path, "has a control character or broken Unicode in it")
    if isinstance(value, float) and not math.isfinite(value):
        raise UnwritableGrant(grant, path, "is not a number")
    if isinstance(value, Mapping):
        for key, below in value.items():
            _refuse_unwritable(grant, key, path)
            _refuse_unwritable(grant, below, f"{path}/{key}".lstrip("/"))
    if isinstance(value, list | tuple):
        for index, below in enumerate(value):
            _refuse_unwritable(grant, below, f"{path}/{index}")


def _write_json(path: Path, grants: Sequence[Grant], package: Mapping[str, object]) -> None:
    head = TO_JSON.encode({"version": VERSION, **package})
    with path.open("wb") as file:
        file.write(head[:-1] + b',"grants":[\n')
        file.write(b",\n".join(TO_JSON.encode(grant) for grant in grants))
        file.write(b"\n]}\n")


def _write_csv(path: Path, grants: Sequence[Grant], package: Mapping[str, object]) -> None:
    write_csv(path, grants)


def _write_workbook(path: Path, grants: Sequence[Grant], package: Mapping[str, object]) -> None:
    write_workbook(path, grants)


WRITERS: dict[str, Callable[[Path, Sequence[Grant], Mapping[str, object]], None]] = {
    ".json": _write_json,
    ".csv": _write_csv,
    ".xlsx": _write_workbook,
}
