"""The sweep: what was uploaded and never became a document is removed after a day."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from application.questions import Questions
from application.uploads import KEPT
from infrastructure.erasing import expire
from infrastructure.scrubbing import scrub
from infrastructure.system import System

PAGE = 2_000
HASH = re.compile(rb"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Swept:
    """How many uploads and files were removed."""

    uploads: int
    files: int


def sweep(system: System) -> Swept:
    """Removes expired uploads, and files older than a day that no event names."""
    # Files bear the time of the machine, whatever clock the system is under.
    before = time.time() - KEPT.total_seconds()
    uploads = system.uploads.sweep(system.clock.now())
    expire(system)
    scrub(system.database)
    files = system.files.sweep(before, lambda hashes: named(system.questions, hashes))
    return Swept(uploads, files)


def named(questions: Questions, hashes: set[str]) -> set[str]:
    """Those of the hashes that stand anywhere in the chronicle, in whatever field."""
    found: set[str] = set()
    after = 0
    while hashes - found and (lines := questions.behind(after, PAGE)):
        for position, line in lines:
            found |= hashes & {text.decode() for text in HASH.findall(line)}
            after = position
    return found
