"""The lifecycle of a grant."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import Back, Lifecycle, Step


class Stage(StrEnum):
    AGREEMENT_PENDING = "agreement_pending"
    SIGNED = "signed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    MIDTERM_DUE = "midterm_due"
    FINAL_DUE = "final_due"
    FINAL_SUBMITTED = "final_submitted"
    EVALUATED = "evaluated"
    AUDITED = "audited"
    SETTLING = "settling"
    CLOSED = "closed"
    TERMINATING = "terminating"
    TERMINATED = "terminated"
    CANCELLED = "cancelled"
    HISTORICAL = "historical"


S = Stage
RUNNING = (S.ACTIVE, S.MIDTERM_DUE, S.FINAL_DUE, S.FINAL_SUBMITTED, S.EVALUATED, S.AUDITED)
LIVE = (*RUNNING, S.SUSPENDED)
PAYABLE = (S.ACTIVE, S.MIDTERM_DUE, S.EVALUATED, S.AUDITED)
ENDED = (S.TERMINATED, S.CLOSED)
UNSIGNED = (S.AGREEMENT_PENDING, S.SIGNED)
AMENDABLE = (S.ACTIVE, S.MIDTERM_DUE, S.SUSPENDED)
"""The stages in which an amendment may be asked for and agreed."""

STEPS = (
    #    row    verb                   from                      to          event
    Step("G1", "open", (), S.AGREEMENT_PENDING, "grant.opened"),
    Step("G2", "sign-agreement", (S.AGREEMENT_PENDING,), S.SIGNED, "grant.agreement_signed"),
    Step("G3", "activate", (S.SIGNED,), S.ACTIVE, "grant.activated"),
    Step("G5", "report-progress", LIVE, None, "grant.progress_reported"),
    Step("G6", "accept-costs", LIVE, None, "grant.costs_accepted"),
    Step(
        "G6a",
        "post-accepted-costs",
        (*LIVE, S.TERMINATING),
        None,
        "grant.accepted_costs_posted",
    ),
    Step("G7", "question-cost", LIVE, None, "grant.cost_questioned"),
    Step("G8", "allow-cost", LIVE, None, "grant.cost_allowed"),
    Step("G8a", "disallow-cost", LIVE, None, "grant.cost_disallowed"),
    Step("G10", "suspend", RUNNING, S.SUSPENDED, "grant.suspended"),
    Step("G11", "resume", (S.SUSPENDED,), Back("suspended_from", RUNNING), "grant.resumed"),
    Step("G12", "open-midterm", (S.ACTIVE,), S.MIDTERM_DUE, "grant.midterm_due"),
    Step("G12a", "submit-midterm", (S.MIDTERM_DUE,), None, "grant.midterm_submitted"),
    Step("G12b", "record-midterm", (S.MIDTERM_DUE,), S.ACTIVE, "grant.midterm_evaluated"),
    Step("G13", "fail-midterm", (S.MIDTERM_DUE,), S.SUSPENDED, "grant.midterm_failed"),
    Step("G14", "end-period", (S.ACTIVE, S.MIDTERM_DUE), S.FINAL_DUE, "grant.period_ended"),
    Step("G15", "submit-final", (S.FINAL_DUE,), S.FINAL_SUBMITTED, "grant.final_submitted"),
    Step("G15a", "return-final", (S.FINAL_SUBMITTED,), S.FINAL_DUE, "grant.final_returned"),
    Step("G16", "evaluate-final", (S.FINAL_SUBMITTED,), S.EVALUATED, "grant.final_evaluated"),
    Step("G17", "record-audit", (S.EVALUATED,), S.AUDITED, "grant.audit_recorded"),
    Step("G17a", "waive-audit", (S.EVALUATED,), S.AUDITED, "grant.audit_waived"),
    Step("G18", "settle", (S.AUDITED,), S.SETTLING, "grant.settled"),
    Step("G19", "close", (S.SETTLING,), S.CLOSED, "grant.closed"),
    Step(
        "G20",
        "close-unilaterally",
        (S.FINAL_DUE, S.FINAL_SUBMITTED),
        S.CLOSED,
        "grant.closed_unilaterally",
    ),
    Step("G21", "propose-termination", LIVE, S.TERMINATING, "grant.termination_proposed"),
    Step("G21a", "terminate", (S.TERMINATING,), S.TERMINATED, "grant.terminated"),
    Step(
        "G21b",
        "drop-termination",
        (S.TERMINATING,),
        Back("terminating_from", LIVE),
        "grant.termination_dropped",
    ),
    Step(
        "G23",
        "record-refund",
        (*LIVE, S.TERMINATING, S.SETTLING),
        None,
        "grant.refund_received",
    ),
    Step("G26", "record-post-closeout", ENDED, None, "grant.post_closeout_adjusted"),
    Step("G27", "publish-result", ENDED, None, "grant.result_published"),
    Step("G28", "cancel", UNSIGNED, S.CANCELLED, "grant.cancelled"),
    Step("G29", "record-match", LIVE, None, "grant.match_received"),
    Step("G30", "record-visit", LIVE, None, "grant.visited"),
    Step("G31", "change-payee", (*UNSIGNED, *LIVE), None, "grant.payee_changed"),
    Step("G32", "amend", AMENDABLE, None, "grant.amended"),
    Step("I2", "import", (), S.HISTORICAL, "grant.imported"),
    Step("I3", "import-payment", (S.HISTORICAL,), None, "grant.payment_imported"),
    Step("I4", "import-outcome", (S.HISTORICAL,), None, "grant.outcome_imported"),
)
FINAL = (*ENDED, S.CANCELLED, S.HISTORICAL)
lifecycle = Lifecycle("grant", Stage, FINAL, STEPS)
