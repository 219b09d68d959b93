"""The server: its processes, and the application as each of them makes it for itself."""

from __future__ import annotations

import atexit
import logging
import socket
from contextlib import ExitStack, suppress

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from api.main import create_app
from infrastructure.followers.fleet import at_work
from infrastructure.settings import Settings
from infrastructure.system import System


class WithoutQuestion(logging.Filter):
    """Leaves out of the access log whatever stands behind the question mark of an address.

    A provider sends people back with a code there, and lists are searched for names there.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Shortens the address; the line itself stays."""
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, path, *rest = record.args
            record.args = (client, method, str(path).partition("?")[0], *rest)
        return True


def application() -> FastAPI:
    """The application on the database that the environment names, closed with the process."""
    logging.getLogger("uvicorn.access").addFilter(WithoutQuestion())
    system = System(Settings())
    atexit.register(system.close)
    following = ExitStack()
    following.enter_context(at_work(system.database))
    atexit.register(following.close)
    return create_app(system)


def serve(host: str, port: int, workers: int) -> None:
    """Serves until it is told to end, with as many processes as workers are asked for."""
    where = "api.cli.serving:application"
    if workers == 1:
        uvicorn.run(where, factory=True, host=host, port=port)
        return
    config = uvicorn.Config(where, factory=True, host=host, port=port, workers=workers)
    listening = config.bind_socket()
    # Connections inherit it. The event loop would see to it, but only where it made the socket
    # itself; otherwise an answer's body waits some 40 ms until its head is acknowledged.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with suppress(KeyboardInterrupt):
        Multiprocess(config, sockets=[listening]).run()
