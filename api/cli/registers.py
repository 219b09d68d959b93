"""The command that takes organisations over from a register."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli import histories
from api.cli.failing import NO, WRONG, Failure
from api.cli.histories import app
from api.cli.importing import Outcome, events_of, fault_of, refusal, send, tell
from api.cli.opening import operator, settings_of, working
from api.cli.options import DatabaseOption, JsonOption
from api.cli.printing import print_json, progress
from api.cli.saying import say, words
from application.imports import RecordImport
from application.rehearsing import foresee, leaders_of
from domain.errors import Reason, Refusal
from infrastructure.identity import real_day
from infrastructure.imports.organisations import Register, read_register
from infrastructure.imports.organisations.keeping import keep_people
from infrastructure.imports.organisations.templates import write_template
from infrastructure.settings import Settings

__all__ = ["app", "import_organisations"]


@histories.app.command("organisations", help=say("help.import.organisations"))
def import_organisations(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help=say("help.file"))] = None,
    preview: Annotated[bool, typer.Option("--preview", help=say("help.preview"))] = False,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE.xlsx", help=say("help.template"))
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    if template is not None and file is None:
        write_to(template)
        return
    if file is None or template is not None:
        raise Failure("import.one-file")
    settings = settings_of(database)
    with progress("progress.read") as step:
        register = read_register(file, real_day(), step)
    if register.faults:
        outcome = Outcome(refusals=tuple(map(fault_of, register.faults)), code=WRONG)
    else:
        outcome = take_over(register, file.suffix[1:].lower(), settings, preview=preview)
    report(file, outcome, preview=preview, as_json=as_json)


def write_to(template: Path) -> None:
    """Writes the template, or says why it cannot be written."""
    try:
        write_template(template)
    except OSError as failed:
        raise Failure("import.template", file=template, reason=failed) from None


def report(file: Path, outcome: Outcome, *, preview: bool, as_json: bool) -> None:
    """Tells what became of the file, and ends with its code."""
    if as_json:
        print_json(outcome.document)
    elif preview and not outcome.code:
        typer.echo(say("import.preview", accepted=outcome.accepted, known=outcome.known))
    else:
        tell(file, outcome)
    if outcome.code:
        raise typer.Exit(outcome.code)


def take_over(register: Register, form: str, settings: Settings, *, preview: bool) -> Outcome:
    """Records what is new of a sound register, or only says what it is."""
    rows = tuple(register.rows)
    command = RecordImport(
        file_sha=register.sha256, mapping=f"organisations {form}", organisations=rows
    )
    with working(settings) as system:
        try:
            found = foresee(system, command, operator(settings))
            outcome = Outcome(accepted=len(found.new), known=found.known)
            if found.unchecked:
                typer.echo(say("import.unchecked", count=found.unchecked), err=True)
            if preview:
                return outcome
            if found.new:
                with progress("progress.record"):
                    outcome.events = events_of(system, send(system, command))
        except Refusal as refused:
            return Outcome(refusals=tuple(map(refusal_of, refused.reasons)), code=NO)
        # Also whom a run left out that broke off at this point.
        by = operator(settings).person
        keep_people(system.vault, register.private, leaders_of(system, rows), by)
    return outcome


def refusal_of(reason: Reason) -> dict[str, Any]:
    """A reason of the domain as the document has it."""
    name, row = str(reason.values.get("name", "")), reason.values.get("row", 0)
    field = str(reason.values.get("fields", ""))
    found = refusal(name, row, field, reason.rule, words().sentence(reason))
    return {**found, "event": "organisation.imported"}
