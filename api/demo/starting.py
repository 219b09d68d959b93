"""Starts the demonstration: loads the district where there is none, and serves it."""

from __future__ import annotations

import errno
import socket
from contextlib import closing, suppress
from pathlib import Path

import uvicorn
from rich.console import Console

from api.demo import shown
from api.demo.days import START, ZONE
from api.demo.filling import Found, fill, what_is_in
from api.demo.history import history_file
from api.demo.tokens import RoleToken, keep_tokens, kept_tokens, make_tokens, token_file
from api.main import create_app
from infrastructure.followers.fleet import at_work
from infrastructure.settings import Settings
from infrastructure.system import System

HOST = "127.0.0.1"
SEED = "fundtrail-demonstration"
DATABASE = "sqlite:///var/fundtrail-demo.db"
FILES = Path("var/demo-files")

GRACE_SECONDS = 3
"""How long requests under way may go on after Ctrl-C."""


class OtherData(OSError):
    """The database holds something else, which the demonstration leaves alone."""


def settings_of_demonstration(given: Settings) -> Settings:
    """The settings with a simulated clock, and with places of its own where none are named."""
    fields = Settings.model_fields
    changes: dict[str, object] = {
        "clock": "simulated",
        "simulated_start": START,
        "timezone": ZONE.key,
        "demonstration": True,
        "seed": SEED,
    }
    if given.database_url == fields["database_url"].default:
        changes |= {"database_url": DATABASE, "owner_database_url": ""}
    if given.files == fields["files"].default:
        changes["files"] = FILES
    return given.model_copy(update=changes)


def run(settings: Settings, port: int = 8000, load_only: bool = False) -> None:
    """Loads the district where there is none, then serves it until Ctrl-C."""
    settings = settings_of_demonstration(settings)
    terminal = shown.console()
    if load_only:
        prepared(settings, terminal)
        return
    # The port is taken first: nobody waits for a district that cannot be served.
    with closing(bound(port)) as listening:
        tokens = prepared(settings, terminal)
        # What is made from now on is nobody's to foresee, so it does not come from the seed.
        system = System(settings.model_copy(update={"seed": ""}))
        shown.invitation(terminal, f"http://{HOST}:{listening.getsockname()[1]}", tokens)
        try:
            serve(system, listening)
        finally:
            system.close()


def bound(port: int) -> socket.socket:
    """The port of this machine; an OSError where somebody else has it."""
    # The protocol is named because the event loop turns off Nagle's delay only where it is.
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
    except OSError:
        found.close()
        raise
    return found


def serve(system: System, listening: socket.socket) -> None:
    """Serves site and API until Ctrl-C."""
    config = uvicorn.Config(
        create_app(system), log_level="warning", timeout_graceful_shutdown=GRACE_SECONDS
    )
    with at_work(system.database), suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def prepared(settings: Settings, terminal: Console) -> list[RoleToken]:
    """The district as it was left, or loaded now; the tokens that open it."""
    found, file = what_is_in(settings.database_url), token_file(settings)
    if found is Found.SOMETHING_ELSE:
        raise OtherData(
            errno.EEXIST,
            "其中有其他数据，演示区需要空数据库。 "
            "It holds other data; the demonstration needs an empty database.",
            settings.database_url,
        )
    if found is Found.NOTHING:
        with shown.loading(terminal) as progress:
            fill(settings, history_file(), progress)
    system = System(settings, migrating=True)
    try:
        tokens = kept_tokens(file)
        if not tokens:
            tokens = make_tokens(system)
            keep_tokens(file, tokens)
        shown.loaded(terminal, settings.database_url, system.questions.head())
    finally:
        system.close()
    return tokens
