"""The server's application as each of its processes makes it for itself."""

from __future__ import annotations

import atexit

from fastapi import FastAPI

from api.main import create_app
from infrastructure.settings import Settings
from infrastructure.system import System


def application() -> FastAPI:
    """The application on the database that the environment names, closed with the process."""
    system = System(Settings())
    atexit.register(system.close)
    return create_app(system)
