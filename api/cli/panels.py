"""The command that takes over the scores of a panel that was held elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli import registers
from api.cli.failing import NO, WRONG, Failure
from api.cli.importing import Outcome, events_of, fault_of, refusal, send
from api.cli.opening import settings_of, working
from api.cli.options import DatabaseOption, JsonOption
from api.cli.printing import progress
from api.cli.registers import app, report
from api.cli.saying import say, words
from application.imports import RecordImport
from application.scores import PastPanel, unrecorded_panel
from domain.errors import Reason, Refusal
from domain.scoring.elsewhere import Scale
from infrastructure.imports.scores import read_scores
from infrastructure.settings import Settings

__all__ = ["app", "import_scores"]

SCALE = re.compile(r"(-?[0-9.]+)\.\.(-?[0-9.]+)", re.ASCII)


@registers.app.command("scores", help=say("help.import.scores"))
def import_scores(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("help.file"))],
    round: Annotated[str, typer.Option("--round", metavar="ID", help=say("help.scored-round"))],
    scale: Annotated[
        str, typer.Option("--scale", metavar="LOW..HIGH", help=say("help.scale"))
    ] = "0..100",
    lower_is_better: Annotated[
        bool, typer.Option("--lower-is-better", help=say("help.lower-is-better"))
    ] = False,
    preview: Annotated[bool, typer.Option("--preview", help=say("help.preview"))] = False,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    settings = settings_of(database)
    with progress("progress.read") as step:
        read = read_scores(file, round, scale_of(scale, lower_is_better), step)
    if read.panel is None:
        outcome = Outcome(refusals=tuple(map(fault_of, read.faults)), code=WRONG)
    else:
        form = file.suffix[1:].lower()
        outcome = take_over(read.panel, read.sha256, form, settings, preview=preview)
    report(file, outcome, preview=preview, as_json=as_json)


def scale_of(text: str, lower_is_better: bool) -> Scale:
    """The scale that is typed as 0..40."""
    found = SCALE.fullmatch(text)
    scale = Scale(found[1], found[2], lower_is_better) if found else None
    if scale is None or not scale.is_sound:
        raise Failure("import.scale", value=text)
    return scale


def take_over(
    panel: PastPanel, sha256: str, form: str, settings: Settings, *, preview: bool
) -> Outcome:
    """Records a sound sheet, or only says what would happen."""
    with working(settings) as system:
        try:
            with system.shelf() as shelf:
                _, new = unrecorded_panel(panel, shelf)
            outcome = Outcome(accepted=new.count if new else 0, known=0 if new else panel.count)
            if new and not preview:
                command = RecordImport(file_sha=sha256, mapping=mapping(form, panel), panel=panel)
                with progress("progress.record"):
                    outcome.events = events_of(system, send(system, command))
        except Refusal as refused:
            return Outcome(refusals=tuple(map(refusal_of, refused.reasons)), code=NO)
    return outcome


def mapping(form: str, panel: PastPanel) -> str:
    """How the file was read, as the import says it."""
    scale = panel.scale
    way = " lower is better" if scale.lower_is_better else ""
    return f"scores {form} {scale.low}..{scale.high}{way}"


def refusal_of(reason: Reason) -> dict[str, Any]:
    """A reason of the domain as the document has it."""
    found = refusal("", 0, reason.field or "", reason.rule, words().sentence(reason))
    return {**found, "event": "round.scores_imported"}
