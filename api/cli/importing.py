"""The command that takes past grants over from a file."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from api.cli.failing import NO, WRONG, Commands
from api.cli.opening import operator, settings_of, working
from api.cli.options import DatabaseOption, JsonOption
from api.cli.printing import print_json, progress
from api.cli.saying import language, say, words
from application.decide import Sent
from application.history import PastGrant
from application.imports import RecordImport
from application.novelty import unrecorded
from domain.errors import Reason, Refusal
from infrastructure.imports.history import mapping_of, past_grants
from infrastructure.imports.threesixty import Fault, read_360giving
from infrastructure.settings import Settings
from infrastructure.system import System

EVENT = "grant.imported"
NOTHING_NEW = "I0.new"

app = typer.Typer(cls=Commands, help=say("help.import"), no_args_is_help=True)


class Outcome(msgspec.Struct, kw_only=True):
    """What became of a file; `known` are the rows that were recorded before."""

    accepted: int = 0
    known: int = 0
    events: int = 0
    refusals: tuple[dict[str, Any], ...] = ()
    code: int = 0

    @property
    def refused(self) -> int:
        """How many rows are at fault."""
        return len({refusal["row"] for refusal in self.refusals})

    @property
    def document(self) -> dict[str, Any]:
        """The outcome for programs."""
        return {
            "accepted": self.accepted,
            "refused": self.refused,
            "events": self.events,
            "refusals": list(self.refusals),
            "not_assessed": [],
        }


@app.command("360giving", help=say("help.import.360giving"))
def import_360giving(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("help.file"))],
    date_format: Annotated[
        str | None, typer.Option("--date-format", metavar="F", help=say("help.date-format"))
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    settings = settings_of(database)
    # The file is read to its end before the database is touched at all.
    with progress("progress.read") as step:
        read = read_360giving(file, date_format=date_format, zone=settings.zone, on_progress=step)
    if read.faults:
        outcome = Outcome(refusals=tuple(fault_of(fault) for fault in read.faults), code=WRONG)
    else:
        rows = past_grants(read.rows, settings.zone)
        outcome = take_over(rows, read.sha256, mapping_of(file, date_format), settings)
    if as_json:
        print_json(outcome.document)
    else:
        tell(file, outcome)
    if outcome.code:
        raise typer.Exit(outcome.code)


def take_over(
    rows: tuple[PastGrant, ...], sha256: str, mapping: str, settings: Settings
) -> Outcome:
    """Records what is new of a sound file."""
    with working(settings) as system:
        try:
            with system.shelf() as shelf:
                new = unrecorded(rows, shelf, system.clock.now())
            if not new:
                return Outcome(known=len(rows))
            with progress("progress.record"):
                command = RecordImport(file_sha=sha256, mapping=mapping, rows=rows)
                position = send(system, command)
        except Refusal as refused:
            if any(reason.rule == NOTHING_NEW for reason in refused.reasons):
                # Somebody else has imported the same rows in this moment.
                return Outcome(known=len(rows))
            refusals = tuple(refusal_of(reason) for reason in refused.reasons)
            return Outcome(refusals=refusals, code=NO)
        events = events_of(system, position)
    return Outcome(accepted=len(new), known=len(rows) - len(new), events=events)


def send(system: System, command: RecordImport) -> int:
    """Sends the command; the position of the first record that it made."""
    by = operator(system.settings)
    return system.desk.send(Sent(noun="import", verb="record", command=command, by=by)).position


def events_of(system: System, position: int) -> int:
    """How many records the command made that made the one at a position."""
    decode = system.store.chronicle.lines.decode
    commands = (
        decode(line).command_id for _, line, _ in system.store.recorder.scan(after=position - 1)
    )
    first = next(commands)
    return 1 + sum(1 for _ in takewhile(lambda command: command == first, commands))


def fault_of(fault: Fault) -> dict[str, Any]:
    """A fault of the file as the document has it."""
    message = fault.message_en if language() == "en" else fault.message_zh
    return refusal(fault.case, fault.row, fault.field, fault.rule, message)


def refusal_of(reason: Reason) -> dict[str, Any]:
    """A reason of the domain as the document has it."""
    case, row = str(reason.values.get("grant", "")), reason.values.get("row", 0)
    field = str(reason.values.get("fields", ""))
    return refusal(case, row, field, reason.rule, words().sentence(reason))


def refusal(case: str, row: object, field: str, rule: str, message: str) -> dict[str, Any]:
    """One entry of the document; `field` says where in the row."""
    return {
        "case": case,
        "row": row,
        "field": field,
        "event": EVENT,
        "stage": "",
        "rule": rule,
        "message": message,
    }


def tell(file: Path, outcome: Outcome) -> None:
    """Tells people what became of the file."""
    for refused in outcome.refusals:
        typer.echo(line_of(file, refused), err=True)
    if outcome.refusals:
        rows = any(refused["row"] for refused in outcome.refusals)
        key = "import.refused" if rows else "import.unreadable"
        typer.echo(say(key, count=outcome.refused), err=True)
    elif outcome.accepted:
        typer.echo(say("import.done", accepted=outcome.accepted, events=outcome.events))
    else:
        typer.echo(say("import.known", count=outcome.known))


def line_of(file: Path, refused: dict[str, Any]) -> str:
    """One refusal on one line."""
    if refused["rule"][:1].isupper():
        # A sentence of the domain names row, grant and fields itself.
        return f"{file}: {refused['message']}"
    if not refused["row"]:
        return say("import.file", file=file, field=refused["field"], message=refused["message"])
    case = f" ({refused['case']})" if refused["case"] else ""
    return say("import.fault", file=file, **{**refused, "case": case})
