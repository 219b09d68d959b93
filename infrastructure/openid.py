"""Signing in with OpenID Connect: the authorization code, with PKCE, state and nonce."""

from __future__ import annotations

import hashlib
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import urlencode, urlsplit

import httpx
import sqlalchemy as sa

from application.openid import Begun, Found, Unproved
from infrastructure.database import Database, metadata
from infrastructure.digests import digest_of
from infrastructure.id_tokens import Asked, Keys, subject_of

MINUTES = 10
"""How long somebody has for signing in at the provider."""

FRESH_SECONDS = 3600
"""How long what the provider says of itself is taken as said."""

LONGEST = 256 * 1024
"""The most bytes that an answer of the provider may have."""

attempts = sa.Table(
    "openid_attempts",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("nonce", sa.Text, nullable=False),
    sa.Column("verifier", sa.Text, nullable=False),
    sa.Column("after", sa.Text, nullable=False),
    sa.Column("invitation", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Client:
    """What the provider knows of this house, and how people are told of the provider."""

    issuer: str
    id: str
    secret: str
    scopes: str
    label: str


class OpenId:
    """One provider; every question to it ends after a few seconds."""

    def __init__(self, client: Client, database: Database, now: Callable[[], datetime]) -> None:
        self.client = client
        self.label = client.label
        self.database = database
        self.now = now
        self.http = httpx.Client(timeout=10, follow_redirects=False)
        self.lock = Lock()
        self.said: dict[str, object] = {}
        self.asked_at = 0.0
        self.keys = Keys(lambda: self.fetch(self.address("jwks_uri")))

    def fetch(self, address: str) -> dict[str, object]:
        """A JSON document of the provider."""
        return self.answer(lambda: self.http.get(address))

    def answer(self, ask: Callable[[], httpx.Response]) -> dict[str, object]:
        """What the provider answers, if it is a JSON object of a sensible size."""
        try:
            response = ask()
            if response.status_code != 200 or len(response.content) > LONGEST:
                raise Unproved("provider", f"the provider answered {response.status_code}")
            found = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unproved("provider", type(error).__name__) from None
        if not isinstance(found, dict):
            raise Unproved("provider", "the provider's answer is no object")
        return found

    @property
    def provider(self) -> dict[str, object]:
        """What the provider says of itself, under the issuer's name and no other."""
        with self.lock:
            if not self.said or time.monotonic() - self.asked_at > FRESH_SECONDS:
                issuer = self.client.issuer
                check_address(issuer)
                said = self.fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
                if said.get("issuer") != issuer:
                    raise Unproved("issuer", "the provider calls itself by another name")
                self.said, self.asked_at = said, time.monotonic()
            return self.said

    def address(self, name: str) -> str:
        """An address that the provider names; over TLS, unless it is on this machine."""
        found = str(self.provider.get(name, ""))
        check_address(found)
        return found

    def names(self, name: str, otherwise: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list that the provider gives."""
        found = self.provider.get(name)
        return tuple(str(item) for item in found) if isinstance(found, list) else otherwise

    def begin(self, back: str, *, after: str = "/", invitation: str = "") -> Begun:
        """Where to send the browser, and the secret for its cookie, to which the answer is bound.

        `back` is the address to which the provider sends it back, `after` the page behind that.
        """
        secret, state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(4))
        address, now = self.address("authorization_endpoint"), self.now()
        asked = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": back,
            "scope": " ".join(dict.fromkeys(["openid", *self.client.scopes.split()])),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge(verifier),
            "code_challenge_method": "S256",
        }
        row = {"digest": digest_of(secret), "state": state, "nonce": nonce, "verifier": verifier}
        until = (now + timedelta(minutes=MINUTES)).isoformat()
        with self.database.writing() as connection:
            connection.execute(attempts.delete().where(attempts.c.expires_at <= now.isoformat()))
            connection.execute(
                attempts.insert().values(
                    **row, after=after, invitation=invitation, expires_at=until
                )
            )
        return Begun(f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", secret)

    def finish(self, secret: str, back: str, said: dict[str, str]) -> Found:
        """Who came back, by what the provider added to the address; raises Unproved."""
        attempt = self.taken(secret)
        if not secrets.compare_digest(said.get("state", "").encode(), attempt.state.encode()):
            raise Unproved("state", "the answer belongs to another request")
        self.check_sender(said.get("iss"))
        if "error" in said or not said.get("code"):
            raise Unproved("provider", "the provider gave no code")
        answer = self.exchange(said["code"], back, attempt.verifier)
        asked = Asked(
            self.client.issuer,
            self.client.id,
            attempt.nonce,
            self.names("id_token_signing_alg_values_supported", ("RS256",)),
            self.now().timestamp(),
        )
        subject = subject_of(str(answer.get("id_token", "")), asked, self.keys)
        return Found(self.client.issuer, subject, attempt.after, attempt.invitation)

    def taken(self, secret: str) -> sa.Row[tuple[str, ...]]:
        """What was asked from this browser; an answer is taken once."""
        which = attempts.c.digest == digest_of(secret)
        with self.database.writing() as connection:
            row = connection.execute(sa.select(attempts).where(which)).one_or_none()
            connection.execute(attempts.delete().where(which))
        if row is None or row.expires_at <= self.now().isoformat():
            raise Unproved("state", "nothing was asked from this browser, or too long ago")
        return row

    def check_sender(self, issuer: str | None) -> None:
        """The answer names its sender where the provider does so, and it is the right one."""
        says = self.provider.get("authorization_response_iss_parameter_supported") is True
        if issuer != self.client.issuer and (issuer is not None or says):
            raise Unproved("issuer", "the answer comes from another provider")

    def exchange(self, code: str, back: str, verifier: str) -> dict[str, object]:
        """The tokens for a code, of which only the one that says who it is matters."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        ways = self.names("token_endpoint_auth_methods_supported", ("client_secret_basic",))
        address, own = self.address("token_endpoint"), (self.client.id, self.client.secret)
        if "client_secret_basic" in ways:
            auth = httpx.BasicAuth(*map(quoted, own))
            return self.answer(lambda: self.http.post(address, data=form, auth=auth))
        form |= dict(zip(("client_id", "client_secret"), own, strict=True))
        return self.answer(lambda: self.http.post(address, data=form))

    def close(self) -> None:
        """Ends the connections to the provider."""
        self.http.close()


def challenge(verifier: str) -> str:
    """What the provider is shown of the verifier beforehand (PKCE, S256)."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def quoted(part: str) -> str:
    """An id or secret as it is written for basic authentication (RFC 6749, 2.3.1)."""
    return urlencode({"": part})[1:]


def check_address(address: str) -> None:
    """Refuses addresses without TLS, but for those of this machine."""
    parts = urlsplit(address)
    is_here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and is_here))):
        raise Unproved("provider", "an address of the provider is not one with TLS")
