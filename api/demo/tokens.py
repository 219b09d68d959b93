"""One API token a role: made when the district is loaded, and kept for whoever starts it again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from api.demo.people import OFFICERS, PRINCIPALS, person_id
from infrastructure.settings import Settings
from infrastructure.system import System

FILE = "demo-tokens.txt"
SEPARATOR = "\t"

HOLDERS = (*PRINCIPALS, *(officer.key for officer in OFFICERS))
"""Whoever is the first of these to hold a role gets its token."""


class RoleToken(NamedTuple):
    """The token of a role, and the name of the person for whom it speaks."""

    role: str
    person: str
    secret: str


def token_file(settings: Settings) -> Path:
    """Where the tokens are kept: beside the database, or beside the files where it is a server's.

    Only their hashes are in the database; the file is readable by its owner alone.
    """
    address = sa.make_url(settings.database_url)
    if address.get_backend_name() == "sqlite" and address.database:
        return Path(address.database).parent / FILE
    return settings.files.parent / FILE


def make_tokens(system: System) -> list[RoleToken]:
    """A fresh token for each role that somebody holds."""
    names, made = system.identity.names(), dict[str, RoleToken]()
    for key in HOLDERS:
        person = person_id(key)
        for held in system.identity.held_by(person):
            if held.role not in made:
                now = system.clock.now()
                id = system.entropy.new_id(now)
                secret = system.identity.create_token(id, person, held, now)
                made[held.role] = RoleToken(held.role, names[person], secret)
    return list(made.values())


def keep_tokens(file: Path, tokens: list[RoleToken]) -> None:
    """Writes the tokens where only the owner of the file reads them."""
    file.unlink(missing_ok=True)
    lines = (SEPARATOR.join(token) for token in tokens)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as writing:
        writing.writelines(f"{line}\n" for line in lines)


def kept_tokens(file: Path) -> list[RoleToken]:
    """The tokens that were kept; none where the file is gone."""
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    return [RoleToken(*line.split(SEPARATOR)) for line in lines]
