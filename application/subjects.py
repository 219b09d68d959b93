"""The thing that a command is about beside its own: named by its stream, such as grant:<id>."""

from __future__ import annotations

from application.docket import Docket
from application.kinds import KINDS
from domain.errors import refuse
from domain.kernel import Aggregate


def subject_of(rule: str, stream: str, docket: Docket) -> Aggregate:
    """The thing of that stream; refused under the rule where the text names no kind of thing."""
    noun, _, id = stream.partition(":")
    if noun not in KINDS:
        raise refuse(
            rule,
            "A thing is named by its noun, a colon and its id.",
            field="/subject",
        )
    return docket.load(KINDS[noun], id, field="/subject")
