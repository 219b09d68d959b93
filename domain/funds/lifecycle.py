"""The lifecycle of a fund."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import Lifecycle, Step


class Stage(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    REFUSED = "refused"
    FROZEN = "frozen"
    CLOSING = "closing"
    CLOSED = "closed"
    HISTORICAL = "historical"


P, A, Z, C = Stage.PROPOSED, Stage.ACTIVE, Stage.FROZEN, Stage.CLOSING
OPEN = (A, Z, C)

STEPS = (
    #    row    verb                     from          to             event
    Step("F0", "propose", (), P, "fund.proposed"),
    Step("F1", "open", (P,), A, "fund.opened"),
    Step("F1a", "refuse", (P,), Stage.REFUSED, "fund.refused"),
    Step("F2", "record-appropriation", (A,), None, "fund.appropriation_recorded"),
    Step("F2a", "record-opening-balance", (A,), None, "fund.opening_balance_recorded"),
    Step("F2b", "amend-appropriation", (A, Z, C), None, "fund.appropriation_cut"),
    Step("F3", "receive-contribution", (A, Z, C), None, "fund.contribution_received"),
    Step("F4", "pledge-contribution", (A,), None, "fund.contribution_pledged"),
    Step("F4a", "withdraw-pledge", OPEN, None, "fund.pledge_withdrawn"),
    Step("F5", "apply-allocation-rule", (A,), None, "fund.allocation_computed"),
    Step("F6", "transfer", (A, C), None, "fund.transferred"),
    Step("F7", "freeze", (A,), Z, "fund.frozen"),
    Step("F7a", "unfreeze", (Z,), A, "fund.unfrozen"),
    Step("F8", "reverse-entry", OPEN, None, "fund.entry_reversed"),
    Step("F9", "close-day", (P, A, Z, C), None, "fund.day_closed"),
    Step("F9a", "close-period", (P, A, Z, C), None, "fund.period_closed"),
    Step("F10", "carry-over", (A, C), None, "fund.carried_over"),
    Step("F10a", "lapse-authority", (A, C), None, "fund.authority_lapsed"),
    Step("F10b", "close-year", (A, C), None, "fund.year_closed"),
    Step("F11", "start-closing", (A,), C, "fund.closing_started"),
    Step("F11a", "close", (C,), Stage.CLOSED, "fund.closed"),
    Step("F11b", "reopen", (Stage.CLOSED,), C, "fund.reopened"),
    Step("F13", "return-money", OPEN, None, "fund.money_returned"),
    Step("F14", "declare-left-over", (C,), None, "fund.left_over_declared"),
    Step("F15", "record-interest", OPEN, None, "fund.interest_recorded"),
    Step("F16", "record-bank-fee", OPEN, None, "fund.bank_fee_recorded"),
    Step("F17", "park-receipt", OPEN, None, "fund.receipt_parked"),
    Step("F18", "send-back-receipt", OPEN, None, "fund.receipt_sent_back"),
    Step("F19", "assign-receipt", OPEN, None, "fund.receipt_assigned"),
    Step("I6", "import", (), Stage.HISTORICAL, "fund.imported"),
)
FINAL = (Stage.REFUSED, Stage.CLOSED, Stage.HISTORICAL)
lifecycle = Lifecycle("fund", Stage, FINAL, STEPS)
