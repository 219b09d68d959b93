"""Files, each kept under the SHA-256 of its content."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


class FileStore:
    """A folder of files that never change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        """Where the file of that hash is kept."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def put(self, content: bytes) -> str:
        """Keeps the content, flushed to the disk before its name appears; gives its SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.path_of(sha256)
        if not target.exists():
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
