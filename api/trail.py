"""What is counted and logged of signing in: how it was tried and what came of it, never by whom."""

from __future__ import annotations

import structlog
from fastapi import Request
from prometheus_client import Counter

from api.identity import address_of

SIGN_INS = Counter(
    "fundtrail_sign_ins", "Sign-ins, and tries that were refused.", ("method", "outcome")
)
LOG = structlog.get_logger("fundtrail.sign_in")


def noted(request: Request, method: str, outcome: str = "done") -> None:
    """Counts a try; one that failed is logged with where it came from, for whoever blocks it.

    What was typed is not: people type passwords into the field for the name.
    """
    SIGN_INS.labels(method, outcome).inc()
    if outcome != "done":
        LOG.warning("sign_in_refused", method=method, outcome=outcome, address=address_of(request))


def invited(by: str, person: str) -> None:
    """Logs who has made an invitation for whom, by their references."""
    LOG.info("invitation_made", by=by, person=person)
