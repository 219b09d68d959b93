"""The lifecycle of a proposal."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import Back, Lifecycle, Step


class Stage(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_INTAKE = "in_intake"
    RETURNED = "returned"
    BUDGET_CHECKED = "budget_checked"
    UNDER_REVIEW = "under_review"
    SCORED = "scored"
    OPTIMISING = "optimising"
    WAITLISTED = "waitlisted"
    PROPOSED = "proposed"
    ON_NOTICE = "on_notice"
    OBJECTED = "objected"
    AWARDED = "awarded"
    INELIGIBLE = "ineligible"
    NOT_SELECTED = "not_selected"
    REVOKED = "revoked"
    APPEALED = "appealed"
    LAPSED = "lapsed"
    LAPSED_UNSIGNED = "lapsed_unsigned"
    WITHDRAWN = "withdrawn"
    WAIT_EXPIRED = "wait_expired"
    DISQUALIFIED = "disqualified"
    CANCELLED = "cancelled"
    HISTORICAL = "historical"


S = Stage
UNDER_WAY = (
    S.DRAFT,
    S.SUBMITTED,
    S.IN_INTAKE,
    S.RETURNED,
    S.BUDGET_CHECKED,
    S.UNDER_REVIEW,
    S.SCORED,
    S.OPTIMISING,
    S.WAITLISTED,
    S.PROPOSED,
    S.ON_NOTICE,
    S.OBJECTED,
)
CONTESTABLE = (S.INELIGIBLE, S.NOT_SELECTED, S.REVOKED, S.DISQUALIFIED)
"""The stages that a decision against the applicant has led to, and an appeal may reopen."""

NOT_FINAL = (*UNDER_WAY, S.APPEALED)
"""The stages in which a proposal can still come to something, and so be blocked."""

BEFORE_SCORING = (S.SUBMITTED, S.IN_INTAKE, S.RETURNED, S.BUDGET_CHECKED, S.UNDER_REVIEW)
"""The stages in which an applicant may ask that a person does not judge the proposal."""

STEPS = (
    #    row    verb                     from                to          event
    Step("S1", "draft", (), S.DRAFT, "proposal.drafted"),
    Step("S2", "edit", (S.DRAFT,), None, "proposal.edited"),
    Step("S3", "submit", (S.DRAFT,), S.SUBMITTED, "proposal.submitted"),
    Step("S3a", "take-back", (S.SUBMITTED,), S.DRAFT, "proposal.taken_back"),
    Step("S3b", "consent", (S.DRAFT,), None, "proposal.consented"),
    Step("S4", "take-intake", (S.SUBMITTED,), S.IN_INTAKE, "proposal.intake_started"),
    Step(
        "S5", "return-for-correction", (S.IN_INTAKE,), S.RETURNED, "proposal.correction_requested"
    ),
    Step("S6", "resubmit", (S.RETURNED,), S.SUBMITTED, "proposal.resubmitted"),
    Step("S7", "lapse", (S.RETURNED,), S.LAPSED, "proposal.lapsed"),
    Step("S8", "reject-intake", (S.IN_INTAKE,), S.INELIGIBLE, "proposal.found_ineligible"),
    Step("S9", "pass-budget-check", (S.IN_INTAKE,), S.BUDGET_CHECKED, "proposal.budget_checked"),
    Step("S10", "admit", (S.BUDGET_CHECKED,), S.UNDER_REVIEW, "proposal.admitted"),
    Step("V3c", "ask-recusal", BEFORE_SCORING, None, "proposal.recusal_asked"),
    Step("S11", "record-score", (S.UNDER_REVIEW,), S.SCORED, "proposal.scored"),
    Step("S11a", "reopen-score", (S.SCORED,), S.UNDER_REVIEW, "proposal.score_reopened"),
    Step("S12", "ask-optimisation", (S.SCORED,), S.OPTIMISING, "proposal.optimisation_requested"),
    Step("S12a", "submit-optimised", (S.OPTIMISING,), S.SCORED, "proposal.optimised"),
    Step("S13", "propose-award", (S.SCORED,), S.PROPOSED, "proposal.award_proposed"),
    Step("S14", "waitlist", (S.SCORED,), S.WAITLISTED, "proposal.waitlisted"),
    Step("S15", "decline", (S.SCORED,), S.NOT_SELECTED, "proposal.declined"),
    Step("S16", "promote", (S.WAITLISTED,), S.PROPOSED, "proposal.promoted"),
    Step("S17", "start-notice", (S.PROPOSED,), S.ON_NOTICE, "proposal.notice_started"),
    Step("S18", "hold-award", (S.ON_NOTICE,), S.OBJECTED, "proposal.award_held"),
    Step("S19", "release-award", (S.OBJECTED,), S.ON_NOTICE, "proposal.award_released"),
    Step("S20", "revoke-award", (S.OBJECTED,), S.REVOKED, "proposal.award_revoked"),
    Step("S21", "confirm-award", (S.ON_NOTICE,), S.AWARDED, "proposal.awarded"),
    Step("S22", "withdraw", UNDER_WAY, S.WITHDRAWN, "proposal.withdrawn"),
    Step("S23", "lapse-award", (S.AWARDED,), S.LAPSED_UNSIGNED, "proposal.award_lapsed"),
    Step("S24", "contest", CONTESTABLE, S.APPEALED, "proposal.contested"),
    Step("S24a", "readmit-to-intake", (S.APPEALED,), S.SUBMITTED, "proposal.readmitted_to_intake"),
    Step(
        "S24b",
        "readmit-to-waitlist",
        (S.APPEALED,),
        S.WAITLISTED,
        "proposal.readmitted_to_waitlist",
    ),
    Step(
        "S24c",
        "keep-decision",
        (S.APPEALED,),
        Back("stage_left", CONTESTABLE),
        "proposal.decision_kept",
    ),
    Step("S25", "disqualify", UNDER_WAY, S.DISQUALIFIED, "proposal.disqualified"),
    Step("S26", "expire-draft", (S.DRAFT,), S.LAPSED, "proposal.draft_expired"),
    Step("S27", "expire-wait", (S.WAITLISTED,), S.WAIT_EXPIRED, "proposal.wait_expired"),
    Step("S28", "lapse-optimisation", (S.OPTIMISING,), S.SCORED, "proposal.optimisation_lapsed"),
    Step("S29", "cancel", NOT_FINAL, S.CANCELLED, "proposal.cancelled"),
    Step("S30", "block", NOT_FINAL, None, "proposal.blocked"),
    Step("S31", "unblock", NOT_FINAL, None, "proposal.unblocked"),
    Step("I1", "import", (), S.AWARDED, "proposal.imported"),
    Step("I1a", "import-unfunded", (), S.HISTORICAL, "proposal.history_imported"),
)
FINAL = (
    S.AWARDED,
    S.INELIGIBLE,
    S.NOT_SELECTED,
    S.REVOKED,
    S.LAPSED,
    S.LAPSED_UNSIGNED,
    S.WITHDRAWN,
    S.WAIT_EXPIRED,
    S.DISQUALIFIED,
    S.CANCELLED,
    S.HISTORICAL,
)
HANDED_IN = tuple(str(stage) for stage in Stage if stage not in (S.DRAFT, S.LAPSED, S.WITHDRAWN))
"""The stages of what was handed in and not taken back; it counts against the limit of a round."""
GOES_ON = frozenset(
    {"withdraw", "disqualify", "lapse", "record-score", "expire-draft", "expire-wait"}
    | {"lapse-optimisation", "start-notice", "hold-award", "release-award", "lapse-award"}
    | {"contest", "readmit-to-intake", "readmit-to-waitlist", "keep-decision", "cancel"}
    | {"block", "unblock", "reopen-score"}
)
"""What a blocked proposal still allows: its end, and what the clock or another row sets off."""

lifecycle = Lifecycle("proposal", Stage, FINAL, STEPS)
