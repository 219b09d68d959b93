"""The vault: what is known of people, each sealed with a key of their own.

A person's key is wrapped by a master key, which is kept apart from the database. Whoever destroys
the key has destroyed what it sealed, wherever copies of that may lie.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from application.personal import KEPT, Contact, Personal, Read, VaultClosed, vault_closed
from domain.errors import refuse
from infrastructure.database import Database
from infrastructure.keys import Keys, MasterKey, unsealed
from infrastructure.vault_rows import NOTHING, Row, fresh, next_of, read_of, reads, table, wrapped

LOG = logging.getLogger("fundtrail.vault")

NEEDED = sa.select(table.c.key_id).where(table.c.key_id != "").distinct()
"""The fingerprints of the keys with which something is sealed."""


class PersonalVault:
    """The vault in the database, and the names that this process has read from it."""

    def __init__(self, database: Database, keys: Keys, now: Callable[[], datetime]) -> None:
        self.database = database
        self.keys = keys
        self.now = now
        self.known: tuple[int, dict[str, str]] = (0, {})

    def names(self) -> dict[str, str]:
        """The name of everybody who has one; what changed since the last time is unsealed."""
        seen, known = self.known
        with self.database.reading() as connection:
            head = connection.execute(sa.select(sa.func.max(table.c.changed))).scalar() or 0
            if head == seen:
                return known
            if head < seen:
                seen, known = 0, {}
            rows = connection.execute(
                sa.select(table).where(table.c.changed > seen).order_by(table.c.changed)
            ).all()
        known = dict(known)
        for row in rows:
            name = self.name_on_pages(row)
            if name is None:
                known.pop(row.person, None)
            else:
                known[row.person] = name
        self.known = (head, known)
        return known

    def name_on_pages(self, row: Row) -> str | None:
        """The name, unless the person is erased; one bad row does not take the pages with it."""
        if not row.wrapped_key or row.kept_until:
            return None
        self.keys.find(row.key_id)
        try:
            return self.unseal(row, self.key_of(row), "name").decode()
        except VaultClosed:
            LOG.error("what is kept of %s was changed by somebody else", row.person)
            return None

    def key_of(self, row: Row) -> bytes:
        """The key of a person, unwrapped."""
        master = self.keys.find(row.key_id)
        key = unsealed(master.wrapping, bytes(row.wrapped_key), f"{row.person} key")
        return key if key is not None else tampered(row.person)

    def unseal(self, row: Row, key: bytes, part: str) -> bytes:
        """A part of what is kept of a person; refused by name where its bytes were changed."""
        found = unsealed(key, bytes(getattr(row, part)), f"{row.person} {part}")
        return found if found is not None else tampered(row.person)

    def whole(self, row: Row) -> dict[str, str]:
        """All that is kept of a person."""
        key = self.key_of(row)
        details: dict[str, str] = json.loads(self.unseal(row, key, "details"))
        return {"name": self.unseal(row, key, "name").decode(), **details}

    def add(self, person: str, name: str) -> None:
        """Keeps the name of a new person; nothing changes where there is or was somebody."""
        self.add_all({person: name})

    def add_all(self, names: Mapping[str, str]) -> None:
        """The same for many people, in one transaction."""
        with self.database.writing() as connection:
            asked = sa.select(table.c.person).where(table.c.person.in_(list(names)))
            known = set(connection.execute(asked).scalars())
            master, changed = self.sealing_key(connection), next_of(connection)
            rows = [
                {**fresh(master, person, name, {}), "changed": changed + number}
                for number, (person, name) in enumerate(names.items())
                if person not in known
            ]
            if rows:
                connection.execute(table.insert(), rows)

    def keep(self, person: str, personal: Personal, *, keeper: str) -> None:
        """Keeps this of a person, in the place of what was kept before, under a new key."""
        said = {name: value for name, value in asdict(personal).items() if value}
        fields, name = tuple(said), said.pop("name")
        with self.database.writing() as connection:
            self.put(connection, person, name, said)
            self.note(connection, person, keeper, fields, KEPT)

    def correct(self, person: str, contact: Contact) -> None:
        """Keeps how a person is reached and paid; their name and number stay."""
        with self.database.writing() as connection:
            row = self.row_of(connection, person)
            if row is None or not row.wrapped_key:
                raise refuse("vault.nobody", "Nothing is kept of this person.")
            details = self.whole(row) | asdict(contact)
            name = details.pop("name")
            self.put(connection, person, name, {n: v for n, v in details.items() if v})
            self.note(connection, person, person, tuple(asdict(contact)), KEPT)

    def put(
        self, connection: sa.Connection, person: str, name: str, details: Mapping[str, str]
    ) -> None:
        """Writes a row; refused for somebody who was erased."""
        row = self.row_of(connection, person)
        if row is not None and (not row.wrapped_key or row.kept_until):
            raise refuse("vault.erased", "What was known of this person was erased.")
        values = fresh(self.sealing_key(connection), person, name, details)
        values["changed"] = next_of(connection)
        if row is None:
            connection.execute(table.insert().values(**values))
        else:
            connection.execute(table.update().where(table.c.person == person).values(**values))

    def sealing_key(self, connection: sa.Connection) -> MasterKey:
        """The newest key; nothing is sealed while a key is missing that sealed something else."""
        for needed in connection.execute(NEEDED).scalars():
            self.keys.find(needed)
        return self.keys.newest() or self.keys.make()

    def check(self) -> None:
        """Refuses where a key is missing with which something was sealed."""
        with self.database.reading() as connection:
            needed = list(connection.execute(NEEDED).scalars())
        self.keys.newest()
        for fingerprint in needed:
            self.keys.find(fingerprint)

    def row_of(self, connection: sa.Connection, person: str) -> Row | None:
        """The row of a person."""
        return connection.execute(sa.select(table).where(table.c.person == person)).one_or_none()

    def read(self, person: str, *, reader: str, purpose: str) -> Mapping[str, str]:
        """What is kept of a person; nothing is given out before it is noted that it was read."""
        with self.database.writing() as connection:
            row = self.row_of(connection, person)
            if row is None or not row.wrapped_key:
                return {}
            found = self.whole(row)
            self.note(connection, person, reader, tuple(found), purpose)
        return found

    def note(
        self, connection: sa.Connection, person: str, by: str, fields: tuple[str, ...], purpose: str
    ) -> None:
        """Notes who had which fields of a person before them, and what for."""
        last = connection.execute(sa.select(sa.func.max(reads.c.no))).scalar() or 0
        noted = {
            "no": last + 1,
            "at": self.now().isoformat(timespec="microseconds"),
            "reader": by,
            "person": person,
            "fields": json.dumps(list(fields)),
            "purpose": purpose,
        }
        connection.execute(reads.insert().values(**noted))

    def reads(self, person: str | None, *, before: int = 0, limit: int = 100) -> list[Read]:
        """Who has read what, the newest first; of one person, or of everybody."""
        query = sa.select(reads).order_by(reads.c.no.desc()).limit(limit)
        if person is not None:
            query = query.where(reads.c.person == person)
        if before:
            query = query.where(reads.c.no < before)
        with self.database.reading() as connection:
            return [read_of(row) for row in connection.execute(query)]

    def destroy(self, connection: sa.Connection, person: str, kept_until: date | None) -> None:
        """Destroys the key of a person; a name that must be kept goes under a new one, alone."""
        row = self.row_of(connection, person)
        if row is None or not row.wrapped_key:
            return
        values: dict[str, Any] = dict(NOTHING)
        if kept_until is not None:
            name = self.whole(row)["name"]
            values = fresh(self.sealing_key(connection), person, name, {})
            values["kept_until"] = kept_until.isoformat()
        values["changed"] = next_of(connection)
        connection.execute(table.update().where(table.c.person == person).values(**values))

    def rotate(self) -> Iterator[int]:
        """Wraps the key of everybody with the newest master key; how many are done so far."""
        newest = self.keys.newest()
        if newest is None:
            return
        query = sa.select(table.c.person).where(table.c.key_id.not_in(("", newest.fingerprint)))
        with self.database.reading() as connection:
            people = list(connection.execute(query).scalars())
        for count, person in enumerate(people, start=1):
            with self.database.writing() as connection:
                row = self.row_of(connection, person)
                if row is not None and row.wrapped_key:
                    values = wrapped(newest, self.key_of(row), person)
                    change = table.update().where(table.c.person == person)
                    connection.execute(change.values(**values))
            yield count


def tampered(person: str) -> bytes:
    """Refuses to read what nobody of this system has written."""
    raise vault_closed(
        "vault.tampered",
        "What is kept of {person} was changed by somebody else, and is not read.",
        person=person,
    )
