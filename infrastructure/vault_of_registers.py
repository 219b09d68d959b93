"""Keeps many people in the vault at once, whom a register names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from application.history import AT_ONCE
from application.personal import TAKEN_OVER, Personal
from infrastructure.vault import PersonalVault
from infrastructure.vault_rows import fresh, next_of, reads, table


def take_in(vault: PersonalVault, people: Mapping[str, Personal], keeper: str) -> int:
    """Keeps each under a key of their own, in one transaction; how many are new.

    Nothing changes for whoever is known, or was erased. It is noted who kept which fields.
    """
    with vault.database.writing() as connection:
        known = known_of(connection, list(people))
        new = {person: said_of(people[person]) for person in people if person not in known}
        if not new:
            return 0
        master, changed = vault.sealing_key(connection), next_of(connection)
        rows = [
            {**fresh(master, person, said["name"], without_name(said)), "changed": changed + number}
            for number, (person, said) in enumerate(new.items())
        ]
        connection.execute(table.insert(), rows)
        note_all(connection, new, keeper, vault.now())
    return len(new)


def note_all(
    connection: sa.Connection, new: Mapping[str, Mapping[str, str]], keeper: str, at: datetime
) -> None:
    """Notes for each who kept which fields of them."""
    last = connection.execute(sa.select(sa.func.max(reads.c.no))).scalar() or 0
    notes = [
        {
            "no": last + number,
            "at": at.isoformat(timespec="microseconds"),
            "reader": keeper,
            "person": person,
            "fields": json.dumps(list(said)),
            "purpose": TAKEN_OVER,
        }
        for number, (person, said) in enumerate(new.items(), start=1)
    ]
    connection.execute(reads.insert(), notes)


def without_name(said: Mapping[str, str]) -> dict[str, str]:
    """What is sealed beside the name."""
    return {field: text for field, text in said.items() if field != "name"}


def known_of(connection: sa.Connection, people: list[str]) -> set[str]:
    """Those of whom something is kept, or was."""
    found: set[str] = set()
    for start in range(0, len(people), AT_ONCE):
        named = table.c.person.in_(people[start : start + AT_ONCE])
        found.update(connection.execute(sa.select(table.c.person).where(named)).scalars())
    return found


def said_of(personal: Personal) -> dict[str, str]:
    """What is said of somebody, without what is not."""
    return {field: text for field, text in asdict(personal).items() if text}
