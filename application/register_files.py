"""Files of registers: read, held for a while between preview and confirmation, and let go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from application.registers import RegisterRow

LARGEST_REGISTER = 20 * 1024 * 1024
"""The most bytes that a register may have."""


class RegisterFault(Protocol):
    """Something that keeps a file from being taken over; row 0 is the file itself."""

    @property
    def row(self) -> int:
        """The row of the sheet, of which the header is 1."""

    @property
    def field(self) -> str:
        """The heading of the column."""

    @property
    def message_en(self) -> str:
        """What is wrong, in English."""

    @property
    def message_zh(self) -> str:
        """What is wrong, in Chinese."""


class ReadRegister(Protocol):
    """A register that was read: its rows, or every fault."""

    sha256: str

    @property
    def rows(self) -> Sequence[RegisterRow]:
        """What would be recorded."""

    @property
    def faults(self) -> Sequence[RegisterFault]:
        """What is wrong with the file."""

    @property
    def private(self) -> Sequence[Any]:
        """What is kept apart of the people in it."""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file between preview and confirmation; `form` is the ending of its name."""

    content: bytes
    form: str


class RegisterFiles(Protocol):
    """Reads registers, holds them for a while, and keeps their people in the vault."""

    def template(self, form: str) -> bytes:
        """An empty register, as xlsx or csv."""

    def read(self, content: bytes, form: str) -> ReadRegister:
        """What a file holds."""

    def hold(self, owner: str, content: bytes, form: str) -> str:
        """Keeps a file for a day at the most; the ticket alone opens it again."""

    def held(self, owner: str, ticket: str) -> HeldFile | None:
        """The file of a ticket; None where it is gone, or is somebody else's."""

    def let_go(self, owner: str, ticket: str) -> None:
        """Forgets the file of a ticket."""

    def check(self) -> None:
        """Refuses where people could not be kept now."""

    def keep_people(self, read: ReadRegister, leaders: Collection[str], keeper: str) -> int:
        """Keeps what the file states of these leaders; how many are new."""
