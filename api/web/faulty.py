"""The faults of a small form: under each field its sentences."""

from __future__ import annotations

from api.web.visit import Visit
from domain.errors import Refusal

Faults = dict[str, str]
"""By the name of a field, what is wrong with it."""


def faults_of(visit: Visit, refused: Refusal) -> Faults:
    """The sentences of a refusal by field; those that no field can mend stand under none."""
    found: Faults = {}
    for reason in refused.reasons:
        field = (reason.field or "").strip("/")
        found[field] = f"{found.get(field, '')} {visit.words.sentence(reason)}".strip()
    return found
