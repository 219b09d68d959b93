"""Imports: that a file of past grants was read, and what came of it."""

from __future__ import annotations

from enum import StrEnum

from domain.kernel import Aggregate, Event, Mandate
from domain.lifecycle import Lifecycle, Step


class Stage(StrEnum):
    RECORDED = "recorded"


STEPS = (Step("I0", "record", (), Stage.RECORDED, "import.recorded"),)
lifecycle = Lifecycle("import", Stage, (Stage.RECORDED,), STEPS)


class Recorded(Event, frozen=True, tag="import.recorded"):
    file_sha: str
    mapping: str
    accepted: int
    refused: int


class Import(Aggregate):
    """One file: its SHA-256, how it was read, how many rows were accepted."""

    noun = "import"
    lifecycle = lifecycle

    file_sha: str = ""
    mapping: str = ""
    accepted: int = 0
    refused: int = 0


def record(id: str, *, file_sha: str, mapping: str, accepted: int, by: Mandate) -> Import:
    imported = Import(id=id)
    event = Recorded(
        stage=lifecycle.start("record"),
        file_sha=file_sha,
        mapping=mapping,
        accepted=accepted,
        refused=0,
    )
    imported.record(event, by)
    return imported
