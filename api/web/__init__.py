"""The workbench: plain pages made from the same tables as everything else."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from api.web import (
    doing,
    drafts,
    faults,
    files,
    invited,
    inviting,
    lists,
    own,
    passing,
    personal,
    provider,
    reference,
    refusals,
    registers,
    scores,
    signing,
    waiting,
    working,
)

ROUTERS = (
    waiting,
    signing,
    provider,
    invited,
    own,
    inviting,
    passing,
    reference,
    personal,
    registers,
    files,
    working,
    refusals,
    scores,
    drafts,
    lists,
    doing,
)


def install(app: FastAPI) -> None:
    """Adds the pages, their style sheet, and pages for what goes wrong."""
    for module in ROUTERS:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    faults.install(app)
