"""Uploads on the disk: for each a file of what has come, and a small one of what was announced."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from application.uploads import KEPT, OtherOffset, Upload, UploadBusy, check_limits

ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
"""How the id of an upload looks; nothing else becomes part of a path."""


class Announced(msgspec.Struct, frozen=True):
    """What is known of an upload beside its bytes."""

    owner: str
    length: int
    media_type: str
    metadata: str
    begun: datetime
    sha256: str = ""


class FilePiece:
    """A piece that is written behind what has come."""

    def __init__(self, file: BinaryIO, offset: int, length: int) -> None:
        self.file = file
        self.began = offset
        self.offset = offset
        self.length = length

    def add(self, chunk: bytes) -> bool:
        """Writes some of it; false where there is more of it than was announced."""
        if self.offset + len(chunk) > self.length:
            return False
        self.file.write(chunk)
        self.offset += len(chunk)
        return True

    def undo(self) -> None:
        """Takes back all of this piece."""
        self.file.truncate(self.began)
        self.file.seek(self.began)
        self.offset = self.began


class UploadStore:
    """A folder of uploads, which may be shared by several processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def part_of(self, id: str) -> Path:
        """The file of what has come."""
        return self.folder / f"{id}.part"

    def note_of(self, id: str) -> Path:
        """The file of what was announced."""
        return self.folder / f"{id}.json"

    def begin(
        self, owner: str, *, length: int, media_type: str, metadata: str, now: datetime
    ) -> Upload:
        """Begins an upload; refused where the person has too many or too large ones."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        announced = Announced(owner, length, media_type, metadata, now)
        id = secrets.token_hex(16)
        with (self.folder / ".lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            mine = [found for found in self.all() if found.owner == owner and now < found.expires]
            check_limits([found for found in mine if not found.sha256], length)
            self.part_of(id).touch(mode=0o600)
            self.note(id, announced)
        return self.seen(id, announced)

    def note(self, id: str, announced: Announced) -> None:
        """Writes down what is known of an upload, at once or not at all."""
        draft = self.folder / f"{id}.draft"
        draft.write_bytes(msgspec.json.encode(announced))
        os.replace(draft, self.note_of(id))

    def seen(self, id: str, announced: Announced) -> Upload:
        """The upload as it stands."""
        part = self.part_of(id)
        return Upload(
            id=id,
            owner=announced.owner,
            length=announced.length,
            offset=part.stat().st_size if part.exists() else announced.length,
            media_type=announced.media_type,
            metadata=announced.metadata,
            expires=announced.begun + KEPT,
            sha256=announced.sha256,
        )

    def load(self, id: str) -> Announced | None:
        """What was announced of an upload; None where there is none of that id."""
        try:
            return msgspec.json.decode(self.note_of(id).read_bytes(), type=Announced)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def all(self) -> Iterator[Upload]:
        """Every upload there is."""
        for path in sorted(self.folder.glob("*.json")):
            announced = self.load(path.stem)
            if announced is not None:
                yield self.seen(path.stem, announced)

    def find(self, id: str, owner: str, now: datetime) -> Upload | None:
        """The upload of that id, if it is this person's and has not expired."""
        announced = self.load(id) if ID.fullmatch(id) else None
        if announced is None or announced.owner != owner or announced.begun + KEPT <= now:
            return None
        return self.seen(id, announced)

    @contextmanager
    def writing(self, upload: Upload, offset: int) -> Iterator[FilePiece]:
        """Writes a piece that begins at an offset; what was written is kept, however it ends."""
        try:
            file = self.part_of(upload.id).open("r+b")
        except FileNotFoundError:
            raise OtherOffset from None
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UploadBusy from None
            if file.seek(0, os.SEEK_END) != offset:
                raise OtherOffset
            yield FilePiece(file, offset, upload.length)

    def content(self, upload: Upload) -> bytes:
        """What has come."""
        return self.part_of(upload.id).read_bytes()

    def settle(self, upload: Upload, sha256: str) -> None:
        """Notes that a document was made of it, and keeps its bytes no longer."""
        announced = self.load(upload.id)
        if announced is not None:
            self.note(upload.id, msgspec.structs.replace(announced, sha256=sha256))
            self.part_of(upload.id).unlink(missing_ok=True)

    def end(self, upload: Upload) -> None:
        """Forgets the upload; a piece that is being written meanwhile goes with it."""
        for path in (self.note_of(upload.id), self.part_of(upload.id)):
            with suppress(FileNotFoundError):
                path.unlink()

    def sweep(self, now: datetime) -> int:
        """Forgets what has expired, and bytes of which nothing was noted; how many they were."""
        gone = [upload for upload in self.all() if upload.expires <= now]
        for upload in gone:
            self.end(upload)
        oldest = now.timestamp() - KEPT.total_seconds()
        for path in (*self.folder.glob("*.part"), *self.folder.glob("*.draft")):
            if not self.note_of(path.stem).exists() and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
        return len(gone)
