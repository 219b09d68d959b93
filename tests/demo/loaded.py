"""The demonstration, loaded by whichever process of a run asks for it first."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from api.demo.history import VARIABLE
from api.demo.starting import run, settings_of_demonstration
from infrastructure.settings import Settings
from tests.conftest import SERVERS


def demonstration(folder: Path) -> Settings:
    """The settings of a demonstration that keeps everything in one folder."""
    url = f"sqlite:///{folder / 'demo.db'}"
    return settings_of_demonstration(Settings(database_url=url, files=folder / "files"))


def loaded_into(folder: Path) -> Settings:
    """A demonstration without past grants in a folder of one's own, copied from the first one."""
    first = Path(os.environ[SERVERS]) / "demonstration"
    with (first.parent / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not first.exists():
            first.mkdir()
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv(VARIABLE, "")
                run(demonstration(first), load_only=True)
    shutil.copytree(first, folder, dirs_exist_ok=True)
    return demonstration(folder)
