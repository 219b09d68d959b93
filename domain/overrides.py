"""Overrides: a leader and an oversight officer set one named rule aside for one thing, once.

An override is used up by the record `override.spent`, in the save of the command that needed it
and caused by that command's first record. Nothing else has to be read to know that it is spent:
the lifecycle allows the row once, and a replay that finds it twice finds a breach of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from domain.errors import Reason, check
from domain.kernel import Aggregate, Event, Mandate
from domain.lifecycle import Lifecycle, Step
from domain.policies import holds


class Stage(StrEnum):
    READY = "ready"
    SPENT = "spent"


STEPS = (
    Step("U1", "use", (), Stage.READY, "override.used"),
    Step("U2", "spend", (Stage.READY,), Stage.SPENT, "override.spent"),
)
lifecycle = Lifecycle("override", Stage, (Stage.SPENT,), STEPS)

OVERRUN_DAYS = 14
"""How long the clock lets a due day be overrun for which an override stands ready."""

DUE_DAY = "a day by which something had to be done"
QUESTIONED = "the limit of questioned cost"
COOLING_OFF = "the waiting time after the account of a payee has changed"

MAY_BE_SET_ASIDE: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "S3.limit": ("proposal", "how many proposals an organisation may have"),
        "S5.maximum": ("proposal", "how often a proposal may be corrected"),
        "S6.due": ("proposal", DUE_DAY),
        "S11.minimum": ("proposal", "how many reviewers there must be at least"),
        "S11.spread": ("proposal", "how far the scores of a proposal may lie apart"),
        "S12a.due": ("proposal", DUE_DAY),
        "V4.minimum": ("review", "how many reviewers there must be at least"),
        "G15.due": ("grant", DUE_DAY),
        "T1.questioned": ("tranche", QUESTIONED),
        "T2.questioned": ("tranche", QUESTIONED),
        "T3.questioned": ("tranche", QUESTIONED),
        "T4.questioned": ("tranche", QUESTIONED),
        "T5.questioned": ("tranche", QUESTIONED),
        "T7c.questioned": ("tranche", QUESTIONED),
        "T4.rested": ("tranche", COOLING_OFF),
        "T7c.rested": ("tranche", COOLING_OFF),
        "T4.third_hand": ("tranche", "the third hand on a large payment"),
    }
)
"""The guards that may be set aside, each with the noun it guards and what it asks.

What is not here is never set aside: no invariant, no role, no pair, no other hand, no notice
period, no official list.
"""


class Used(Event, frozen=True, tag="override.used"):
    """`second` is the person who agreed."""

    rule: str
    subject: str
    place: str
    organisation: str
    second: str
    owner: str


class Spent(Event, frozen=True, tag="override.spent"):
    pass


class Override(Aggregate):
    """A rule that is set aside for a thing, named by its stream; `owner` is who prepared it."""

    noun = "override"
    lifecycle = lifecycle

    rule: str = ""
    subject: str = ""
    place: str = ""
    organisation: str = ""
    second: str = ""
    owner: str = ""


def may_be_used(rule: str, subject: Aggregate, waiting: int) -> Iterable[Reason | None]:
    """What is asked before a rule is set aside (U1)."""
    noun, _ = MAY_BE_SET_ASIDE.get(rule, ("", ""))
    yield holds(
        "U1.rule",
        bool(noun),
        "This rule is never set aside; these may be: {allowed}.",
        field="/rule",
        allowed=tuple(MAY_BE_SET_ASIDE),
    )
    yield holds(
        "U1.subject",
        not noun or noun == subject.noun,
        "The rule {name} does not guard this thing.",
        field="/subject",
        name=rule,
    )
    yield holds("U1.final", not subject.is_final, "This thing has ended.", field="/subject")
    yield holds(
        "U1.once",
        not waiting,
        "This rule is set aside for this thing already, and that was not used yet.",
        field="/rule",
    )


def use(
    id: str, *, rule: str, subject: Aggregate, organisation: str, waiting: int, by: Mandate
) -> Override:
    """Sets a rule aside for a thing (U1); `waiting` counts overrides of both that are unspent."""
    check(*may_be_used(rule, subject, waiting))
    override = Override(id=id)
    event = Used(
        stage=lifecycle.start("use"),
        rule=rule,
        subject=subject.stream,
        place=getattr(subject, "place", ""),
        organisation=organisation,
        second=by.person,
        owner=by.prepared_by,
    )
    override.record(event, by)
    return override


def spend(override: Override, *, by: Mandate) -> None:
    """Records that a command needed it (U2)."""
    override.record(Spent(stage=override.after("spend")), by)
