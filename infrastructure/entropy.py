"""Identities and salts: from the system, or from a seed that gives the same ones again."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from threading import Lock

import uuid_utils

SALTS = 64
"""How many salts are drawn from the system at once."""


class SystemEntropy:
    """Nobody can guess these."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.bits = ""

    def new_id(self, now: datetime) -> str:
        """A UUID of version 7."""
        return str(uuid_utils.uuid7())

    def salt(self) -> str:
        """128 random bits as 32 hexadecimal digits."""
        with self.lock:
            if not self.bits:
                # The system is asked for many salts at once, because asking costs more than giving.
                self.bits = secrets.token_hex(16 * SALTS)
            salt, self.bits = self.bits[:32], self.bits[32:]
            return salt


class SeededEntropy:
    """The same identities and salts for the same seed: for demonstrations and tests only."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.given = 0

    def new_id(self, now: datetime) -> str:
        """A UUID of version 7, made of the time and the next digits of the seed."""
        milliseconds = int(now.timestamp() * 1_000)
        digits = f"{milliseconds:012x}7{self.next()[:3]}"
        tail = f"{8 + int(self.next()[0], 16) % 4:x}{self.next()[:15]}"
        whole = digits + tail
        return "-".join((whole[:8], whole[8:12], whole[12:16], whole[16:20], whole[20:]))

    def salt(self) -> str:
        """The next 32 hexadecimal digits of the seed."""
        return self.next()[:32]

    def next(self) -> str:
        """The next 64 hexadecimal digits."""
        self.given += 1
        return hashlib.sha256(f"{self.seed}:{self.given}".encode()).hexdigest()
