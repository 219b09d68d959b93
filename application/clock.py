"""The clock: steps that fall due by themselves, sent as ordinary commands by one `tick`."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from application.decide import Sent
from application.desk import Answer, Desk
from application.duties import DUTIES, always
from application.kinds import KINDS
from application.ports import Waiting, Wanted
from application.principals import CLOCK
from domain.errors import Refusal

PASSES = 30
"""How often a tick looks again for what the last pass made due."""


class Due(NamedTuple):
    """A step that is due: since when, for a thing in which stage."""

    at: datetime
    stage: str
    id: str
    noun: str
    verb: str
    command: Any


def due_now(
    waiting: Waiting, now: datetime, zone: ZoneInfo, *, unchanged: bool = False, since: int = 0
) -> list[Due]:
    """Everything that is due, in the order in which it is sent.

    Where the chronicle is `unchanged` since nothing more followed, only time can have made
    something due: steps that wait for their guards alone are left out. `since` is the position up
    to which everything has been tried already.
    """
    asked = [
        (duty, Wanted(duty.noun, stage, duty.column, duty.waits_for))
        for duty in DUTIES
        if not (unchanged and duty.dates is always)
        for stage in duty.stages
    ]
    standing = waiting.standing((wanted for _, wanted in asked), since)
    found = [
        Due(at, wanted.stage, id, duty.noun, duty.verb, duty.command(**duty.fields, **fields))
        for duty, wanted in asked
        for id, value in standing.get(wanted, ())
        for at, fields in duty.dates(value, now, zone)
        if at <= now
    ]
    return sorted(found, key=lambda due: due[:5])


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did: how many steps of each verb it took."""

    taken: dict[str, int]


def tick(
    desk: Desk,
    waiting: Waiting,
    by: datetime | None = None,
    *,
    unchanged: bool = False,
    since: int = 0,
) -> Ticked:
    """Sends what is due, now or by a moment, until nothing more follows; safe to run twice."""
    taken: dict[str, int] = {}
    for _ in range(PASSES):
        now = by or desk.clock.now()
        is_idle = unchanged and not taken
        dues = due_now(waiting, now, desk.zone, unchanged=is_idle, since=since)
        # All of a pass are sent before any is waited for, so that they share transactions.
        sent = [(due, desk.post(command_of(due))) for due in dues]
        done = [due for due, answer in sent if has_succeeded(answer)]
        for due in done:
            event = KINDS[due.noun].lifecycle.verbs[due.verb].event
            taken[event] = taken.get(event, 0) + 1
        if not done:
            break
    return Ticked(taken)


def command_of(due: Due) -> Sent:
    """The step as a command of the clock."""
    return Sent(noun=due.noun, verb=due.verb, command=due.command, by=CLOCK, id=due.id)


def has_succeeded(answer: Future[Answer]) -> bool:
    """Whether a step was taken; a refusal means that its guards do not hold yet."""
    try:
        answer.result()
    except Refusal:
        return False
    return True
