"""Overrides at the desk: which rule is set aside for which thing, and what was used up by that."""

from __future__ import annotations

from dataclasses import replace

from application.docket import Docket
from domain import overrides
from domain.kernel import Aggregate, Mandate
from domain.overrides import MAY_BE_SET_ASIDE, Override, Stage


class Asides:
    """Answers a mandate whether a rule is set aside for a thing, and keeps what was needed."""

    def __init__(self, docket: Docket) -> None:
        self.docket = docket
        self.needed: dict[str, Override] = {}

    def __call__(self, stream: str, rule: str) -> bool:
        """Whether an unspent override sets the rule aside for the thing; it is spent by asking."""
        if rule not in MAY_BE_SET_ASIDE:
            return False
        for found in self.docket.find(Override, subject=stream, rule=rule, stage=Stage.READY):
            self.needed[found.id] = found
            return True
        return False


def spend(docket: Docket, by: Mandate) -> None:
    """Records that overrides were used up, by the first record of the command that needed them."""
    if isinstance(by.set_aside, Asides) and by.set_aside.needed:
        cause = replace(by, causation=by.records[0].name)
        for override in by.set_aside.needed.values():
            overrides.spend(override, by=cause)


def is_ready(docket: Docket, thing: Aggregate, rule: str) -> bool:
    """Whether an override of the rule stands ready for the thing; it is not used up by asking."""
    return bool(docket.count(Override, subject=thing.stream, rule=rule, stage=Stage.READY))
