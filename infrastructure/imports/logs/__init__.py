"""Reads an event log of another system by a mapping: its cases, or every fault of the file.

Logs are read in the forms XES (.xes, .xes.gz), CSV and OCEL 2.0 (.json). Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from application.conforming import Found, ToldCase, conformance
from infrastructure.imports.logs import objects, sheets, xes
from infrastructure.imports.logs.cases import Noted, named
from infrastructure.imports.logs.mapping import LogMapping, read_log_mapping
from infrastructure.imports.logs.telling import Teller
from infrastructure.imports.threesixty.faults import UnreadableFile, quoted, unreadable

__all__ = ["LogMapping", "check_log", "read_log_mapping"]

Progress = Callable[[int, int], None]


def check_log(path: Path, mapping: LogMapping, on_progress: Progress) -> Found:
    """What became of every case of the log; UnreadableFile with every fault, where there is one."""
    noted = Noted()
    try:
        cases = told(path, mapping, noted, on_progress)
        found = conformance(cases, mapping.measure, mapping.amounts)
    except UnreadableFile as refused:
        raise UnreadableFile(*dict.fromkeys((*noted.faults, *refused.faults))) from None
    except OSError as failed:
        raise unreadable("file_unreadable", reason=failed.strerror or failed) from None
    if noted.faults:
        raise UnreadableFile(*noted.faults)
    return found


def told(
    path: Path, mapping: LogMapping, noted: Noted, on_progress: Progress
) -> Iterator[ToldCase]:
    """The cases of the log, in the form that its ending says."""
    endings = [ending.lower() for ending in path.suffixes[-2:]]
    if endings[-1:] == [".xes"] or endings == [".xes", ".gz"]:
        names = named(mapping, xes.USUAL)
        return Teller(mapping, names, noted).told(xes.xes_cases(path, names, noted, on_progress))
    if endings[-1:] == [".csv"]:
        names = named(mapping, sheets.USUAL)
        rows = sheets.csv_cases(path, mapping, names, noted, on_progress)
        return Teller(mapping, names, noted).told(rows)
    if endings[-1:] == [".json"]:
        reader = objects.ObjectReader(path, named(mapping, objects.USUAL), noted, on_progress)
        return Teller(mapping, reader.names, noted).told(reader.cases())
    raise unreadable("log_ending", ending=quoted("".join(endings)))
