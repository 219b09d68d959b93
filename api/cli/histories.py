"""The command that takes past awards over from a funder's own list, read by a mapping."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli import importing
from api.cli.failing import WRONG
from api.cli.importing import Outcome, app, fault_of, take_over, tell
from api.cli.opening import settings_of
from api.cli.options import DatabaseOption, JsonOption
from api.cli.printing import print_json, progress
from api.cli.saying import say
from infrastructure.imports.lists import Mapping, read_list, read_mapping
from infrastructure.imports.threesixty.faults import UnreadableFile
from infrastructure.settings import Settings

__all__ = ["app", "import_history"]


@importing.app.command("history", help=say("help.import.history"))
def import_history(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("help.file"))],
    mapping: Annotated[
        Path, typer.Option("--mapping", metavar="MAP.toml", help=say("help.mapping"))
    ],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    settings = settings_of(database)
    at_fault, outcome = mapping, Outcome(code=WRONG)
    try:
        found = read_mapping(mapping)
    except UnreadableFile as unfit:
        outcome.refusals = tuple(fault_of(fault) for fault in unfit.faults)
    else:
        at_fault, outcome = file, listed(file, found, settings)
    if as_json:
        print_json(outcome.document)
    else:
        tell(at_fault, outcome)
    if outcome.code:
        raise typer.Exit(outcome.code)


def listed(file: Path, mapping: Mapping, settings: Settings) -> Outcome:
    """What became of the list; it is read to its end before the database is touched at all."""
    with progress("progress.read") as step:
        read = read_list(file, mapping, settings.zone, step)
    if read.faults:
        return Outcome(refusals=tuple(fault_of(fault) for fault in read.faults), code=WRONG)
    return take_over(read.rows, read.sha256, mapping.named(file.suffix), settings)
