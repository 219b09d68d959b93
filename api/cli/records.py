"""Commands that give out what is stored: a thing's timeline, the records, 360Giving files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from api.cli.failing import NO, Commands, Failure
from api.cli.opening import Reading, reading
from api.cli.options import AsOfOption, DatabaseOption, JsonOption, OutputOption
from api.cli.printing import print_json, print_table
from api.cli.saying import say, words
from api.v1.masks import NEVER_TOLD
from api.v1.shown import SOMEBODY
from application.kinds import KINDS
from application.questions import Moment
from infrastructure.exports.history import grant_objects
from infrastructure.exports.threesixty import UnwritableGrant, write_360giving

app = typer.Typer(cls=Commands, help=say("help.export"), no_args_is_help=True)
ENDINGS = (".json", ".csv", ".xlsx")


def timeline(
    id: Annotated[str, typer.Argument(metavar="ID", help=say("help.id"))],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    with reading(database) as opened:
        rows = timeline_of(opened, id)
    if not rows:
        raise Failure("thing.unknown", id=id, code=NO)
    events = [{"position": position, **told(json.loads(line))} for position, line in rows]
    if as_json:
        print_json({"events": events})
        return
    shown = [line_of(event, opened.zone) for event in events]
    print_table(("position", "when", "event", "actor", "reason"), shown)


def told(record: dict[str, Any]) -> dict[str, Any]:
    """The record, without its source where nobody may learn that from a terminal."""
    event = record["event"]
    if event["type"] not in NEVER_TOLD:
        return record
    kept = {name: record[name] for name in ("stream", "version", "effective_at", "recorded_at")}
    return {**kept, **SOMEBODY, "event": {"type": event["type"], "stage": event["stage"]}}


def timeline_of(opened: Reading, id: str) -> list[tuple[int, bytes]]:
    """The records of the thing, named by its id alone or by noun and id."""
    streams = [id] if ":" in id else [f"{noun}:{id}" for noun in KINDS]
    moment = Moment()
    found = (opened.questions.timeline(stream, moment) for stream in streams)
    return next((rows for rows in found if rows), [])


def line_of(event: dict[str, Any], zone: ZoneInfo) -> tuple[object, ...]:
    """A record on one line: when it took effect, what it was, whose it was and why."""
    name, actor = event["event"]["type"], event["actor"]
    when = datetime.fromisoformat(event["effective_at"]).astimezone(zone)
    why = (event.get("reason", ""), event.get("authority_ref", ""))
    return (
        event["position"],
        when.isoformat(" ", "seconds"),
        words().word("event", name),
        f"{actor['id']} ({words().word('role', actor['role'])})",
        " · ".join(part for part in why if part),
    )


@app.command("360giving", help=say("help.export.360giving"))
def export_360giving(
    output: OutputOption,
    as_of: AsOfOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    if output.suffix.lower() not in ENDINGS:
        raise Failure("export.ending", file=output, endings=", ".join(ENDINGS))
    with reading(database) as opened:
        moment = opened.questions.moment(as_of, None)
        grants, left_out = grant_objects(opened.store, moment, opened.zone)
    try:
        count = write_360giving(output, grants)
    except (UnwritableGrant, ValueError) as unwritable:
        raise Failure("file.failed", file=output, reason=unwritable, code=NO) from None
    if left_out:
        typer.echo(say("export.left-out", count=left_out), err=True)
    tell(output, count, as_json=as_json)


@app.command("records", help=say("help.export.records"))
def export_records(
    output: OutputOption,
    as_of: AsOfOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    with reading(database) as opened:
        moment = opened.questions.moment(as_of, None)
        count = write_lines(output, lines_at(opened, moment))
    tell(output, count, as_json=as_json)


def lines_at(opened: Reading, moment: Moment) -> Iterator[bytes]:
    """The stored records that had taken effect by the moment, byte for byte."""
    decode = opened.store.chronicle.lines.decode
    for _, line, _ in opened.store.recorder.scan(upto=moment.upto):
        if moment.before is None or decode(line).effective_at < moment.before:
            yield line


def write_lines(output: Path, lines: Iterator[bytes]) -> int:
    """Writes the lines, and tells how many; the file stands complete or not at all."""
    unfinished = output.with_name(f".{output.name}.{os.getpid()}")
    count = 0
    try:
        with unfinished.open("wb") as file:
            for line in lines:
                file.write(line + b"\n")
                count += 1
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def tell(output: Path, count: int, *, as_json: bool) -> None:
    """Tells what was written."""
    if as_json:
        print_json({"file": str(output), "count": count})
    else:
        typer.echo(say("export.done", file=output, count=count))
