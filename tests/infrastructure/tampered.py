"""Tampering that verify must find: with the log, the ledger book and the read models."""

from __future__ import annotations

import json

from infrastructure.book import entries
from infrastructure.recorder import leaf_hash
from tests.infrastructure.faults import Damage, Plant, Planted, plants_of


def flipped_record(damage: Damage) -> Planted:
    at = damage.where("tranche.paid")
    line = damage.line(at)
    damage.set(at, record=line.replace(b'"amount_minor":4800000', b'"amount_minor":4800001'))
    return at, "log.leaf"


def flipped_leaf(damage: Damage) -> Planted:
    at = damage.where("tranche.paid")
    leaf = leaf_hash(damage.line(at))
    damage.set(at, leaf=bytes([leaf[0] ^ 1]) + leaf[1:])
    return at, "log.leaf"


def cut_record(damage: Damage) -> Planted:
    at = damage.where("grant.activated")
    line = damage.line(at)[:-20]
    damage.set(at, record=line, leaf=leaf_hash(line))
    return at, "log.record"


def bytes_that_are_no_text(damage: Damage) -> Planted:
    at = damage.where("proposal.drafted")
    line = damage.line(at).replace("为老服务".encode(), b"\xff\xfe")
    damage.set(at, record=line, leaf=leaf_hash(line))
    return at, "log.record"


def another_stream_column(damage: Damage) -> Planted:
    at = damage.where("grant.activated")
    damage.set(at, stream="grant:another")
    return at, "log.columns"


def another_version_column(damage: Damage) -> Planted:
    at = damage.last()
    damage.set(at, version=9_999)
    return at, "log.columns"


def another_type_column(damage: Damage) -> Planted:
    at = damage.where("grant.activated")
    damage.set(at, type="grant.closed")
    return at, "log.columns"


def removed_record(damage: Damage) -> Planted:
    at = damage.where("proposal.budget_checked")
    damage.remove(at)
    return at, "log.position"


def removed_first_record(damage: Damage) -> Planted:
    damage.remove(1)
    return 1, "log.position"


def removed_version(damage: Damage) -> Planted:
    at, gone = damage.where("proposal.admitted"), damage.where("proposal.budget_checked")
    damage.remove(gone)
    return at, "stream.version"


def removed_last_record(damage: Damage) -> Planted:
    """The round's closing moved money of the fund, which then was never told."""
    at = damage.last()
    assert damage.record(at)["event"]["type"] == "ledger.moved"
    damage.remove(at)
    return damage.where("round.closed"), "ledger.untold"


def swapped_records(damage: Damage) -> Planted:
    first, second = damage.where("proposal.submitted"), damage.where("proposal.intake_started")
    damage.swap(first, second)
    return first, "stream.version"


def swapped_in_one_instant(damage: Damage) -> Planted:
    """Both were recorded at the same time and begin a stream; only their positions tell."""
    first, second = damage.where("organisation.imported"), damage.where("round.planned")
    damage.swap(first, second)
    return second, "view.organisations"


def swapped_across_days(damage: Damage) -> Planted:
    first, second = damage.where("organisation.imported"), damage.where("panel.drawn")
    damage.swap(first, second)
    return first + 1, "time.recorded"


def changed_entry(damage: Damage) -> Planted:
    at = damage.where("tranche.paid")
    damage.entry(at, amount_minor=1)
    return at, "ledger.entry"


def moved_entry(damage: Damage) -> Planted:
    at = damage.where("tranche.paid")
    damage.entry(at, account="cash.bank")
    return at, "ledger.entry"


def redated_entry(damage: Damage) -> Planted:
    at = damage.where("tranche.paid")
    damage.entry(at, effective_at=0)
    return at, "ledger.entry"


def deleted_entry(damage: Damage) -> Planted:
    at = damage.where("tranche.approved", 1)
    damage.connection.execute(entries.delete().where(entries.c.position == at))
    return at, "ledger.entry"


def entry_without_posting(damage: Damage) -> Planted:
    at = damage.where("tranche.sent")
    damage.entry(damage.where("tranche.paid"), position=at)
    return at, "ledger.entry"


def entry_behind_the_log(damage: Damage) -> Planted:
    at = damage.last() + 5
    damage.entry(damage.where("tranche.paid"), position=at)
    return at, "ledger.entry"


def changed_row(damage: Damage) -> Planted:
    table, row = damage.view("grants")
    damage.connection.execute(table.update().values(amount_minor=1))
    return row["position"], "view.grants"


def changed_facts(damage: Damage) -> Planted:
    table, row = damage.view("rounds")
    facts = json.dumps({**json.loads(row["facts"]), "title": "别的"}, ensure_ascii=False)
    damage.connection.execute(table.update().values(facts=facts))
    return row["position"], "view.rounds"


def deleted_row(damage: Damage) -> Planted:
    table, row = damage.view("costs")
    damage.connection.execute(table.delete().where(table.c.id == row["id"]))
    return row["position"], "view.costs"


def added_row(damage: Damage) -> Planted:
    table, row = damage.view("funds")
    damage.connection.execute(table.insert().values(**{**row, "id": "another"}))
    return row["position"], "view.funds"


TAMPERED: tuple[Plant, ...] = plants_of(__name__)
