"""How one command is decided: permission, guards, pairs, reactions, and the ledger's homes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from application.agents import with_clients
from application.asides import Asides, spend
from application.docket import Docket
from application.handlers import HANDLERS
from application.homes import tell_homes
from application.kinds import KINDS
from application.lending import in_force, lent_by
from application.named import as_named
from application.permissions import FA, PERMISSIONS
from application.policies import check_citation, cited_by
from application.principals import NONE, Grounds, Held, Principal
from application.reach import may_know, organisation_of, permit
from application.reactions import REACTIONS
from domain import approvals
from domain.approvals import Approval, Prepared
from domain.envelope import Actor, Evidence, OnBehalfOf
from domain.errors import Invalid, Reason, Stale
from domain.kernel import Aggregate, Mandate
from domain.roles import OF_ORGANISATION

WAITS_DAYS = 14
"""How long a prepared command waits for its second hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A command on its way: what, to which thing, by whom, on what grounds."""

    noun: str
    verb: str
    command: Any
    by: Principal
    id: str = ""
    grounds: Grounds = NONE
    expected_version: int | None = None
    key: str = ""
    digest: bytes = b""

    @property
    def row(self) -> str:
        """The row of the lifecycle table that the command stands for."""
        return KINDS[self.noun].lifecycle.verbs[self.verb].row


@dataclass(frozen=True, slots=True)
class Decided:
    """What a command came to: the thing it concerned, and whether it was only prepared."""

    thing: Aggregate
    by: Mandate
    created: bool
    prepared: bool


@dataclass(frozen=True, slots=True)
class Times:
    """When a command is decided: recorded, and the system's time zone for local days."""

    recorded_at: datetime
    zone: ZoneInfo

    @property
    def day(self) -> date:
        """The local day of recording."""
        return self.local_day(self.recorded_at)

    def local_day(self, moment: datetime) -> date:
        """The local day of a moment."""
        return moment.astimezone(self.zone).date()

    def effective(self, grounds: Grounds) -> datetime:
        """When the command took effect: now, unless the caller says an earlier moment."""
        if grounds.effective_at is None:
            return self.recorded_at
        if grounds.effective_at > self.recorded_at:
            raise Invalid(
                Reason(
                    "envelope.effective_at",
                    "Nothing takes effect before it has happened.",
                    {},
                    "/effective_at",
                )
            )
        return grounds.effective_at


def decide(sent: Sent, docket: Docket, times: Times) -> Decided:
    """Carries the command out on the docket's copies, or refuses; nothing is saved here."""
    permission = PERMISSIONS[sent.noun][sent.verb]
    _, handler = HANDLERS[sent.noun][sent.verb]
    thing = docket.load(KINDS[sent.noun], sent.id) if sent.id else None
    by_name = as_named(sent.by, sent.noun, sent.verb, sent.command, thing, docket)
    sent = replace(sent, by=with_clients(in_force(by_name, docket, times.day), docket))
    if thing is not None and not may_know(sent.by, thing):
        raise docket.missing(thing.noun, sent.id)
    held = permit(sent.row, sent.verb, permission.first, sent.by, thing)
    if thing is not None:
        check_turn(sent, thing, times)
    cited = cited_by(sent.grounds.authority_ref, sent.verb, thing)
    place = getattr(thing, "place", "") or held.place
    check_citation(cited, place, docket, times.local_day(times.effective(sent.grounds)))
    by = mandate(sent, held, docket, times)
    if second := permission.approvers(thing, docket, by):
        return prepare(sent, docket, by, second)
    result = handler(sent.command, docket, sent.id, by)
    if thing is None:
        by = created_as(sent, permission.first, result, by)
    follow(docket, by)
    return Decided(result, by, created=thing is None, prepared=False)


def check_turn(sent: Sent, thing: Aggregate, times: Times) -> None:
    """Refuses a command for an older version, or one that comes before the last or out of turn.

    The table is asked first, so that nothing else a command names can hide what it says.
    """
    if sent.expected_version is not None and sent.expected_version != thing.version:
        raise Stale(
            Reason(
                "version",
                "This has changed since you looked: it is at version {version} now.",
                {"version": thing.version},
            ),
            version=thing.version,
        )
    thing.after(sent.verb)
    stated = sent.grounds.effective_at
    if sent.verb in thing.dated_verbs:
        return
    if stated is not None and thing.effective_at is not None and stated < thing.effective_at:
        raise Invalid(
            Reason(
                "envelope.effective_at",
                "This cannot have taken effect before what happened to the thing last.",
                {},
                "/effective_at",
            )
        )


def mandate(sent: Sent, held: Held, docket: Docket, times: Times) -> Mandate:
    """By what right the command acts."""
    grounds, effective_at = sent.grounds, times.effective(sent.grounds)
    behalf = OnBehalfOf(person=grounds.on_behalf_of) if grounds.on_behalf_of else None
    behalf = lent_by(held, behalf)
    return Mandate(
        actor=actor(sent.by.person, held),
        effective_at=effective_at,
        recorded_at=times.recorded_at,
        day=times.day,
        command_id=sent.key or docket.new_id(),
        salt=docket.entropy.salt,
        set_aside=Asides(docket),
        interests=sent.by.interests,
        on_behalf_of=behalf,
        authority_ref=grounds.authority_ref or "",
        reason=getattr(sent.command, "reason", "") or grounds.reason or "",
        evidence=tuple(
            Evidence(document=cited.document, sha256=cited.sha256, type=cited.type)
            for cited in grounds.evidence
        ),
        zone=times.zone,
    )


def created_as(sent: Sent, roles: tuple[str, ...], made: Aggregate, by: Mandate) -> Mandate:
    """The mandate in the role that covers the thing that was made, which nobody knew before."""
    held = permit(sent.row, sent.verb, roles, sent.by, made)
    right, behalf = actor(sent.by.person, held), lent_by(held, by.on_behalf_of)
    by.records[:] = [
        msgspec.structs.replace(record, actor=right, on_behalf_of=behalf) for record in by.records
    ]
    return replace(by, actor=right, on_behalf_of=behalf)


def actor(person: str, held: Held) -> Actor:
    """The person and role as an event keeps them; six digits of a place are its GB/T 2260 code."""
    place = {"code": held.place[:6], "unit": held.place[6:]} if held.place else {}
    if held.organisation:
        place = {"organisation": held.organisation}
    return Actor(id=person, role=held.role, place=place)


def prepare(sent: Sent, docket: Docket, by: Mandate, second: tuple[str, ...]) -> Decided:
    """Checks what the pair would do, throws it away, and records that it waits (W1)."""
    trial = docket.another()
    trial_by = replace(by, records=[], set_aside=Asides(trial))
    result = HANDLERS[sent.noun][sent.verb][1](sent.command, trial, sent.id, trial_by)
    follow(trial, trial_by)
    if not sent.id:
        by = created_as(sent, PERMISSIONS[sent.noun][sent.verb].first, result, by)
    fields, role = msgspec.json.encode(sent.command), by.actor.role
    prepared = Prepared(
        stage=Approval.lifecycle.start("prepare"),
        thing_noun=sent.noun,
        thing=sent.id,
        thing_stage=docket.load(KINDS[sent.noun], sent.id).stage if sent.id else "",
        verb=sent.verb,
        fields=fields.decode(),
        fields_sha=hashlib.sha256(fields).hexdigest(),
        roles=second,
        place=getattr(result, "place", ""),
        # What officers prepare among themselves is no matter of the organisation's people yet.
        organisation=organisation_of(result) if {role, *second} & OF_ORGANISATION else "",
        agent=getattr(result, "agent", "") if role == FA else "",
        prepared_by=by.person,
        preparer_role=role,
        due=by.day + timedelta(days=WAITS_DAYS),
    )
    waiting = docket.add(approvals.prepare(docket.new_id(), prepared=prepared, by=by))
    return Decided(waiting, by, created=True, prepared=True)


def perform(approval: Approval, docket: Docket, by: Mandate) -> Aggregate:
    """Carries out what was prepared, in both names (W2); follows up with everything else."""
    command_type, handler = HANDLERS[approval.thing_noun][approval.verb]
    command = msgspec.json.decode(approval.fields, type=command_type)
    both = replace(
        by,
        on_behalf_of=OnBehalfOf(prepared_by=approval.prepared_by, delegated_by=by.delegated_by),
        causation=f"{approval.stream}@{approval.version}",
        reason=getattr(command, "reason", "") or approval.given_reason or by.reason,
        authority_ref=approval.authority_ref or by.authority_ref,
        evidence=approval.evidence + by.evidence,
    )
    return handler(command, docket, approval.thing, both)


def follow(docket: Docket, by: Mandate) -> None:
    """Lets events set off what follows them, then tells every home what moved there.

    Overrides that the command needed are used up by it.
    """
    spend(docket, by)
    for record in by.records:
        for react in REACTIONS.get(record.event_name, ()):
            react(record, docket, replace(by, causation=record.name))
    tell_homes(docket, by)
