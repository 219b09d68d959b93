"""Commands that make, serve, move and check the system as a whole."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Annotated

import typer

from api.cli.failing import NO, Failure
from api.cli.opening import address_of, check_there, reading, settings_of, shown, working
from api.cli.options import DatabaseOption, JsonOption
from api.cli.printing import print_json, progress
from api.cli.saying import say, words
from application.clock import Ticked
from application.clock import tick as due_by
from infrastructure.clocks import SimulatedClock
from infrastructure.database import Database
from infrastructure.identity import Identity
from infrastructure.moments import instant_of, position_of
from infrastructure.rebuild import rebuild as refill
from infrastructure.rights import may_change_events
from infrastructure.schema import bring_up, check_schema
from infrastructure.store import DatabaseStore
from infrastructure.system import System

HostOption = Annotated[str, typer.Option("--host", help=say("help.host"))]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65_535, help=say("help.port"))]


def migrate(database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    settings = settings_of(database)
    address = address_of(settings.owner_database_url or settings.database_url)
    with progress("progress.rebuild") as step:
        refilled = bring_up(settings, step)
    if as_json:
        print_json({"database": shown(address), "rebuilt": refilled})
    else:
        typer.echo(say("migrate.done", database=shown(address)))


def serve(
    database: DatabaseOption = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: Annotated[int, typer.Option("--workers", min=1, help=say("help.workers"))] = 1,
) -> None:
    from api.cli import serving

    with reading(database) as opened:
        # Every process opens the database by itself, and finds its address in the environment.
        os.environ["FUNDTRAIL_DATABASE_URL"] = opened.database.url
        with opened.database.reading() as connection:
            if may_change_events(connection):
                typer.echo(say("serve.owner"), err=True)
        Identity(opened.database).vault.check()
    serving.serve(host, port, workers)


def demo(
    database: DatabaseOption = None,
    load_only: Annotated[bool, typer.Option("--load-only", help=say("help.load-only"))] = False,
    port: PortOption = 8000,
) -> None:
    from api.demo import run

    run(settings_of(database), port=port, load_only=load_only)


def tick(
    database: DatabaseOption = None,
    now: Annotated[str | None, typer.Option("--now", metavar="WHEN", help=say("help.now"))] = None,
    as_json: JsonOption = False,
) -> None:
    with working(settings_of(database)) as system:
        ticked = system.tick() if now is None else tick_at(system, now)
    count = sum(ticked.taken.values())
    if as_json:
        print_json({"taken": count, "steps": dict(sorted(ticked.taken.items()))})
        return
    typer.echo(say("tick.done", count=count))
    for event, times in sorted(ticked.taken.items()):
        typer.echo(f"  {event}  {times}")


def tick_at(system: System, when: str) -> Ticked:
    """Runs what is due by a moment; only a simulated clock can be moved there."""
    if position_of(when) is not None:
        raise Failure("tick.moment")
    moment = instant_of(when, system.zone, "--now") - timedelta(microseconds=1)
    if isinstance(system.clock, SimulatedClock):
        return system.advance(moment)
    if moment > system.clock.now():
        raise Failure("tick.future", now=when, code=NO)
    return due_by(system.desk, system.store, moment)


def sweep(database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    from infrastructure.sweep import sweep as clear

    with working(settings_of(database)) as system:
        swept = clear(system)
    if as_json:
        print_json({"uploads": swept.uploads, "files": swept.files})
    else:
        typer.echo(say("sweep.done", uploads=swept.uploads, files=swept.files))


def verify(database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    from infrastructure.verify import verify as check

    with reading(database) as opened, progress("progress.verify") as step:
        verdict = check(opened.store, on_progress=step)
    faults = [
        {
            "position": fault.position,
            "rule": fault.rule,
            "message": words().sentence(fault.reason),
        }
        for fault in verdict.faults
    ]
    if as_json:
        document = {"ok": verdict.ok, "events": verdict.events, "root": verdict.root}
        print_json({**document, "faults": faults})
    else:
        for fault in faults:
            typer.echo(say("verify.fault", **fault))
        key = "verify.well" if verdict.ok else "verify.ill"
        typer.echo(say(key, events=verdict.events, root=verdict.root, count=len(faults)))
    if not verdict.ok:
        raise typer.Exit(NO)


def rebuild(database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    settings = settings_of(database)
    url = settings.owner_database_url or settings.database_url
    check_there(url)
    opened = Database(url)
    try:
        check_schema(opened)
        with progress("progress.rebuild") as step:
            events = refill(DatabaseStore(opened, settings.zone), step)
    finally:
        opened.close()
    if as_json:
        print_json({"events": events})
    else:
        typer.echo(say("rebuild.done", events=events))
