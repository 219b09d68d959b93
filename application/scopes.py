"""What a token may be limited to, beyond its role and its reach."""

from __future__ import annotations

from collections.abc import Iterable

from application.kinds import PLURALS
from domain.errors import Invalid, Reason

READ = "read"
"""Asking alone: no command."""

AREAS = (READ, *PLURALS.values(), "costs", "contributions", "roles", "refusals", "uploads")
"""Everything that may stand in a scope: `read`, and what may stand in an address."""


def scope_of(names: Iterable[str]) -> frozenset[str]:
    """The scope of these names; Invalid where there is none of that name."""
    found = frozenset(name.strip() for name in names if name.strip())
    if unknown := sorted(found - set(AREAS)):
        raise Invalid(
            Reason(
                "scope.name",
                "A token cannot be limited to {unknown}; it can be to: {known}.",
                {"unknown": tuple(unknown), "known": tuple(sorted(AREAS))},
                "/scope",
            )
        )
    return found
