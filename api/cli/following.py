"""Commands for followers: one that works in this process, and how far each has come."""

from __future__ import annotations

import logging
from typing import Annotated

import typer

from api.cli.failing import Failure
from api.cli.opening import reading
from api.cli.options import DatabaseOption, JsonOption
from api.cli.printing import print_json, print_table
from api.cli.saying import say
from infrastructure.followers.fleet import FOLLOWERS, standings
from infrastructure.followers.following import Following


def follow(
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("help.follower"))],
    database: DatabaseOption = None,
    once: Annotated[bool, typer.Option("--once", help=say("help.once"))] = False,
) -> None:
    if name not in FOLLOWERS:
        raise Failure("follower.unknown", name=name, names=", ".join(FOLLOWERS))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    with reading(database) as opened:
        following = Following(opened.database, FOLLOWERS[name])
        if once:
            typer.echo(say("follow.done", name=name, position=following.catch_up()))
        else:
            following.run()


def followers(database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    with reading(database) as opened, opened.database.reading() as connection:
        found = standings(connection)
    if as_json:
        listed = [{"name": one.name, "position": one.position, "lag": one.lag} for one in found]
        print_json({"followers": listed})
    else:
        rows = [(one.name, one.position, one.lag) for one in found]
        print_table(("follower", "position", "lag"), rows, numbers=2)
