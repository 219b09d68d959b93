"""The real server for a story: uvicorn on a port of its own, a simulated clock, real sockets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import uvicorn
from httpx2 import Client

from api.main import create_app
from infrastructure.settings import Settings
from infrastructure.system import System

BEGINS = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine o'clock in the morning of Monday, 2 March 2026, in the district."""

PATIENCE_SECONDS = 20


@contextmanager
def serving(system: System) -> Iterator[Client]:
    """A client of a server that runs in a thread until the block is left."""
    # The protocol is named because the event loop turns off Nagle's delay only where it is.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        config = uvicorn.Config(create_app(system), log_level="warning", lifespan="on")
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            wait_for(server)
            with Client(base_url=f"http://127.0.0.1:{port}") as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


def wait_for(server: uvicorn.Server) -> None:
    """Returns when the server has started."""
    last = monotonic() + PATIENCE_SECONDS
    while not server.started:
        assert monotonic() < last, "The server has not started."
        sleep(0.01)


@contextmanager
def a_system(url: str, files: Path) -> Iterator[System]:
    """A system on an empty database, at the time at which the story begins."""
    settings = Settings(
        database_url=url, clock="simulated", simulated_start=BEGINS, files=files, seed="story"
    )
    system = System(settings, migrating=True)
    try:
        yield system
    finally:
        system.close()
