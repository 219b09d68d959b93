"""What the homes of accounts are told of a record that moved something there."""

from __future__ import annotations

from typing import Any

from domain.kernel import LedgerMoved, Record
from domain.ledger import moves_at


def moved_at(home: str, record: Record[Any]) -> LedgerMoved:
    """What another home is told of a record that moved accounts which live there."""
    moves = moves_at(home, record.postings)
    is_bank = any(move.account == "cash.bank" for move in moves)
    bank_ref = str(getattr(record.event, "bank_ref", "")) if is_bank else ""
    return LedgerMoved(cause=record.name, entries=moves, bank_ref=bank_ref)
