"""The appeal: what is contested, by whom, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.kernel import Aggregate, Event
from domain.lifecycle import Lifecycle, Step
from domain.values import Id


class Stage(StrEnum):
    FILED = "filed"
    ADMITTED = "admitted"
    HEARD = "heard"
    GRANTED = "granted"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    FINAL = "final"


S = Stage
OPEN = (S.FILED, S.ADMITTED, S.HEARD)
"""The stages of an appeal in which nobody has decided it."""

STEPS = (
    #    row    verb        from                            to            event
    Step("X1", "file", (), S.FILED, "appeal.filed"),
    Step("X2", "admit", (S.FILED,), S.ADMITTED, "appeal.admitted"),
    Step("X2a", "refuse", (S.FILED,), S.DENIED, "appeal.refused"),
    Step("X3", "hear", (S.ADMITTED,), S.HEARD, "appeal.heard"),
    Step("X4", "grant", (S.HEARD,), S.GRANTED, "appeal.granted"),
    Step("X5", "deny", (S.HEARD,), S.DENIED, "appeal.denied"),
    Step("X6", "withdraw", OPEN, S.WITHDRAWN, "appeal.withdrawn"),
    Step("X7", "notify", (S.GRANTED, S.DENIED), S.FINAL, "appeal.notified"),
)
lifecycle = Lifecycle("appeal", Stage, (S.FINAL, S.WITHDRAWN), STEPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedVote:
    """The signed vote of a member of the panel: for the appeal or against it."""

    member: Id
    is_for: bool
    document: Id


class Filed(Event, frozen=True, tag="appeal.filed"):
    decision: str
    contested: str
    statement: str
    organisation: str
    place: str
    round: str
    until: date


class Admitted(Event, frozen=True, tag="appeal.admitted"):
    members: tuple[str, ...]


class Refused(Event, frozen=True, tag="appeal.refused"):
    answer_due: date


class Heard(Event, frozen=True, tag="appeal.heard"):
    minutes: str
    answer_due: date


class Granted(Event, frozen=True, tag="appeal.granted"):
    votes: tuple[SignedVote, ...]
    step: str


class Denied(Event, frozen=True, tag="appeal.denied"):
    votes: tuple[SignedVote, ...]


class Withdrawn(Event, frozen=True, tag="appeal.withdrawn"):
    pass


class Notified(Event, frozen=True, tag="appeal.notified"):
    document: str


class Appeal(Aggregate):
    """A contested decision: `decision` is its row, `contested` the stream of the thing."""

    noun = "appeal"
    lifecycle = lifecycle

    decision: str = ""
    contested: str = ""
    statement: str = ""
    organisation: str = ""
    place: str = ""
    round: str = ""
    until: date | None = None
    members: tuple[str, ...] = ()
    minutes: str = ""
    votes: tuple[SignedVote, ...] = ()
    step: str = ""
    answer_due: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A decision as an appeal sees it: on what, against whom, until when, by whose hands.

    `stands` says that the thing is where the decision has left it, `is_new` that nobody has
    contested it yet; `step` is what a granted appeal sets off.
    """

    stream: str
    organisation: str
    place: str
    round: str
    stands: bool
    is_new: bool
    until: date
    step: str
    hands: tuple[str, ...]
