"""How a finding comes up and is pursued: tipped, adopted, raised, ordered, verified, escalated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from domain.errors import Reason, check
from domain.findings import finding as e
from domain.findings.finding import Finding
from domain.findings.lifecycle import Stage, lifecycle
from domain.kernel import Mandate
from domain.policies import holds, other_hands

DUE_STAGES = (Stage.RAISED, Stage.RECTIFICATION_ORDERED)
"""Stages in which the owner must do something by the due day."""


class Subject(NamedTuple):
    """The thing that a finding is about: its stream, place, organisation and currency."""

    stream: str
    place: str
    organisation: str
    currency: str


def has_place(rule: str, subject: Subject) -> Reason | None:
    """Somebody must be there to look into it."""
    return holds(
        rule,
        bool(subject.place),
        "This thing lies in no place, so that no oversight officer could look into it.",
        field="/subject",
    )


def tip(id: str, *, subject: Subject, text: str, by: Mandate) -> Finding:
    """Takes information about a thing from anybody (D1)."""
    check(has_place("D1.subject", subject))
    finding = Finding(id=id)
    event = e.Tipped(
        stage=lifecycle.start("tip"),
        subject=subject.stream,
        place=subject.place,
        organisation=subject.organisation,
        currency=subject.currency,
        tip=text,
    )
    finding.record(event, by)
    return finding


def dismiss_tip(finding: Finding, *, by: Mandate) -> None:
    finding.record(e.TipDismissed(stage=finding.after("dismiss-tip")), by)


def may_answer(rule: str, owner: str, due: date | None, by: Mandate) -> Iterable[Reason | None]:
    """What is asked of an owner and of the day by which an answer is expected."""
    yield holds(
        f"{rule}.owner",
        owner not in by.hands,
        "Name somebody else as the person who answers for it.",
        field="/owner",
    )
    yield in_future(f"{rule}.due", due, by)


def in_future(rule: str, due: date | None, by: Mandate) -> Reason | None:
    """A day that somebody is given lies ahead."""
    ahead = due is None or due > by.day
    return holds(rule, ahead, "The due day lies in the future.", field="/due")


def adopt_tip(
    finding: Finding, *, severity: str, owner: str, statement: str, due: date | None, by: Mandate
) -> None:
    """Makes a finding of a tip, in the officer's own words (D1b)."""
    stage = finding.after("adopt-tip")
    check(*may_answer("D1b", owner, due, by))
    event = e.TipAdopted(
        stage=stage,
        severity=severity,
        owner=owner,
        statement=statement,
        raiser=by.person,
        raiser_role=by.actor.role,
        due=due,
    )
    finding.record(event, by)


class Fault(NamedTuple):
    """What a finding says: how grave, how much money in minor units, on what, who answers."""

    severity: str
    amount_minor: int
    refs: tuple[str, ...]
    owner: str
    statement: str
    due: date | None = None


def raise_finding(id: str, *, subject: Subject, fault: Fault, by: Mandate) -> Finding:
    """Writes down what was found (D2)."""
    check(has_place("D2.subject", subject), *may_answer("D2", fault.owner, fault.due, by))
    return written_down(id, subject=subject, fault=fault, hands=(), by=by)


def written_down(
    id: str, *, subject: Subject, fault: Fault, hands: tuple[str, ...], by: Mandate
) -> Finding:
    """The finding as it is recorded, also where it follows from another event (D2)."""
    finding = Finding(id=id)
    event = e.Raised(
        stage=lifecycle.start("raise"),
        subject=subject.stream,
        place=subject.place,
        organisation=subject.organisation,
        currency=subject.currency,
        severity=fault.severity,
        amount_minor=fault.amount_minor,
        refs=fault.refs,
        owner=fault.owner,
        statement=fault.statement,
        raiser=by.person,
        raiser_role=by.actor.role,
        hands=hands,
        due=fault.due,
    )
    finding.record(event, by)
    return finding


def order_rectification(finding: Finding, *, due: date, by: Mandate) -> None:
    """Orders the owner to put it right by a day (D4)."""
    stage = finding.after("order-rectification")
    check(
        other_hands("D4.owner", by, (finding.owner,)),
        in_future("D4.due", due, by),
    )
    finding.record(e.RectificationOrdered(stage=stage, due=due), by)


def verify(finding: Finding, *, by: Mandate) -> None:
    """Confirms that the answer, or what was done, settles it (D6)."""
    stage = finding.after("verify")
    check(other_hands("D6.owner", by, (finding.owner, *finding.hands)))
    finding.record(e.Verified(stage=stage), by)


def escalate(finding: Finding, *, to: str, by: Mandate) -> None:
    """Takes it to a leader; by itself only when the owner has let the due day pass (D7)."""
    stage = finding.after("escalate")
    overdue = finding.due is not None and by.day > finding.due and finding.stage in DUE_STAGES
    check(
        holds(
            "D7.due",
            by.actor.role != "clock" or overdue,
            "The owner still has time.",
        )
    )
    finding.record(e.Escalated(stage=stage, to=to), by)


def return_to_owner(finding: Finding, *, due: date, by: Mandate) -> None:
    """Gives the owner another day (D7a)."""
    stage = finding.after("return-to-owner")
    check(
        other_hands("D7a.owner", by, (finding.owner,)),
        in_future("D7a.due", due, by),
    )
    finding.record(e.ReturnedToOwner(stage=stage, due=due), by)


def hand_over(finding: Finding, *, body: str, by: Mandate) -> None:
    """Gives the matter to a body outside (D7b)."""
    stage = finding.after("hand-over")
    check(other_hands("D7b.owner", by, (finding.owner,)))
    finding.record(e.HandedOver(stage=stage, body=body), by)
