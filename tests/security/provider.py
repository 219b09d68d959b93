"""A provider of identities that can be bent: what it signs and answers is up to the test."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "fundtrail", "a secret that only the two know"
KEYS = tuple(RSAKey.generate_key(2048, {"kid": kid}) for kid in ("one", "two"))


def encoded(value: Any) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


class Provider:
    """Keeps one key, one code at a time, and signs what it is told to."""

    def __init__(self, address: str) -> None:
        self.issuer = address
        self.key = KEYS[0]
        self.subject = "subject-1"
        self.asked: dict[str, str] = {}
        self.claims: dict[str, Any] = {}
        self.token: Callable[[dict[str, Any]], str] = self.signed
        self.back: dict[str, str] = {}
        self.says: dict[str, Any] = {}
        self.checks_verifier = True

    def signed(self, claims: dict[str, Any]) -> str:
        """As it should be."""
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    def unsigned(self, claims: dict[str, Any]) -> str:
        """With the algorithm none."""
        return f"{encoded({'alg': 'none'})}.{encoded(claims)}."

    def shared(self, claims: dict[str, Any]) -> str:
        """With a key that both sides know: the public one, as if it were a shared secret."""
        head = f"{encoded({'alg': 'HS256', 'kid': 'one'})}.{encoded(claims)}"
        public = self.key.as_pem(private=False)
        mac = hmac.new(public, head.encode(), hashlib.sha256).digest()
        return f"{head}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    def by_another(self, claims: dict[str, Any]) -> str:
        """With a key of somebody else, under the same id."""
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, KEYS[1])

    def changed(self, claims: dict[str, Any]) -> str:
        """Signed, and then another subject put in."""
        head, _, tail = self.signed(claims).split(".")
        return f"{head}.{encoded({**claims, 'sub': 'somebody-else'})}.{tail}"

    def document(self) -> dict[str, Any]:
        """What it says of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
            **self.says,
        }

    def authorized(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        self.asked = asked
        said = {"code": "code-1", "state": asked["state"], **self.back}
        return f"{asked['redirect_uri']}?{urlencode(said)}"

    def exchanged(self, form: dict[str, str], basic: str) -> tuple[int, dict[str, Any]]:
        """The tokens for a code."""
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        own = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '+')}".encode()).decode()
        is_right = form["code"] == "code-1" and basic == f"Basic {own}"
        if not is_right or (self.checks_verifier and challenge != self.asked["code_challenge"]):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "nonce": self.asked["nonce"],
            "iat": now,
            "exp": now + 300,
        }
        claims = {name: v for name, v in {**claims, **self.claims}.items() if v is not None}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.token(claims)}


class Handler(BaseHTTPRequestHandler):
    """Answers in the name of the provider that its server has."""

    @property
    def provider(self) -> Provider:
        """The provider."""
        return self.server.provider  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self.send_response(302)
            self.send_header("Location", self.provider.authorized(asked))
            self.end_headers()
        elif parts.path == "/keys":
            self.answer(200, {"keys": [self.provider.key.as_dict(private=False)]})
        else:
            self.answer(200, self.provider.document())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self.answer(*self.provider.exchanged(form, self.headers.get("authorization", "")))

    def answer(self, status: int, value: Any) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider that serves in a thread until the block is left."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    server.provider = provider  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
