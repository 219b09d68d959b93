"""The command line: every subcommand, under the name by which it is called."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer
from typer import rich_utils

from api.cli import (
    books,
    checking,
    following,
    keeping,
    panels,
    people,
    records,
    replaying,
    running,
    tokens,
)
from api.cli.failing import Commands
from api.cli.saying import say

__all__ = ["app", "main"]

app = typer.Typer(
    cls=Commands,
    help=say("help"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

COMMANDS: dict[str, Callable[..., None]] = {
    "migrate": running.migrate,
    "serve": running.serve,
    "tick": running.tick,
    "demo": running.demo,
    "sweep": running.sweep,
    "replay": replaying.replay,
    "balances": books.balances,
    "trial-balance": books.trial_balance,
    "timeline": records.timeline,
    "verify": running.verify,
    "rebuild": running.rebuild,
    "erase": keeping.erase,
    "backup": keeping.backup,
    "restore": keeping.restore,
    "rotate-key": keeping.rotate_key,
    "follow": following.follow,
    "followers": following.followers,
}
GROUPS = {
    "person": people.app,
    "token": tokens.app,
    "import": panels.app,
    "check": checking.app,
    "export": records.app,
}

rich_utils.ARGUMENTS_PANEL_TITLE = say("help.arguments")
rich_utils.OPTIONS_PANEL_TITLE = say("help.options")
rich_utils.COMMANDS_PANEL_TITLE = say("help.commands")

for name, command in COMMANDS.items():
    app.command(name, help=say(f"help.{name}"))(command)
for name, group in GROUPS.items():
    app.add_typer(group, name=name)


def main() -> None:
    """Runs the program; what its terminal has no letters for is written out instead."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    app(prog_name="fundtrail")
