"""Who people are to the surfaces: their sessions and their tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.credentials import Opened
from application.principals import Principal


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who has signed in: as whom, and the secret that their forms carry."""

    principal: Principal
    name: str
    form_token: str


@dataclass(frozen=True, slots=True)
class Token:
    """An API token as it is listed: never the secret; `until` is its last day, if it has one."""

    id: str
    person: str
    role: str
    reach: str
    created_at: str
    revoked_at: str
    scope: str = ""
    until: str = ""


class Sessions(Protocol):
    """The sessions of people."""

    def listed(self, person: str, secret: str) -> list[Opened]:
        """Those of a person; `secret` is that of this browser."""

    def end_one(self, person: str, id: str) -> bool:
        """Ends one of them; False where there is none of that id."""

    def end_all(self, person: str, but: str = "") -> None:
        """Ends all of them, but the one with a secret."""


class Identity(Protocol):
    """Who people are."""

    def names(self) -> dict[str, str]:
        """The name of every person by id."""

    def principal(self, person: str) -> Principal:
        """The person with every role they hold."""

    def principals(self) -> dict[str, Principal]:
        """Everybody who holds a role, by id, with every role they hold."""

    def by_token(self, secret: str) -> Principal | None:
        """Who a token speaks for."""

    def by_tokens(self, secrets: Iterable[str]) -> Mapping[str, Principal]:
        """Who each of these tokens speaks for; those that are not valid are left out."""

    def by_session(self, secret: str) -> Session | None:
        """Who has signed in with a cookie."""

    @property
    def sessions(self) -> Sessions:
        """The sessions that are open."""

    def list_tokens(self, person: str = "") -> Sequence[Token]:
        """The API tokens of a person."""

    def revoke_token(self, id: str, now: datetime, person: str = "") -> bool:
        """Ends a token of a person; False where they have no such token."""

    def sign_in(
        self, person: str, *, method: str = "token", browser: str = "", token: str = ""
    ) -> str:
        """Opens a session, of a token where one is given, and gives its secret."""

    def sign_out(self, secret: str) -> None:
        """Ends a session."""
