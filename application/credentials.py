"""How people prove who they are: what a password and a sign-in name must be, and who keeps them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.errors import Reason
from domain.policies import holds

SHORTEST = 12
"""How many characters a password has at least; what it is made of is the person's own affair."""

LONGEST = 200
"""How many characters a password has at most, so that nobody keeps the machine busy with one."""

LONGEST_NAME = 64

COMMONEST = frozenset(
    [
        "123456789012",
        "1234567890123",
        "1234567890ab",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "1qaz2wsx3edc4rfv",
        "abc123456789",
        "abcd12345678",
        "abcdefghijkl",
        "administrator",
        "admin1234567",
        "admin123456789",
        "changemeplease",
        "changeme1234",
        "fundtrail123",
        "fundtrail1234",
        "iloveyou1234",
        "letmein12345",
        "letmeinplease",
        "p@ssw0rd1234",
        "passw0rd1234",
        "password1234",
        "password12345",
        "password123456",
        "passwordpassword",
        "qazwsxedcrfv",
        "qwer12345678",
        "qwertyuiop12",
        "qwertyuiop123",
        "qwertyuiopasdf",
        "welcome12345",
        "welcome123456",
        "woaini123456",
        "woaini1314520",
        "woaini5201314",
        "woaizhongguo",
        "zhongguo1234",
        "zxcvbnm12345",
        "zxcvbnmasdfghjkl",
    ]
)
"""The passwords of this length that are tried first."""


def as_name(typed: str) -> str:
    """A sign-in name as it is kept: whatever was typed in wide or capital letters is the same.

    What could not be one, such as control characters, is no name at all.
    """
    name = unicodedata.normalize("NFKC", typed).strip().casefold()
    return name if name.isprintable() and len(name) <= LONGEST_NAME else ""


def as_password(typed: str) -> str:
    """A password as it is hashed: letters that look alike on two keyboards are the same."""
    return unicodedata.normalize("NFC", typed)


def is_fit_name(name: str) -> Iterable[Reason | None]:
    """It is one word that can be typed."""
    yield holds(
        "sign-in.name",
        3 <= len(name) <= LONGEST_NAME and name.isprintable() and " " not in name,
        "A sign-in name has 3 to 64 characters and no spaces.",
        field="/name",
    )


def is_fit_password(name: str, password: str) -> Iterable[Reason | None]:
    """It is long, and not among the first that somebody would try."""
    yield holds(
        "sign-in.length",
        SHORTEST <= len(password) <= LONGEST,
        "A password has 12 to 200 characters; a sentence is easy to remember.",
        field="/password",
    )
    plain = password.casefold()
    yield holds(
        "sign-in.common",
        plain not in COMMONEST and plain != name and len(set(plain)) > 2,
        "This password is among the first that somebody would try; think of another one.",
        field="/password",
    )


def is_same(password: str, again: str) -> Reason | None:
    """It was typed twice alike."""
    return holds(
        "sign-in.again", password == again, "The two passwords are not the same.", field="/again"
    )


class TooMany(Exception):
    """Too many tries, or commands, in too short a time; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} seconds")
        self.seconds = seconds


class Limits(Protocol):
    """How often something may be done."""

    def take(self, kind: str, *who: str) -> None:
        """Counts once; raises TooMany where it was done too often."""

    def check_tries(self, name: str, address: str) -> None:
        """Raises TooMany where a name was tried too often, or an address tried too much."""

    def wrong_try(self, name: str, address: str) -> None:
        """Counts a wrong try."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session as its owner sees it; `browser` is a kind, such as `firefox/linux`."""

    id: str
    method: str
    browser: str
    opened_at: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class Own:
    """By what somebody may prove who they are."""

    name: str
    changed_at: datetime | None
    is_linked: bool

    @property
    def is_any(self) -> bool:
        """Whether there is anything yet."""
        return bool(self.name) or self.is_linked


@dataclass(frozen=True, slots=True)
class Invited:
    """A one-time secret, shown this once, and until when it is good."""

    secret: str
    until: datetime


class Credentials(Protocol):
    """Passwords, invitations, and whom a provider's subjects are."""

    def by_password(self, name: str, password: str, address: str) -> Future[str]:
        """The person; empty where name or password is wrong; TooMany where it was tried often."""

    def by_subject(self, issuer: str, subject: str) -> str:
        """The person that a provider's subject is; empty where nobody is linked to it."""

    def of(self, person: str) -> Own:
        """What somebody has set."""

    def able(self) -> frozenset[str]:
        """Everybody who has set something."""

    def invite(self, person: str, by: str) -> Invited:
        """Makes a one-time secret for somebody; earlier ones end."""

    def invited(self, secret: str) -> str:
        """The person whom the secret is for; empty where it is unknown, used or over."""

    def hashed(self, password: str) -> Future[str]:
        """The hash of a password, worked out apart."""

    def check_name(self, name: str, person: str) -> None:
        """Refuses a sign-in name that somebody else has."""

    def keep_password(self, person: str, name: str, hash: str, secret: str = "") -> None:
        """Keeps a password and ends every session; uses up the invitation that is named."""

    def link(self, person: str, issuer: str, subject: str, secret: str) -> None:
        """Links a provider's subject to somebody, and uses up the invitation."""
