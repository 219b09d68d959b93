"""Uploads: files that come piece by piece, until a document names what has arrived."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.documents import LARGEST
from domain.errors import refuse
from domain.values import Id, Name

MOST_UPLOADS = 10
"""How many unfinished uploads a person may have at once."""

MOST_BYTES = 5 * LARGEST
"""How many bytes all uploads of a person may have together, as announced."""

KEPT = timedelta(days=1)
"""How long an upload is kept from its beginning, finished or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreUpload:
    """Makes a document of a finished upload; its kind is the one announced, unless it is named."""

    upload: Id
    subject: Id
    media_type: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """An upload of a person: how much was announced and has come, in bytes, and until when.

    `sha256` is that of its content, once a document was made of it.
    """

    id: str
    owner: str
    length: int
    offset: int
    media_type: str
    metadata: str
    expires: datetime
    sha256: str = ""

    @property
    def is_finished(self) -> bool:
        """Whether all of it has come."""
        return self.offset == self.length or bool(self.sha256)


class UploadBusy(Exception):
    """Somebody is writing to the upload at this moment."""


class OtherOffset(Exception):
    """The piece does not begin where the upload ends."""


class Piece(Protocol):
    """A piece of an upload that is being written; nobody else writes meanwhile."""

    @property
    def offset(self) -> int:
        """How much of the upload has come, this piece included, in bytes."""

    def add(self, chunk: bytes) -> bool:
        """Writes some of it; false, and nothing written, where it exceeds what was announced."""

    def undo(self) -> None:
        """Takes back all of this piece."""


class Uploads(Protocol):
    """Where uploads are kept, beside the documents."""

    def begin(
        self, owner: str, *, length: int, media_type: str, metadata: str, now: datetime
    ) -> Upload:
        """Begins an upload; refused where the person has too many or too large ones."""

    def find(self, id: str, owner: str, now: datetime) -> Upload | None:
        """The upload of that id, if it is this person's and has not expired."""

    def writing(self, upload: Upload, offset: int) -> AbstractContextManager[Piece]:
        """Writes a piece that begins at an offset; raises UploadBusy or OtherOffset."""

    def content(self, upload: Upload) -> bytes:
        """What has come."""

    def settle(self, upload: Upload, sha256: str) -> None:
        """Notes that a document was made of it, and keeps its bytes no longer."""

    def end(self, upload: Upload) -> None:
        """Forgets the upload."""

    def sweep(self, now: datetime) -> int:
        """Forgets what has expired; how many uploads that were."""


def check_limits(going_on: list[Upload], length: int) -> None:
    """Refuses another upload where somebody has begun too much already."""
    if len(going_on) >= MOST_UPLOADS:
        raise refuse(
            "upload.count",
            "You have {most} uploads under way; finish or end one of them first.",
            most=MOST_UPLOADS,
        )
    if sum(upload.length for upload in going_on) + length > MOST_BYTES:
        raise refuse(
            "upload.bytes",
            "Your uploads under way may have {most} bytes together; finish or end one first.",
            most=MOST_BYTES,
        )
