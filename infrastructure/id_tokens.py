"""Reading what a provider has signed: who somebody is, said to us, now, as we have asked."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from application.openid import Unproved

ALGORITHMS = frozenset(
    ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
)
"""Signatures that only the provider can make; never a shared secret, never none."""

LEEWAY = 60
"""How many seconds the provider's clock may differ from ours."""

LONGEST = 16 * 1024
RARELY = 30.0
"""How many seconds lie at least between two questions for keys, whatever tokens name."""

Set = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a token must answer, by which signatures, and the time in seconds since 1970."""

    issuer: str
    client: str
    nonce: str
    algorithms: tuple[str, ...]
    now: float


class Keys:
    """The provider's keys, asked for again when a token names one that is not known."""

    def __init__(self, fetch: Callable[[], Set]) -> None:
        self.fetch = fetch
        self.lock = Lock()
        self.kept: Set = {}
        self.asked_at = -RARELY

    def with_key(self, id: str) -> KeySet:
        """The keys, among which is the one of that id if the provider has it."""
        with self.lock:
            if id not in self.ids() and time.monotonic() - self.asked_at >= RARELY:
                self.kept, self.asked_at = self.fetch(), time.monotonic()
            try:
                return KeySet.import_key_set(self.kept)  # type: ignore[arg-type]
            except (JoseError, ValueError, KeyError, TypeError):
                raise Unproved("signature", "the provider's keys cannot be read") from None

    def ids(self) -> set[str]:
        """The ids of the keys that are known; a key without one has an empty id."""
        return {str(key.get("kid", "")) for key in self.kept.get("keys", [])}


def subject_of(token: str, asked: Asked, keys: Keys) -> str:
    """Whom a signed token names; raises Unproved where it is not one for us."""
    allowed = [name for name in asked.algorithms if name in ALGORITHMS]
    if len(token) > LONGEST:
        raise Unproved("signature", "the token is too long")
    try:
        # Nothing of this is believed yet; it says which key to look for.
        header = jws.extract_compact(token.encode()).headers()
        claims = jwt.decode(token, keys.with_key(str(header.get("kid", ""))), allowed).claims
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise Unproved("signature", type(error).__name__) from None
    check_claims(claims, asked)
    return str(claims["sub"])


def check_claims(claims: Set, asked: Asked) -> None:
    """Refuses what another provider says, or to somebody else, or at another time."""
    if claims.get("iss") != asked.issuer:
        raise Unproved("issuer", "the token comes from another provider")
    given = claims.get("aud")
    audience = given if isinstance(given, list) else [given]
    is_alone = len(audience) == 1 and claims.get("azp") in (None, asked.client)
    if asked.client not in audience or not (is_alone or claims.get("azp") == asked.client):
        raise Unproved("audience", "the token was made for another program")
    if not is_number(claims.get("exp")) or claims["exp"] <= asked.now - LEEWAY:
        raise Unproved("expiry", "the token is over")
    if not is_number(claims.get("iat")) or claims["iat"] > asked.now + LEEWAY:
        raise Unproved("expiry", "the token was made later than now")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not secrets.compare_digest(
        nonce.encode(), asked.nonce.encode()
    ):
        raise Unproved("nonce", "the token answers another question")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 1 <= len(subject) <= 255:
        raise Unproved("subject", "the token names nobody")


def is_number(value: object) -> bool:
    """Whether it is a number, and no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)
