"""The file of past grants that the demonstration takes in, where there is one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from api.demo.days import ZONE
from application.imports import RecordImport
from infrastructure.imports.history import mapping_of, past_grants
from infrastructure.imports.threesixty import read_360giving

VARIABLE = "FUNDTRAIL_DEMO_360GIVING"
"""Names the file; an empty value means none."""

BESIDE = Path("shared", "data", "360giving", "andrew-lloyd-webber", "grants.json")
"""Where the file lies beside the repository, if it is there."""


class UnfitFile(OSError):
    """The file of past grants cannot be taken in; says why in both languages."""


def history_file() -> Path | None:
    """The file of past grants; None where there is none."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    found = Path(__file__).resolve().parents[3] / BESIDE
    return found if found.is_file() else None


def past_grants_of(file: Path) -> RecordImport:
    """The command that records the past grants of a file; raises UnfitFile for a faulty one."""
    read = read_360giving(file, zone=ZONE)
    if read.faults:
        first = read.faults[0]
        where = f"{first.row}, {first.field}"
        text = f"{where}: {first.message_zh} {first.message_en}"
        raise UnfitFile(errno.EINVAL, text, str(file))
    return RecordImport(
        file_sha=read.sha256, mapping=mapping_of(file, None), rows=past_grants(read.rows, ZONE)
    )
