"""Forged records that verify must find: each hashes to its leaf, and breaks a rule."""

from __future__ import annotations

from typing import Any

from infrastructure.book import entries
from infrastructure.recorder import events, leaf_hash
from tests.infrastructure.faults import Damage, Plant, Planted, plants_of, written


def step_from_a_wrong_stage(damage: Damage) -> Planted:
    return damage.forge(damage.where("grant.activated"), lambda record: None), "G3.stage"


def step_to_a_wrong_stage(damage: Damage) -> Planted:
    at = damage.where("grant.audit_waived")
    damage.rewrite(at, lambda record: record["event"].update(stage="closed"))
    return at, "G17a.target"


def second_creation(damage: Damage) -> Planted:
    return damage.forge(damage.where("grant.opened"), lambda record: None), "G1.first"


def change_before_creation(damage: Damage) -> Planted:
    def change(record: dict[str, Any]) -> None:
        record.update(stream="grant:another", version=1)

    return damage.forge(damage.where("grant.closed"), change), "G19.first"


def step_of_another_noun(damage: Damage) -> Planted:
    def change(record: dict[str, Any]) -> None:
        record["event"] = {"type": "fund.opened", "stage": "active"}

    return damage.forge(damage.where("grant.closed"), change), "step.known"


def unknown_noun(damage: Damage) -> Planted:
    def change(record: dict[str, Any]) -> None:
        record.update(stream="wish:1", version=1)

    return damage.forge(damage.where("grant.closed"), change), "step.noun"


def both_hands_of_one_person(damage: Damage) -> Planted:
    at = damage.where("grant.settled")
    prepared_by = damage.record(at)["on_behalf_of"]["prepared_by"]
    damage.rewrite(at, lambda record: record["actor"].update(id=prepared_by))
    return at, "pair.hands"


def recorded_too_early(damage: Damage) -> Planted:
    at = damage.where("grant.settled")
    early = {"recorded_at": "2026-01-01T00:00:00Z", "effective_at": "2026-01-01T00:00:00Z"}
    damage.rewrite(at, lambda record: record.update(early))
    return at, "time.recorded"


def effective_in_the_future(damage: Damage) -> Planted:
    at = damage.where("grant.settled")
    damage.rewrite(at, lambda record: record.update(effective_at="2031-01-01T00:00:00Z"))
    return at, "time.effective"


def effective_before_the_last(damage: Damage) -> Planted:
    at = damage.where("grant.settled")
    damage.rewrite(at, lambda record: record.update(effective_at="2026-01-01T00:00:00Z"))
    return at, "time.stream"


def wrong_move(damage: Damage) -> Planted:
    at = damage.where("ledger.moved", 3)
    damage.rewrite(at, lambda record: record["event"]["entries"][0].update(amount_minor=7))
    return at, "ledger.moved"


def move_without_a_cause(damage: Damage) -> Planted:
    return damage.forge(damage.where("ledger.moved"), lambda record: None), "ledger.moved"


def home_not_named(damage: Damage) -> Planted:
    at = damage.where("tranche.paid")
    damage.rewrite(at, lambda record: record["touches"].pop())
    return at, "ledger.touches"


def posting_of_no_code(damage: Damage) -> Planted:
    at = damage.where("tranche.paid")
    damage.rewrite(at, lambda record: record["postings"][0].update(debit="cash.advances"))
    return at, "posting.legs"


def posting_backwards(damage: Damage) -> Planted:
    at = damage.where("tranche.paid")
    damage.rewrite(at, lambda record: record["postings"][0].update(amount_minor=-1))
    return at, "posting.legs"


def unposted_payment(damage: Damage) -> Planted:
    """A payment is stripped of postings, entries and moves: the tranche is paid from nothing."""
    at = damage.where("tranche.paid", -1)
    damage.rewrite(at, lambda record: record.update(postings=[], touches=[]))
    damage.connection.execute(entries.delete().where(entries.c.position == at))
    for position in (at + 1, at + 2):
        damage.rewrite(position, lambda record: record["event"].update(entries=[]))
    return last_of_grant(damage), "invariant.spent"


def award_above_the_cap(damage: Damage) -> Planted:
    at = damage.where("grant.activated")
    damage.rewrite(at, lambda record: record["event"].update(amount_minor=8_000_001))
    return last_of_grant(damage), "invariant.cap"


def last_of_grant(damage: Damage) -> int:
    """The last position at which the grant of the path changed."""
    _, row = damage.view("grants")
    return int(row["position"])


def history_without_an_import(damage: Damage) -> Planted:
    record = damage.record(1)
    said = {"type": "organisation.history_imported", "stage": "historical", "name": "旧名",
            "import_id": "missing", "identifier": "GB-CHC-1"}  # fmt: skip
    stream, at = "organisation:old", damage.last() + 1
    newest = damage.record(damage.last())
    moments = {name: newest[name] for name in ("recorded_at", "effective_at")}
    line = written({**record, **moments, "event": said, "stream": stream, "command_id": "forged"})
    values = {"position": at, "stream": stream, "version": 1, "type": said["type"]}
    row = {**values, "record": line, "leaf": leaf_hash(line)}
    damage.connection.execute(events.insert().values(**row))
    return at, "import.recorded"


FORGED: tuple[Plant, ...] = plants_of(__name__)
