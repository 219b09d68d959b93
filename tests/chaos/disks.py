"""A small disk of a process's own: a real file system in memory that can be filled and emptied."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGABYTES = 16
BLOCK = 4_096

ALONE = ("unshare", "--user", "--map-root-user", "--mount")
"""Anybody may mount in a name space of their own, where the system allows such at all."""


def before(disk: Path, user: int, group: int, seed: Path | None = None) -> list[str]:
    """The words before a command that sees an empty small disk there and runs as that user.

    What lies in the folder `seed` is copied onto the disk first.
    """
    mounted = f"mount -t tmpfs -o size={MEGABYTES}m,mode=0700 none {disk}"
    copied = f" && cp -Rp {seed}/. {disk}" if seed is not None else ""
    own = f"unshare --user --map-user={user} --map-group={group}"
    return [*ALONE, "sh", "-c", f'{mounted}{copied} && exec {own} "$@"', "sh"]


def reason_against() -> str:
    """Why no small disk can be had here; empty where one can."""
    if sys.platform != "linux":
        return "small disk: only Linux gives a process one of its own"
    words = [*ALONE, "mount", "-t", "tmpfs", "none", "/mnt"]
    tried = subprocess.run(words, capture_output=True, text=True)
    if tried.returncode:
        return f"small disk: none may be mounted here: {tried.stderr.strip()[:100]}"
    return ""


def seen_by(process: int, path: Path) -> Path:
    """The path as another process sees it, with whatever is mounted there for it alone."""
    return Path(f"/proc/{process}/root{path}")


@contextmanager
def full(disk: Path, user: int, group: int) -> Iterator[None]:
    """No byte is free on the disk until the block is left; its own user fills it."""
    filler = disk / "filler"
    words = ("dd", "if=/dev/zero", f"of={filler}", f"bs={BLOCK}")
    subprocess.run(words, capture_output=True, user=user, group=group)
    assert os.statvfs(disk).f_bfree == 0
    try:
        yield
    finally:
        filler.unlink()
