"""What would become of a command: tried on copies that are thrown away, and nothing saved."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from application.decide import Sent, Times, decide, perform
from application.docket import Docket
from application.handlers import HANDLERS
from application.kinds import NOUNS
from application.principals import CLOCK
from domain.errors import Refusal
from tests.played import Path


def verdict(path: Path, who: str, nouns: str, verb: str, id: str = "", **fields: Any) -> list[str]:
    """The rules that would refuse the command; none where it would succeed or be prepared."""
    noun, system = NOUNS[nouns], path.district.system
    command = TypeAdapter(HANDLERS[noun][verb][0]).validate_python(fields)
    by = CLOCK if who == "clock" else path.district.people[who]
    times = Times(system.clock.now(), system.zone)
    with system.shelf() as shelf:
        docket = Docket(
            shelf,
            now=times.recorded_at,
            entropy=system.entropy,
            calendars=system.calendars,
            perform=perform,
        )
        try:
            decide(Sent(noun=noun, verb=verb, command=command, by=by, id=id), docket, times)
        except Refusal as refusal:
            return [reason.rule for reason in refusal.reasons]
    return []
