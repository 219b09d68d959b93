"""Registers as the pages use them: held sealed between preview and confirmation."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Callable, Collection
from datetime import date, datetime
from operator import attrgetter

from application.register_files import HeldFile, ReadRegister
from application.uploads import Upload
from infrastructure.imports.organisations import Register, read_content
from infrastructure.imports.organisations.keeping import keep_people
from infrastructure.imports.organisations.templates import template_of
from infrastructure.keys import KEY_BYTES, sealed, unsealed
from infrastructure.uploads import UploadStore
from infrastructure.vault import PersonalVault

KIND = "fundtrail/register"
"""What an upload is called that is a held register; its bytes are sealed."""

MOST_HELD = 3
"""How many registers of one person are held at once; the oldest makes room."""


class Registers:
    """Reads registers and holds them; each is sealed with a key that its ticket alone has."""

    def __init__(
        self,
        uploads: UploadStore,
        vault: PersonalVault,
        now: Callable[[], datetime],
        today: Callable[[], date],
    ) -> None:
        self.uploads = uploads
        self.vault = vault
        self.now = now
        self.today = today

    def template(self, form: str) -> bytes:
        """An empty register, as xlsx or csv."""
        return template_of(form)

    def read(self, content: bytes, form: str) -> Register:
        """What a file holds."""
        return read_content(content, form, self.today())

    def hold(self, owner: str, content: bytes, form: str) -> str:
        """Keeps a file for a day at the most; the ticket alone opens it again."""
        mine = [one for one in self.uploads.all() if (one.owner, one.media_type) == (owner, KIND)]
        mine.sort(key=attrgetter("expires"))
        for oldest in mine[: max(0, len(mine) - MOST_HELD + 1)]:
            self.uploads.end(oldest)
        key = secrets.token_bytes(KEY_BYTES)
        box = sealed(key, content, f"{owner} {form}")
        upload = self.uploads.begin(
            owner, length=len(box), media_type=KIND, metadata=form, now=self.now()
        )
        with self.uploads.writing(upload, 0) as piece:
            piece.add(box)
        return f"{upload.id}.{base64.urlsafe_b64encode(key).decode()}"

    def find(self, owner: str, ticket: str) -> Upload | None:
        """The upload of a ticket."""
        found = self.uploads.find(ticket.partition(".")[0], owner, self.now())
        return found if found is not None and found.media_type == KIND else None

    def held(self, owner: str, ticket: str) -> HeldFile | None:
        """The file of a ticket; None where it is gone, or is somebody else's."""
        upload = self.find(owner, ticket)
        if upload is None:
            return None
        try:
            key = base64.urlsafe_b64decode(ticket.partition(".")[2].encode())
            box = self.uploads.content(upload)
        except (binascii.Error, ValueError, FileNotFoundError):
            return None
        content = unsealed(key, box, f"{owner} {upload.metadata}")
        return None if content is None else HeldFile(content, upload.metadata)

    def let_go(self, owner: str, ticket: str) -> None:
        """Forgets the file of a ticket."""
        if upload := self.find(owner, ticket):
            self.uploads.end(upload)

    def check(self) -> None:
        """Refuses where people could not be kept now."""
        self.vault.check()

    def keep_people(self, read: ReadRegister, leaders: Collection[str], keeper: str) -> int:
        """Keeps what the file states of these leaders; how many are new."""
        return keep_people(self.vault, read.private, leaders, keeper)
