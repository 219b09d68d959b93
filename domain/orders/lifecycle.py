"""The lifecycle of an order."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import Lifecycle, Step


class Stage(StrEnum):
    DRAFTED = "drafted"
    APPROVED = "approved"
    SIGNED = "signed"
    ACCEPTED = "accepted"
    SENT = "sent"
    PAID = "paid"
    CLOSED = "closed"
    CANCELLED = "cancelled"


S = Stage
STEPS = (
    #    row    verb                   from           to            event
    Step("Q1", "draft", (), S.DRAFTED, "order.drafted"),
    Step("Q1a", "draft-fee", (), S.DRAFTED, "order.fee_drafted"),
    Step("Q2", "approve", (S.DRAFTED,), S.APPROVED, "order.approved"),
    Step("Q3", "sign", (S.APPROVED,), S.SIGNED, "order.signed"),
    Step("Q4", "accept-delivery", (S.SIGNED,), S.ACCEPTED, "order.delivery_accepted"),
    Step("Q4a", "undo-acceptance", (S.ACCEPTED,), S.SIGNED, "order.acceptance_undone"),
    Step("Q5", "send", (S.ACCEPTED,), S.SENT, "order.sent"),
    Step("Q6", "confirm", (S.SENT,), S.PAID, "order.paid"),
    Step("Q6a", "record-bank-return", (S.SENT,), S.ACCEPTED, "order.bounced"),
    Step("Q6b", "record-late-return", (S.PAID,), S.ACCEPTED, "order.bounced_after_payment"),
    Step("Q7", "close", (S.PAID,), S.CLOSED, "order.closed"),
    Step("Q8", "cancel", (S.DRAFTED, S.APPROVED, S.SIGNED), S.CANCELLED, "order.cancelled"),
)
FINAL = (S.CLOSED, S.CANCELLED)
UNDER_WAY = tuple(str(stage) for stage in Stage if stage not in FINAL)
"""The stages of an order that has not ended."""

AT_THE_BANK = (str(S.SENT), str(S.PAID))
"""The stages in which the bank has the payment and its statement has not been matched."""

lifecycle = Lifecycle("order", Stage, FINAL, STEPS)
