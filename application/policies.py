"""What may be told to policies, and whether a decision may cite one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import MaxLen, MinLen

from application.docket import Docket
from application.told import Handlers, said, tells
from domain import policy_versions
from domain.approvals import Approval
from domain.errors import refuse
from domain.kernel import Aggregate, Mandate
from domain.policy_versions import Edition, Policy
from domain.values import Name, Place

CITED = "policy:"
"""How an authority begins that names a policy; its name, @ and its version follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPolicy:
    """Publishes a version of a policy; the version that was in force until then gives way."""

    name: Annotated[str, MinLen(1), MaxLen(120)]
    edition: Annotated[str, MinLen(1), MaxLen(40)]
    place: Place
    starts: date
    document: Name
    sha256: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class SupersedePolicy:
    """Ends a version of a policy that nothing replaces."""

    until: date


def publish(command: PublishPolicy, docket: Docket, id: str, by: Mandate) -> Policy:
    versions = docket.find(Policy, name=command.name, place=command.place)
    new = Edition(**said(command))
    return docket.add(policy_versions.publish(docket.new_id(), new=new, versions=versions, by=by))


def cited_by(authority_ref: str | None, verb: str, thing: Aggregate | None) -> str:
    """The authority that a command cites; what was prepared is judged again by what it cited."""
    if isinstance(thing, Approval) and verb == "approve":
        return thing.authority_ref or authority_ref or ""
    return authority_ref or ""


def check_citation(authority_ref: str, place: str, docket: Docket, day: date) -> None:
    """Refuses an authority that names a policy which is not in force on that day for the place.

    An authority of any other form, such as the number of a document, is taken as it is.
    """
    if not authority_ref.startswith(CITED):
        return
    name, _, edition = authority_ref.removeprefix(CITED).partition("@")
    for policy in docket.find(Policy, name=name, edition=edition):
        if policy.is_in_force(day) and (not place or policy.concerns(place)):
            return
    raise refuse(
        "envelope.policy",
        "No version {edition} of the policy “{name}” is in force here on {day}.",
        field="/authority_ref",
        name=name,
        edition=edition or "?",
        day=day,
    )


HANDLERS: Handlers = {
    "publish": (PublishPolicy, publish),
    "supersede": (SupersedePolicy, tells(Policy, policy_versions.supersede)),
}
