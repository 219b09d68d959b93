"""What may be told to overrides."""

from __future__ import annotations

from dataclasses import dataclass

from application.docket import Docket
from application.reach import organisation_of
from application.subjects import subject_of
from application.told import Handlers
from domain import overrides
from domain.kernel import Mandate
from domain.overrides import Override, Stage
from domain.values import Id, Name, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class UseOverride:
    """Sets one rule aside for one thing, once; a finding is raised at the same time."""

    rule: Name
    subject: Id
    reason: Text


def use(command: UseOverride, docket: Docket, id: str, by: Mandate) -> Override:
    subject = subject_of("U1.subject", command.subject, docket)
    waiting = docket.find(Override, subject=subject.stream, rule=command.rule, stage=Stage.READY)
    return docket.add(
        overrides.use(
            docket.new_id(),
            rule=command.rule,
            subject=subject,
            organisation=organisation_of(subject),
            waiting=len(waiting),
            by=by,
        )
    )


HANDLERS: Handlers = {"use": (UseOverride, use)}
