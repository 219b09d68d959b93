"""What may be told to objections."""

from __future__ import annotations

from dataclasses import dataclass

from application.docket import Docket
from application.told import Handlers, NoFields, tells
from domain import objections
from domain.kernel import Mandate
from domain.objections import Objection
from domain.proposals.proposal import Proposal
from domain.reviews.review import Review
from domain.values import Id, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FileObjection:
    """Says what speaks against an intended award; under protection, only its handler knows who."""

    proposal: Id
    statement: Text
    is_protected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptObjection(NoFields):
    """Takes the objection up; whoever does so handles it to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseObjection:
    """Does not take the objection up, because it is late or not about the award."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigateObjection(NoFields):
    """Begins to look into the objection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpholdObjection:
    """Finds the objection right, and says what was found."""

    result: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissObjection:
    """Finds nothing in the objection, and says what was found."""

    result: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyObjector:
    """Records that the result was sent in writing."""

    document: Id


def scorers_of(proposal: Proposal, docket: Docket) -> tuple[str, ...]:
    """Everybody who was to score a proposal."""
    return tuple(review.member for review in docket.find(Review, proposal=proposal.id))


def file(command: FileObjection, docket: Docket, id: str, by: Mandate) -> Objection:
    return docket.add(
        objections.file(
            docket.new_id(),
            proposal=docket.load(Proposal, command.proposal, field="/proposal"),
            statement=command.statement,
            is_protected=command.is_protected,
            by=by,
        )
    )


def accept(command: AcceptObjection, docket: Docket, id: str, by: Mandate) -> Objection:
    objection = docket.load(Objection, id)
    proposal = docket.load(Proposal, objection.proposal)
    scorers = scorers_of(proposal, docket)
    objections.accept(objection, proposal=proposal, scorers=scorers, by=by)
    return objection


def refuse(command: RefuseObjection, docket: Docket, id: str, by: Mandate) -> Objection:
    objection = docket.load(Objection, id)
    proposal = docket.load(Proposal, objection.proposal)
    scorers = scorers_of(proposal, docket)
    objections.refuse(objection, proposal=proposal, scorers=scorers, by=by)
    return objection


HANDLERS: Handlers = {
    "file": (FileObjection, file),
    "accept": (AcceptObjection, accept),
    "refuse": (RefuseObjection, refuse),
    "investigate": (InvestigateObjection, tells(Objection, objections.investigate)),
    "uphold": (UpholdObjection, tells(Objection, objections.uphold)),
    "dismiss": (DismissObjection, tells(Objection, objections.dismiss)),
    "notify": (NotifyObjector, tells(Objection, objections.notify)),
}
