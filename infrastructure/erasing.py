"""Erasing people: the event, then the key, then every trace of it, and a journal of it outside.

What follows the event is found by looking, not remembered: whoever is erased in the chronicle and
still has a key in the vault loses it, however the event came about.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from application.decide import Sent
from application.people import PERSON, AdmitPerson, ErasePerson
from application.principals import Grounds
from application.questions import Moment
from domain.documents import kept_until
from domain.kernel import Record
from domain.people.person import Stage
from infrastructure.admitting import OPERATOR
from infrastructure.credentials import OF_PERSONS
from infrastructure.drafts import table as drafts
from infrastructure.keys import beside
from infrastructure.people import tokens
from infrastructure.scrubbing import scrub
from infrastructure.sessions import table as sessions
from infrastructure.settings import Settings
from infrastructure.vault_rows import table as vault
from infrastructure.views.people import table as persons

if TYPE_CHECKING:
    from infrastructure.system import System


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of somebody: until when their name must be kept, for how many records.

    `is_scrubbed` says that no trace is left in the files of the database.
    """

    person: str
    authority: str
    kept_until: date | None
    records: int
    is_scrubbed: bool = True


def erase(system: System, person: str, authority: str) -> Erased:
    """Erases somebody by an authority; refused where the rules say no."""
    tell(system, person, authority)
    done = {one.person: one for one in settle(system)}
    return done.get(person) or Erased(person, authority, None, 0)


def tell(system: System, person: str, authority: str) -> None:
    """Records that somebody is erased (J7).

    Whoever is known only by what is kept of them, since a register names them, is let in first.
    """
    if is_only_kept(system, person):
        admitted = AdmitPerson(person=person)
        system.desk.send(Sent(noun="person", verb="admit", command=admitted, by=OPERATOR))
    command = Sent(
        noun="person",
        verb="erase",
        command=ErasePerson(),
        by=OPERATOR,
        id=person.removeprefix(PERSON),
        grounds=Grounds(authority_ref=authority),
    )
    system.desk.send(command)


def is_only_kept(system: System, person: str) -> bool:
    """Whether something is kept of somebody whom the chronicle does not know as a person."""
    query = sa.select(vault.c.person).where(vault.c.person == person, vault.c.key_id != "")
    with system.database.reading() as connection:
        kept = connection.execute(query).first() is not None
    with system.shelf() as shelf:
        return kept and person not in shelf.fetch((person,))


def pending(system: System) -> list[str]:
    """Everybody who is erased in the chronicle and not yet in the vault."""
    query = (
        sa.select(vault.c.person)
        .join(persons, vault.c.person == PERSON + persons.c.id)
        .where(
            persons.c.stage == Stage.ERASED,
            sa.func.length(vault.c.wrapped_key) > 0,
            vault.c.kept_until == "",
        )
        .order_by(vault.c.person)
    )
    with system.database.reading() as connection:
        return list(connection.execute(query).scalars())


def settle(system: System) -> list[Erased]:
    """Destroys the keys of all who are erased; nothing is asked but one question if there is none.

    The journal is written first: a restore must know of it whatever happens next.
    """
    people = pending(system)
    if not people:
        return []
    done = [settle_one(system, person) for person in people]
    is_scrubbed = scrub(system.database)
    return [Erased(e.person, e.authority, e.kept_until, e.records, is_scrubbed) for e in done]


def settle_one(system: System, person: str) -> Erased:
    """Destroys what is kept of one person, and whatever they could come in with."""
    record = erasure_of(system, person)
    write_journal(journal_of(system.settings), record)
    last, count = hands_on_books(system, person)
    until = kept_until(last.astimezone(system.zone).year) if last is not None else None
    ended = system.clock.now().isoformat()
    with system.database.writing() as connection:
        system.vault.destroy(connection, person, until)
        for table in (*OF_PERSONS, sessions, drafts):
            connection.execute(table.delete().where(table.c.person == person))
        valid = sa.and_(tokens.c.person == person, tokens.c.revoked_at == "")
        connection.execute(tokens.update().where(valid).values(revoked_at=ended))
    return Erased(person, record.authority_ref, until, count)


def erasure_of(system: System, person: str) -> Record[Any]:
    """The record by which somebody was erased."""
    decode = system.store.chronicle.lines.decode
    records = [decode(line) for _, line in system.questions.timeline(person, Moment())]
    return next(r for r in reversed(records) if r.event_name == "person.erased")


def hands_on_books(system: System, person: str) -> tuple[datetime | None, int]:
    """When somebody's hand last stood on a record that moved money, and on how many it stands."""
    decode, needle = system.store.chronicle.lines.decode, person.encode()
    last: datetime | None = None
    count = 0
    for _, line, _ in system.store.recorder.scan():
        if needle in line:
            record = decode(line)
            if record.postings and person in hands_of(record):
                last = max(last or record.effective_at, record.effective_at)
                count += 1
    return last, count


def hands_of(record: Record[Any]) -> frozenset[str]:
    """Everybody whose hand is on a record."""
    behalf = record.on_behalf_of
    others = (behalf.prepared_by, behalf.delegated_by, behalf.person) if behalf else ()
    return frozenset({record.actor.id, *others})


def expire(system: System) -> int:
    """Destroys the names that no longer have to be kept; how many they were."""
    today = system.today().isoformat()
    over = sa.and_(vault.c.kept_until != "", vault.c.kept_until < today)
    with system.database.writing() as connection:
        people = list(connection.execute(sa.select(vault.c.person).where(over)).scalars())
        for person in people:
            system.vault.destroy(connection, person, None)
    return len(people)


def journal_of(settings: Settings) -> Path:
    """The list of erasures, outside of every backup of the database."""
    found = beside(settings, settings.erasures, "erasures")
    return found or settings.files.parent / "erasures"


def write_journal(journal: Path, record: Record[Any]) -> None:
    """Adds a line, unless the erasure stands there; nothing in it is personal."""
    if any(line["person"] == record.originator_id for line in read_journal(journal)):
        return
    line = {
        "person": record.originator_id,
        "at": record.recorded_at.isoformat(),
        "authority": record.authority_ref,
    }
    journal.parent.mkdir(parents=True, exist_ok=True)
    with journal.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_journal(journal: Path) -> list[dict[str, str]]:
    """Every erasure that was made; a line that a crash cut short is passed over."""
    if not journal.exists():
        return []
    found = []
    for line in journal.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return found


def replay(system: System) -> list[str]:
    """Makes the erasures of the journal that this chronicle lacks; whom they concern."""
    made = []
    for line in read_journal(journal_of(system.settings)):
        person = line["person"]
        with system.shelf() as shelf:
            found = shelf.fetch((person,)).get(person)
        is_to_be = found.stage != Stage.ERASED if found else is_only_kept(system, person)
        if is_to_be:
            tell(system, person, line["authority"])
            made.append(person)
    settle(system)
    return made
