"""The master keys: which there are, where they come from, and what is sealed with them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from application.personal import vault_closed
from infrastructure.settings import Settings

KEY_BYTES = 32
NONCE_BYTES = 12
PRIVATE = 0o600
TRIED = hashlib.sha256(b"fundtrail: nothing is secret where time is simulated").digest()
"""The key of a simulated system on PostgreSQL, which protects nothing and need not."""


def sealed(key: bytes, content: bytes, of: str) -> bytes:
    """The content, readable with the key alone, and only as what it is said to be."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, of.encode())


def unsealed(key: bytes, content: bytes, of: str) -> bytes | None:
    """What was sealed; None where it was another key, another thing, or other bytes."""
    with suppress(InvalidTag, ValueError):
        return AESGCM(key).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], of.encode())
    return None


@dataclass(frozen=True, slots=True)
class MasterKey:
    """A key that seals the keys of people; its fingerprint names it and tells nothing of it."""

    secret: bytes

    @property
    def fingerprint(self) -> str:
        """What stands beside whatever the key has sealed."""
        return hashlib.sha256(b"fundtrail key " + self.secret).hexdigest()[:16]

    @property
    def wrapping(self) -> bytes:
        """The key for this one use of the secret, which may have others."""
        return HKDF(SHA256(), KEY_BYTES, None, b"fundtrail: keys of people").derive(self.secret)


class Keys:
    """The master keys of a system, the newest first; read when one is needed for the first time."""

    def __init__(self, named: str, file: Path | None, *, is_tried: bool = False) -> None:
        self.named = named
        self.file = file
        self.is_tried = is_tried

    @cached_property
    def all(self) -> tuple[MasterKey, ...]:
        """Every key that there is; none where none was made yet."""
        if self.named.strip():
            return tuple(map(key_of, self.named.replace(",", " ").split()))
        if self.file is not None:
            return tuple(map(key_of, read_file(self.file).split()))
        if self.is_tried:
            return (MasterKey(TRIED),)
        raise vault_closed(
            "vault.key_needed",
            "What is known of people is sealed: set FUNDTRAIL_SECRET_KEY to 32 random bytes in "
            "base64 (openssl rand -base64 32), and keep a copy apart from the backups.",
        )

    def find(self, fingerprint: str) -> MasterKey:
        """The key of that fingerprint; refused where it is not among those that there are."""
        for key in self.all:
            if key.fingerprint == fingerprint:
                return key
        raise vault_closed(
            "vault.key_missing",
            "What is known of people was sealed with the key {fingerprint}, which is not among "
            "the keys that this system was given.",
            fingerprint=fingerprint,
        )

    def newest(self) -> MasterKey | None:
        """The key that seals whatever is sealed from now on."""
        return self.all[0] if self.all else None

    def make(self) -> MasterKey:
        """Makes a key, the newest from now on, in the file beside the database."""
        if self.file is None or self.named.strip():
            raise vault_closed(
                "vault.key_named",
                "The keys of this system are named by FUNDTRAIL_SECRET_KEY: put a new one in "
                "front of them there.",
            )
        add_to_file(self.file)
        self.__dict__.pop("all", None)
        return self.all[0]


def keys_of(settings: Settings) -> Keys:
    """The keys of the system that the settings describe."""
    return Keys(
        settings.secret_key,
        beside(settings, settings.key_file, "key"),
        is_tried=settings.clock == "simulated",
    )


def beside(settings: Settings, named: Path | None, ending: str) -> Path | None:
    """A file beside the SQLite database, unless another is named."""
    file = database_file(settings.database_url)
    if named is not None or file is None:
        return named
    return file.with_name(f"{file.name}.{ending}")


def database_file(url: str) -> Path | None:
    """The file of an SQLite database; None for a server's, or one in memory."""
    address = sa.make_url(url)
    name = address.database if address.get_backend_name() == "sqlite" else None
    return Path(name) if name and name != ":memory:" else None


def key_of(text: str) -> MasterKey:
    """The key that is written in base64; refused where it is anything but 32 bytes."""
    plain = text.strip().replace("-", "+").replace("_", "/")
    secret = b""
    with suppress(binascii.Error, ValueError):
        secret = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    if len(secret) != KEY_BYTES:
        raise vault_closed("vault.key_form", "A master key is 32 random bytes, written in base64.")
    return MasterKey(secret)


def read_file(file: Path) -> str:
    """The keys of a file that nobody but its owner may read; nothing where there is none."""
    if not file.exists():
        return ""
    if file.stat().st_mode & 0o077:
        raise vault_closed(
            "vault.key_open",
            "Others than its owner may read the key file {file}: take that from them (chmod 600).",
            file=file.name,
        )
    return file.read_text("ascii")


def add_to_file(file: Path) -> None:
    """Puts a new key in front of those of the file; of several that make the first one, one does.

    The file has its whole content as soon as it has its name.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    before = read_file(file)
    secret = base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE), "w") as written:
        written.write("".join(f"{line}\n" for line in (secret, *before.split())))
        written.flush()
        os.fsync(written.fileno())
    try:
        if before:
            os.replace(draft, file)
        else:
            with suppress(FileExistsError):
                os.link(draft, file)
    finally:
        draft.unlink(missing_ok=True)
