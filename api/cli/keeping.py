"""Commands for what is known of people: erased, backed up, put back, and sealed with a new key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.failing import NO, Failure
from api.cli.opening import check_there, settings_of, working
from api.cli.options import DatabaseOption, JsonOption
from api.cli.printing import print_json, progress
from api.cli.saying import say, words
from api.cli.tokens import known_person
from infrastructure import backups, erasing
from infrastructure.keys import keys_of
from infrastructure.scrubbing import scrub

PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help=say("help.erased"))]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=say("help.backup-file"))]
AuthorityOption = Annotated[
    str, typer.Option("--authority", metavar="REF", help=say("help.authority"))
]


def erase(
    person: PersonArgument,
    authority: AuthorityOption,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    with working(settings_of(database)) as system:
        who = known_person(system.identity.names(), person)
        erased = erasing.erase(system, who, authority)
    until = erased.kept_until.isoformat() if erased.kept_until else None
    because = say("erase.because", records=erased.records) if until else None
    if as_json:
        document = {"person": who, "authority": authority, "kept_until": until, "because": because}
        print_json({**document, "scrubbed": erased.is_scrubbed})
        return
    typer.echo(say("erase.done", person=who))
    if until:
        typer.echo(say("erase.kept", until=until, because=because))
    if not erased.is_scrubbed:
        typer.echo(say("erase.traces"), err=True)


def backup(
    file: FileArgument, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    settings = settings_of(database)
    check_there(settings.database_url)
    if file.exists():
        raise Failure("backup.there", file=file, code=NO)
    try:
        size = backups.backup(settings, file)
    except backups.NoBackup as reason:
        raise Failure("backup.failed", reason=reason) from None
    if as_json:
        print_json({"file": str(file), "bytes": size})
    else:
        typer.echo(say("backup.done", file=file, size=size))


def restore(
    file: FileArgument,
    database: DatabaseOption = None,
    force: Annotated[bool, typer.Option("--force", help=say("help.force"))] = False,
    as_json: JsonOption = False,
) -> None:
    settings = settings_of(database)
    if backups.is_filled(settings) and not force:
        raise Failure("restore.there", code=NO)
    try:
        with progress("progress.verify") as step:
            found = backups.restore(settings, file, step)
    except backups.NoBackup as reason:
        raise Failure("restore.failed", reason=reason) from None
    except backups.Unsound as unsound:
        for fault in unsound.verdict.faults:
            message = words().sentence(fault.reason)
            text = say("verify.fault", position=fault.position, rule=fault.rule, message=message)
            typer.echo(text, err=True)
        raise Failure("restore.unsound", code=NO) from None
    verdict, erased = found.verdict, list(found.erased)
    if as_json:
        print_json({"events": verdict.events, "root": verdict.root, "erased": erased})
    else:
        typer.echo(say("restore.done", events=verdict.events, root=verdict.root, count=len(erased)))


def rotate_key(database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    settings = settings_of(database)
    with working(settings) as system, progress("progress.rotate") as step:
        keys = system.vault.keys
        if keys.file is not None and not keys.named.strip():
            keys.make()
        count = 0
        for count in system.vault.rotate():
            step(count)
        scrub(system.database)
        newest = keys.newest()
    fingerprint = newest.fingerprint if newest else None
    kept = len(keys_of(settings).all)
    if as_json:
        print_json({"people": count, "key": fingerprint, "keys": kept})
    else:
        typer.echo(say("rotate.done", count=count, fingerprint=fingerprint))
