"""What may be told to rounds, and what one has to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from application.told import NoFields
from domain.rounds.rules import Budgeted, Rules
from domain.values import Count, Id, Name, Place, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRound:
    """Plans a round: number, themes, and the rules it is to have."""

    no: Name
    title: Name
    kind: Literal["open", "micro", "purchase"]
    place: Place
    themes: Annotated[tuple[Name, ...], MaxLen(50)] = ()
    rules: Rules
    parent: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllotBudget:
    """Gives a planned round its budget out of a fund, line by line."""

    fund: Id
    lines: Annotated[tuple[Budgeted, ...], MinLen(1), MaxLen(3)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllotFromParent:
    """Gives a planned round its budget out of the round above it, line by line."""

    lines: Annotated[tuple[Budgeted, ...], MinLen(1), MaxLen(3)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddBudget:
    """Adds to the budget of a round out of its fund, line by line."""

    lines: Annotated[tuple[Budgeted, ...], MinLen(1), MaxLen(3)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishCall:
    """Publishes the call; from now on the rules are frozen."""

    rules_version: Name
    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRound(NoFields):
    """Opens the round for proposals, at its opening time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendDeadline:
    """Moves the closing time of a call to a later moment, for a reason that anybody may read."""

    closes: datetime
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AskQuestion:
    """Asks the round something; the answer goes to everybody, and nobody is named."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishClarification:
    """Answers a question for everybody, in words that do not show who had asked."""

    question: Text
    answer: Text
    asked: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseIntake(NoFields):
    """Ends the intake of proposals, at the closing time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartReview(NoFields):
    """Lets the panel begin, once every proposal has come through intake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixRanking(NoFields):
    """Fixes the ranking and the intended amounts as the panel has set them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishNotice:
    """Publishes the intended awards, so that anybody may object."""

    starts: date
    ends: date
    contact: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSupplementaryNotice:
    """Publishes intended awards that came after the notice, so that anybody may object."""

    starts: date
    ends: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeNotice(NoFields):
    """Ends the notice when its last day is over; confirms nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartExecution(NoFields):
    """Marks that the first agreement of the round is signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRound(NoFields):
    """Closes the round; what is left of its budget goes back to the fund."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRound:
    """Gives the round up with everything in it, for a reason that anybody may read."""

    reason: Text
