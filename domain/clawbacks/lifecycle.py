"""The lifecycle of a clawback."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import Lifecycle, Step


class Stage(StrEnum):
    ORDERED = "ordered"
    SETTLED = "settled"
    WRITTEN_OFF = "written_off"
    WITHDRAWN = "withdrawn"


S = Stage
STEPS = (
    #    row    verb     from  to          event
    Step("K0", "order", (), S.ORDERED, "clawback.ordered"),
    Step("K0a", "raise", (S.ORDERED,), None, "clawback.raised"),
    Step("K1", "record-repayment", (S.ORDERED,), None, "clawback.repayment_received"),
    Step("K2", "close", (S.ORDERED,), S.SETTLED, "clawback.settled"),
    Step("K3", "write-off", (S.ORDERED,), S.WRITTEN_OFF, "clawback.written_off"),
    Step("K4", "record-late-recovery", (S.WRITTEN_OFF,), None, "clawback.late_recovery_received"),
    Step("K5", "withdraw", (S.ORDERED,), S.WITHDRAWN, "clawback.withdrawn"),
)
lifecycle = Lifecycle("clawback", Stage, (S.SETTLED, S.WRITTEN_OFF, S.WITHDRAWN), STEPS)
