"""Files, each kept under the SHA-256 of its content."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from infrastructure.sniffing import kinds_of

HASH_LENGTH = 64


class FileStore:
    """A folder of files that never change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        """Where the file of that hash is kept."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    @contextmanager
    def locked(self, how: int) -> Iterator[None]:
        """Keeps a sweep and whoever puts a file from each other."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("wb") as lock:
            fcntl.flock(lock, how)
            yield

    def put(self, content: bytes) -> str:
        """Keeps the content, flushed to the disk before its name appears; gives its SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path_of(sha256)
        with self.locked(fcntl.LOCK_SH):
            if target.exists():
                # A sweep must take it for new: a command that names it is on its way.
                os.utime(target)
                return sha256
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(file.name, target)
        return sha256

    def read(self, sha256: str) -> bytes | None:
        """The content of that hash; None where it is not kept."""
        target = self.path_of(sha256)
        return target.read_bytes() if target.exists() else None

    def find(self, sha256: str) -> Path | None:
        """Where the file of that hash is; None where it is not kept."""
        target = self.path_of(sha256)
        return target if target.exists() else None

    def kinds_of(self, content: bytes) -> frozenset[str]:
        """The kinds that the bytes may be called."""
        return kinds_of(content)

    def sweep(self, before: float, named: Callable[[set[str]], set[str]]) -> int:
        """Removes files last put before a moment that nothing names; how many they were.

        `named` says which of some hashes are named by an event.
        """
        old = {path.name: path for path in self.folder.glob("??/??/*") if is_old(path, before)}
        hashes = {name for name in old if len(name) == HASH_LENGTH}
        kept = named(hashes) if hashes else set()
        with self.locked(fcntl.LOCK_EX):
            # What was put again meanwhile is not old any more.
            gone = [path for name, path in old.items() if name not in kept and is_old(path, before)]
            for path in gone:
                path.unlink()
        return len(gone)


def is_old(path: Path, before: float) -> bool:
    """Whether a file was put before a moment, in seconds since 1970."""
    return path.is_file() and path.stat().st_mtime < before
