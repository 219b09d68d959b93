"""Holding a tranche: its payment is stopped for a while, and let go on by somebody else."""

from __future__ import annotations

from domain.errors import check
from domain.kernel import Mandate
from domain.policies import other_hands
from domain.tranches import tranche as e
from domain.tranches.tranche import Tranche


def hold(tranche: Tranche, *, by: Mandate) -> None:
    """Stops a payment (T9); an approved one is taken out of the books again (P6r)."""
    stage = tranche.after("hold")
    postings = tranche.posts("P6r") if tranche.is_approved_unsent else ()
    event = e.Held(stage=stage, stage_left=tranche.stage, holders=tuple(sorted(by.hands)))
    tranche.record(event, by, postings)


def release(tranche: Tranche, *, by: Mandate) -> None:
    """Lets a held tranche go on (T9b); what was approved has to be approved again."""
    stage = tranche.after("release")
    check(other_hands("T9b.holder", by, tranche.holders))
    tranche.record(e.Released(stage=stage), by)
