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

STEPS = (
    #    row    verb                     from          to             event
    Step("F0", "propose", (), P, "fund.proposed"),
    Step("F1", "open", (P,), A, "fund.opened"),
    Step("F1a", "refuse", (P,), Stage.REFUSED, "fund.refused"),
    Step("F2", "record-appropriation", (A,), None, "fund.appropriation_recorded"),
    Step("F2a", "record-opening-balance", (A,), None, "fund.opening_balance_recorded"),
    Step("F2b", "amend-appropriation", (A, Z, C), None, "fund.appropriation_cut"),
    Step("F3", "receive-contribution", (A, Z, C), None, "fund.contribution_received"),
    Step("F7", "freeze", (A,), Z, "fund.frozen"),
    Step("F7a", "unfreeze", (Z,), A, "fund.unfrozen"),
    Step("F9", "close-day", (P, A, Z, C), None, "fund.day_closed"),
    Step("F9a", "close-period", (P, A, Z, C), None, "fund.period_closed"),
    Step("F11", "start-closing", (A,), C, "fund.closing_started"),
    Step("F11a", "close", (C,), Stage.CLOSED, "fund.closed"),
    Step("I6", "import", (), Stage.HISTORICAL, "fund.imported"),
)
FINAL = (Stage.REFUSED, Stage.CLOSED, Stage.HISTORICAL)
lifecycle = Lifecycle("fund", Stage, FINAL, STEPS)
