"""Hashing passwords: Argon2id, in threads of its own, so that nothing else waits for it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from threading import BoundedSemaphore
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from application.credentials import TooMany

AT_ONCE = 2
"""How many passwords are hashed at once: each takes a core, and the memory of its parameters."""

WAITING = 64
"""How many may wait for it; whoever comes on top is told to come again."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Cost:
    """How much work a guess is: passes, memory in KiB, and lanes."""

    passes: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


class Hashing:
    """Argon2id with these parameters; hashes with others are made anew when they are next used."""

    def __init__(self, cost: Cost) -> None:
        hasher = Argon2Hasher(cost.passes, cost.memory_kib, cost.lanes)
        self.hasher = PasswordHash((hasher,))
        self.threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="hashing")
        self.room = BoundedSemaphore(WAITING)

    @cached_property
    def nobodys(self) -> str:
        """With this whoever has no password here is compared, so that it takes as long."""
        return self.hasher.hash("nobody has this password")

    def later(self, work: Callable[..., Answer], *arguments: str) -> Future[Answer]:
        """Does something in one of the threads; raises TooMany where too many wait already."""
        if not self.room.acquire(blocking=False):
            raise TooMany(1)
        future = self.threads.submit(work, *arguments)
        future.add_done_callback(lambda _: self.room.release())
        return future

    def hashed(self, password: str) -> str:
        """The hash of a password."""
        return self.hasher.hash(password)

    def is_right(self, password: str, hash: str) -> tuple[bool, str | None]:
        """Whether it is the password of the hash, and a new hash where the parameters changed."""
        return self.hasher.verify_and_update(password, hash)

    def close(self) -> None:
        """Lets the threads end."""
        self.threads.shutdown(wait=False, cancel_futures=True)
