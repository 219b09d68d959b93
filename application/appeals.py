"""What may be told to appeals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from application.docket import Docket
from application.matters import matter_of
from application.told import Handlers, NoFields, tells
from domain.appeals import hearing
from domain.appeals.appeal import Appeal, SignedVote
from domain.kernel import Mandate
from domain.values import Id, Name, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAppeal:
    """Contests a decision, named by its row, on the thing that it left so."""

    decision: Literal["S8", "S15", "S20", "S25", "G21", "K0", "O6", "O12"]
    contested: Id
    statement: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitAppeal:
    """Admits the appeal, and names the people who look at the matter again."""

    members: Annotated[tuple[Id, ...], MinLen(1), MaxLen(50)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAppeal:
    """Does not admit the appeal, and says why."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class HearAppeal:
    """Records that the matter was heard, with the minutes."""

    minutes: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantAppeal:
    """Finds for the appellant by the signed votes of the panel, and names the step reopened."""

    votes: Annotated[tuple[SignedVote, ...], MinLen(1), MaxLen(50)]
    step: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class DenyAppeal:
    """Lets the decision stand by the signed votes of the panel."""

    votes: Annotated[tuple[SignedVote, ...], MinLen(1), MaxLen(50)]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawAppeal(NoFields):
    """Gives the appeal up; the decision stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyAppellant:
    """Records that the result was sent in writing."""

    document: Id


def file(command: FileAppeal, docket: Docket, id: str, by: Mandate) -> Appeal:
    matter = matter_of(docket, command.decision, command.contested)
    return docket.add(
        hearing.file(
            docket.new_id(),
            decision=command.decision,
            statement=command.statement,
            matter=matter,
            by=by,
        )
    )


def id_of_contested(appeal: Appeal) -> str:
    """The id of the thing whose decision is contested."""
    return appeal.contested.partition(":")[2]


def admit(command: AdmitAppeal, docket: Docket, id: str, by: Mandate) -> Appeal:
    appeal = docket.load(Appeal, id)
    matter = matter_of(docket, appeal.decision, id_of_contested(appeal))
    hearing.admit(appeal, members=command.members, matter=matter, by=by)
    return appeal


def grant(command: GrantAppeal, docket: Docket, id: str, by: Mandate) -> Appeal:
    appeal = docket.load(Appeal, id)
    matter = matter_of(docket, appeal.decision, id_of_contested(appeal))
    hearing.grant(appeal, votes=command.votes, step=command.step, matter=matter, by=by)
    return appeal


HANDLERS: Handlers = {
    "file": (FileAppeal, file),
    "admit": (AdmitAppeal, admit),
    "refuse": (RefuseAppeal, tells(Appeal, hearing.refuse)),
    "hear": (HearAppeal, tells(Appeal, hearing.hear)),
    "grant": (GrantAppeal, grant),
    "deny": (DenyAppeal, tells(Appeal, hearing.deny)),
    "withdraw": (WithdrawAppeal, tells(Appeal, hearing.withdraw)),
    "notify": (NotifyAppellant, tells(Appeal, hearing.notify)),
}
