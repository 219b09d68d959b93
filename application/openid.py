"""Signing in at a provider of identities, as the surfaces see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Unproved(Exception):
    """The provider's answer does not prove who somebody is; `check` names what failed."""

    def __init__(self, check: str, why: str) -> None:
        super().__init__(f"{check}: {why}")
        self.check = check
        self.why = why


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes, and the secret of the cookie to which the answer is bound."""

    address: str
    secret: str


@dataclass(frozen=True, slots=True)
class Found:
    """Who came back: a provider's subject; where they wanted to go; with which invitation."""

    issuer: str
    subject: str
    after: str
    invitation: str


class OpenId(Protocol):
    """A provider of identities."""

    @property
    def label(self) -> str:
        """What people call it."""

    def begin(self, back: str, *, after: str = "/", invitation: str = "") -> Begun:
        """Sends somebody there; `back` is the address to which they return."""

    def finish(self, secret: str, back: str, said: dict[str, str]) -> Found:
        """Who has come back; raises Unproved."""
