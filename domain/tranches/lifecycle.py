"""The lifecycle of a tranche."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import Back, Lifecycle, Step


class Stage(StrEnum):
    PLANNED = "planned"
    ELIGIBLE = "eligible"
    REQUESTED = "requested"
    CHECKED = "checked"
    APPROVED = "approved"
    SENT = "sent"
    PAID = "paid"
    RETURNED = "returned"
    HELD = "held"
    RECONCILED = "reconciled"
    CANCELLED = "cancelled"


S = Stage
BEFORE_APPROVAL = (S.PLANNED, S.ELIGIBLE, S.REQUESTED, S.CHECKED)
UNSENT = (*BEFORE_APPROVAL, S.APPROVED, S.RETURNED)
"""The stages in which the money of a tranche is with the fund, and the bank has no order."""

STEPS = (
    #    row    verb                   from              to            event
    Step("T0", "plan", (), S.PLANNED, "tranche.planned"),
    Step("T0a", "amend", (S.PLANNED,), None, "tranche.amended"),
    Step("T1", "make-eligible", (S.PLANNED,), S.ELIGIBLE, "tranche.eligible"),
    Step("T2", "request", (S.ELIGIBLE,), S.REQUESTED, "tranche.requested"),
    Step("T3", "check", (S.REQUESTED,), S.CHECKED, "tranche.checked"),
    Step("T4", "approve", (S.CHECKED,), S.APPROVED, "tranche.approved"),
    Step(
        "T4r",
        "return-request",
        (S.REQUESTED, S.CHECKED, S.APPROVED),
        S.ELIGIBLE,
        "tranche.request_returned",
    ),
    Step("T5", "send", (S.APPROVED,), S.SENT, "tranche.sent"),
    Step("T6", "confirm", (S.SENT,), S.PAID, "tranche.paid"),
    Step("T7", "record-bank-return", (S.SENT,), S.RETURNED, "tranche.bounced"),
    Step("T7b", "record-late-return", (S.PAID,), S.RETURNED, "tranche.bounced_after_payment"),
    Step("T7c", "retry", (S.RETURNED,), S.APPROVED, "tranche.retried"),
    Step("T8", "reconcile", (S.PAID,), S.RECONCILED, "tranche.reconciled"),
    Step("T9", "hold", UNSENT, S.HELD, "tranche.held"),
    Step("T9a", "cancel", (*UNSENT, S.HELD), S.CANCELLED, "tranche.cancelled"),
    Step("T9b", "release", (S.HELD,), Back("released_to", BEFORE_APPROVAL), "tranche.released"),
)
lifecycle = Lifecycle("tranche", Stage, (S.RECONCILED, S.CANCELLED), STEPS)
