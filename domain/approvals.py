"""Approvals: what one person prepared and another may carry out."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from domain.envelope import Evidence
from domain.errors import Word, check
from domain.kernel import Aggregate, Event, Mandate, Record
from domain.lifecycle import Lifecycle, Step
from domain.policies import holds, other_hands


class Stage(StrEnum):
    PREPARED = "prepared"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


S = Stage
STEPS = (
    #    row   verb        from           to            event
    Step("W1", "prepare", (), S.PREPARED, "approval.prepared"),
    Step("W2", "approve", (S.PREPARED,), S.APPROVED, "approval.granted"),
    Step("W3", "decline", (S.PREPARED,), S.DECLINED, "approval.declined"),
    Step("W4", "withdraw", (S.PREPARED,), S.WITHDRAWN, "approval.withdrawn"),
    Step("W5", "expire", (S.PREPARED,), S.EXPIRED, "approval.expired"),
)
FINAL = (S.APPROVED, S.DECLINED, S.WITHDRAWN, S.EXPIRED)
lifecycle = Lifecycle("approval", Stage, FINAL, STEPS)


class Prepared(Event, frozen=True, tag="approval.prepared"):
    thing_noun: str
    thing: str
    thing_stage: str
    verb: str
    fields: str
    fields_sha: str
    roles: tuple[str, ...]
    place: str
    organisation: str
    prepared_by: str
    preparer_role: str
    due: date
    agent: str = ""


class Granted(Event, frozen=True, tag="approval.granted"):
    result: str


class Declined(Event, frozen=True, tag="approval.declined"):
    pass


class Withdrawn(Event, frozen=True, tag="approval.withdrawn"):
    pass


class Expired(Event, frozen=True, tag="approval.expired"):
    pass


class Approval(Aggregate):
    """A command that waits for its second hand.

    `fields` is the command as JSON, `thing_stage` the stage in which it was prepared, `roles`
    those that may carry it out, for `place` or `organisation`, and `result` the stream of the
    thing that it made or changed. `prepared_for` is whose role the preparer had borrowed, and
    `agent` the organisation for which a fiscal agent prepared it.
    """

    noun = "approval"
    lifecycle = lifecycle

    thing_noun: str = ""
    thing: str = ""
    thing_stage: str = ""
    verb: str = ""
    fields: str = ""
    fields_sha: str = ""
    roles: tuple[str, ...] = ()
    place: str = ""
    organisation: str = ""
    agent: str = ""
    prepared_by: str = ""
    preparer_role: str = ""
    due: date | None = None
    result: str = ""
    authority_ref: str = ""
    given_reason: str = ""
    prepared_for: str = ""
    evidence: tuple[Evidence, ...] = ()

    def take(self, record: Record[Any]) -> None:
        """Also keeps the grounds on which the command was prepared."""
        super().take(record)
        if isinstance(record.event, Prepared):
            self.authority_ref = record.authority_ref
            self.given_reason = record.reason
            self.evidence = record.evidence
            behalf = record.on_behalf_of
            self.prepared_for = behalf.delegated_by if behalf else ""


def prepare(id: str, *, prepared: Prepared, by: Mandate) -> Approval:
    approval = Approval(id=id)
    approval.record(prepared, by)
    return approval


def check_agent(approval: Approval, agent: str) -> None:
    """What a fiscal agent prepared is carried out for that agent and no other (W2)."""
    check(
        holds(
            "W2.agent",
            approval.agent in ("", agent),
            "The fiscal agent is another one by now, who prepares it anew.",
        )
    )


def check_approval(approval: Approval, *, thing_stage: str, by: Mandate) -> None:
    """What is asked before another person's command is carried out (W2)."""
    approval.after("approve")
    check(
        other_hands("W2.preparer", by, (approval.prepared_by, approval.prepared_for)),
        holds(
            "W2.left",
            thing_stage == approval.thing_stage,
            "This was prepared for a thing in stage “{stage}”, which it has left.",
            stage=Word("stage", approval.thing_stage),
        ),
        holds(
            "W2.due",
            approval.due is not None and by.day <= approval.due,
            "This waited until {due} and has expired.",
            due=approval.due,
        ),
    )


def approve(approval: Approval, *, result: str, by: Mandate) -> None:
    """Records that another person's command was carried out, and on what (W2)."""
    approval.record(Granted(stage=approval.after("approve"), result=result), by)


def decline(approval: Approval, *, by: Mandate) -> None:
    stage = approval.after("decline")
    check(other_hands("W3.preparer", by, (approval.prepared_by,)))
    approval.record(Declined(stage=stage), by)


def withdraw(approval: Approval, *, by: Mandate) -> None:
    stage = approval.after("withdraw")
    check(
        holds(
            "W4.preparer",
            by.person == approval.prepared_by,
            "Only the person who prepared this may withdraw it.",
        )
    )
    approval.record(Withdrawn(stage=stage), by)


def expire(approval: Approval, *, thing_stage: str, by: Mandate) -> None:
    """Ends what waited too long, or what no longer fits the thing it was prepared for (W5)."""
    stage = approval.after("expire")
    over = approval.due is not None and by.day > approval.due
    check(
        holds(
            "W5.due",
            over or thing_stage != approval.thing_stage,
            "It is not due, and the thing still stands where it stood.",
        )
    )
    approval.record(Expired(stage=stage), by)
