"""Objections: what somebody says against an intended award while it is on notice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import Reason, check
from domain.kernel import Aggregate, Event, Mandate
from domain.lifecycle import Lifecycle, Step
from domain.policies import holds, in_stage, no_interest, other_hands
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.proposals.proposal import Proposal

ANSWER_DAYS = 15
"""Within how many days of the decision its result is sent in writing (B6)."""


class Stage(StrEnum):
    FILED = "filed"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    INVESTIGATING = "investigating"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    NOTIFIED = "notified"


S = Stage
OPEN = (S.FILED, S.ACCEPTED, S.INVESTIGATING)
"""The stages in which nobody has decided whether the objection is right."""

DECIDED = (S.NOT_ACCEPTED, S.UPHELD, S.DISMISSED)

STEPS = (
    #    row    verb           from                to                event
    Step("B1", "file", (), S.FILED, "objection.filed"),
    Step("B2", "accept", (S.FILED,), S.ACCEPTED, "objection.accepted"),
    Step("B2a", "refuse", (S.FILED,), S.NOT_ACCEPTED, "objection.not_accepted"),
    Step("B3", "investigate", (S.ACCEPTED,), S.INVESTIGATING, "objection.investigation_started"),
    Step("B4", "uphold", (S.INVESTIGATING,), S.UPHELD, "objection.upheld"),
    Step("B5", "dismiss", (S.INVESTIGATING,), S.DISMISSED, "objection.dismissed"),
    Step("B6", "notify", DECIDED, S.NOTIFIED, "objection.notified"),
)
lifecycle = Lifecycle("objection", Stage, (S.NOTIFIED,), STEPS)


class Filed(Event, frozen=True, tag="objection.filed"):
    proposal: str
    round: str
    place: str
    statement: str
    objector: str
    is_protected: bool


class Accepted(Event, frozen=True, tag="objection.accepted"):
    handler: str


class NotAccepted(Event, frozen=True, tag="objection.not_accepted"):
    outcome: str
    answer_due: date


class InvestigationStarted(Event, frozen=True, tag="objection.investigation_started"):
    pass


class Upheld(Event, frozen=True, tag="objection.upheld"):
    result: str
    outcome: str
    answer_due: date


class Dismissed(Event, frozen=True, tag="objection.dismissed"):
    result: str
    outcome: str
    answer_due: date


class Notified(Event, frozen=True, tag="objection.notified"):
    document: str


class Objection(Aggregate):
    """A claim against an intended award; only its handler knows who raised it, if they ask so.

    It belongs to no organisation: who may see it goes by place and by who filed it.
    """

    noun = "objection"
    lifecycle = lifecycle

    proposal: str = ""
    round: str = ""
    place: str = ""
    statement: str = ""
    objector: str = ""
    is_protected: bool = False
    handler: str = ""
    result: str = ""
    outcome: str = ""
    answer_due: date | None = None
    document: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.stage in OPEN


def is_on_notice(proposal: Proposal, by: Mandate) -> Iterable[Reason | None]:
    """The item is on notice, and the notice is not over; while it is held, it stands still."""
    held = proposal.stage == ProposalStage.OBJECTED
    yield in_stage("B1.stage", proposal, ProposalStage.ON_NOTICE, ProposalStage.OBJECTED)
    yield holds(
        "B1.time",
        held or proposal.ends is None or by.day <= proposal.ends,
        "The notice of this item ended on {ends}.",
        ends=proposal.ends,
    )


def file(
    id: str, *, proposal: Proposal, statement: str, is_protected: bool, by: Mandate
) -> Objection:
    """Raises an objection to an item on notice (B1), by name or under protection."""
    check(*is_on_notice(proposal, by))
    objection = Objection(id=id)
    event = Filed(
        stage=lifecycle.start("file"),
        proposal=proposal.id,
        round=proposal.round,
        place=proposal.place,
        statement=statement,
        objector=by.person,
        is_protected=is_protected,
    )
    objection.record(event, by)
    return objection


def may_handle(
    rule: str, objection: Objection, proposal: Proposal, scorers: Iterable[str], by: Mandate
) -> Iterable[Reason | None]:
    """Who handles an objection took no part in the matter, and belongs to no side of it."""
    yield other_hands(f"{rule}.hands", by, (*proposal.judges, *scorers, objection.objector))
    yield no_interest(f"{rule}.interest", by, proposal.organisation, *proposal.partners)


def accept(
    objection: Objection, *, proposal: Proposal, scorers: tuple[str, ...], by: Mandate
) -> None:
    """Takes the objection up (B2); whoever does so handles it from here on."""
    stage = objection.after("accept")
    check(
        in_stage("B2.notice", proposal, ProposalStage.ON_NOTICE, ProposalStage.OBJECTED),
        *may_handle("B2", objection, proposal, scorers, by),
    )
    objection.record(Accepted(stage=stage, handler=by.person), by)


def refuse(
    objection: Objection, *, proposal: Proposal, scorers: tuple[str, ...], by: Mandate
) -> None:
    """Does not take the objection up (B2a): it is late, or not about the award."""
    stage = objection.after("refuse")
    check(*may_handle("B2a", objection, proposal, scorers, by))
    objection.record(NotAccepted(stage=stage, outcome="not_accepted", answer_due=due(by)), by)


def due(by: Mandate) -> date:
    """The last day on which the result is sent."""
    return by.day + timedelta(days=ANSWER_DAYS)


def is_handler(rule: str, objection: Objection, by: Mandate) -> Reason | None:
    """Only who took the objection up goes on with it."""
    return holds(rule, by.person == objection.handler, "Another person handles this objection.")


def investigate(objection: Objection, *, by: Mandate) -> None:
    stage = objection.after("investigate")
    check(is_handler("B3.handler", objection, by))
    objection.record(InvestigationStarted(stage=stage), by)


def uphold(objection: Objection, *, result: str, by: Mandate) -> None:
    """Finds the objection right (B4); that somebody would not co-operate counts against them."""
    stage = objection.after("uphold")
    check(is_handler("B4.handler", objection, by))
    event = Upheld(stage=stage, result=result, outcome="upheld", answer_due=due(by))
    objection.record(event, by)


def dismiss(objection: Objection, *, result: str, by: Mandate) -> None:
    """Finds nothing in the objection (B5)."""
    stage = objection.after("dismiss")
    check(is_handler("B5.handler", objection, by))
    event = Dismissed(stage=stage, result=result, outcome="dismissed", answer_due=due(by))
    objection.record(event, by)


def notify(objection: Objection, *, document: str, by: Mandate) -> None:
    """Sends the result in writing (B6), to whoever objected, within the days that it takes."""
    stage = objection.after("notify")
    check(
        holds(
            "B6.time",
            objection.answer_due is not None and by.day <= objection.answer_due,
            "The result was to be sent by {due}.",
            due=objection.answer_due,
        )
    )
    objection.record(Notified(stage=stage, document=document), by)
