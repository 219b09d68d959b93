"""What is kept of secrets that are random and long: enough to know them again."""

from __future__ import annotations

import hashlib


def digest_of(secret: str) -> str:
    """What is stored of a secret that is random and long."""
    return hashlib.sha256(secret.encode()).hexdigest()
