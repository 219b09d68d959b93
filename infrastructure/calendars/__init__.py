"""The published calendars: one table of days a version, read from the files beside this module.

A published version never changes: a new notice or a correction is a new file. `extends` names the
version whose days a table adds to.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from domain.calendar import Calendar

FOLDER = Path(__file__).parent
VERSION = re.compile(r"([A-Z]{2})-([0-9]{4})\.([0-9]+)", re.ASCII)


@cache
def load_calendar(version: str) -> Calendar:
    """The calendar of that version, such as "CN-2026.1"; a LookupError where none is committed."""
    if version not in versions():
        raise LookupError(f"There is no calendar {version}; there are {', '.join(versions())}.")
    table = tomllib.loads(_file_of(version).read_text(encoding="utf-8"))
    base = load_calendar(table["extends"]) if "extends" in table else None
    days_off, days_worked = _days(table["days_off"]), _days(table["days_worked"])
    return Calendar(
        version=table["version"],
        first=base.first if base else table["first"],
        last=table["last"],
        days_off=days_off | base.days_off if base else days_off,
        days_worked=days_worked | base.days_worked if base else days_worked,
        provisional=table["provisional"],
    )


@cache
def versions() -> tuple[str, ...]:
    """Every committed version, oldest first."""
    names = (file.stem.upper().rpartition("-") for file in FOLDER.glob("*.toml"))
    found = (f"{year}.{revision}" for year, _, revision in names)
    return tuple(sorted(found, key=_age))


def latest_version() -> str:
    """The newest committed version; it may be provisional in its last year."""
    return versions()[-1]


def _age(version: str) -> tuple[int, int]:
    match = VERSION.fullmatch(version)
    if match is None:
        raise ValueError(f"The calendar {version} is not named like CN-2026.1.")
    return int(match[2]), int(match[3])


def _file_of(version: str) -> Path:
    return FOLDER / f"{version.replace('.', '-').lower()}.toml"


def _days(table: dict[str, Any]) -> frozenset[date]:
    return frozenset(
        date.fromisoformat(f"{year}-{day}") for year, days in table.items() for day in days
    )
