"""The lifecycle of an organisation: filed or imported, changed, registered, ended."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import Back, Lifecycle, Step


class Stage(StrEnum):
    DRAFT = "draft"
    FILING_REQUESTED = "filing_requested"
    RETURNED = "returned"
    COMMUNITY_CHECKED = "community_checked"
    REJECTED = "rejected"
    ABANDONED = "abandoned"
    FILED = "filed"
    CHANGE_REQUESTED = "change_requested"
    UPGRADING = "upgrading"
    REGISTERED = "registered"
    SUSPENDED = "suspended"
    DEREGISTERING = "deregistering"
    DEREGISTERED = "deregistered"
    HISTORICAL = "historical"


S = Stage
UNFILED = (S.DRAFT, S.RETURNED)
"""The stages in which those who found an organisation have the word."""

ASKED = (S.FILING_REQUESTED, S.COMMUNITY_CHECKED)
"""The stages in which officers have a filing before them."""

UNENTERED = (*UNFILED, *ASKED, S.REJECTED, S.ABANDONED)
"""The stages in which an organisation stands in no register, nor ever has."""

LIVE = (S.FILED, S.UPGRADING, S.REGISTERED)
ACTING = (*LIVE, S.CHANGE_REQUESTED)
"""The stages in which an organisation may act: a change that is asked for stops nothing."""

WATCHED = (*ACTING, S.SUSPENDED)
"""The stages in which credit is recorded and lists are kept."""

KEPT = (*LIVE, S.SUSPENDED)
"""The stages that a deregistration may find; a change that was asked for has ended with it."""

STEPS = (
    #    row    verb              from  to                 event
    Step("O1", "start-filing", (), S.DRAFT, "organisation.drafted"),
    Step("O1a", "start-filing-for", (), S.DRAFT, "organisation.drafted_for"),
    Step("O2", "request-filing", UNFILED, S.FILING_REQUESTED, "organisation.filing_requested"),
    Step("O3", "return-filing", ASKED, S.RETURNED, "organisation.filing_returned"),
    Step("O3a", "abandon-filing", UNFILED, S.ABANDONED, "organisation.filing_abandoned"),
    Step(
        "O4",
        "pass-first-check",
        (S.FILING_REQUESTED,),
        S.COMMUNITY_CHECKED,
        "organisation.first_check_passed",
    ),
    Step("O5", "approve-filing", (S.COMMUNITY_CHECKED,), S.FILED, "organisation.filed"),
    Step("O6", "reject-filing", ASKED, S.REJECTED, "organisation.filing_rejected"),
    Step("O6a", "reopen-filing", (S.REJECTED,), S.FILING_REQUESTED, "organisation.filing_reopened"),
    Step("O7", "request-change", LIVE, S.CHANGE_REQUESTED, "organisation.change_requested"),
    Step(
        "O7a",
        "approve-change",
        (S.CHANGE_REQUESTED,),
        Back("stage_before_change", LIVE),
        "organisation.changed",
    ),
    Step(
        "O7b",
        "refuse-change",
        (S.CHANGE_REQUESTED,),
        Back("stage_before_change", LIVE),
        "organisation.change_refused",
    ),
    Step("O7c", "accept-agency", (S.CHANGE_REQUESTED,), None, "organisation.agency_accepted"),
    Step("O8", "start-upgrade", (S.FILED,), S.UPGRADING, "organisation.upgrade_started"),
    Step("O8a", "confirm-registration", (S.UPGRADING,), S.REGISTERED, "organisation.registered"),
    Step("O8b", "abandon-upgrade", (S.UPGRADING,), S.FILED, "organisation.upgrade_abandoned"),
    Step("O9", "import", (), S.REGISTERED, "organisation.imported"),
    Step("O9a", "import-filed", (), S.FILED, "organisation.filing_imported"),
    Step("O10", "submit-annual-check", LIVE, None, "organisation.annual_check_submitted"),
    Step("O10a", "conclude-annual-check", LIVE, None, "organisation.annual_check_concluded"),
    Step("O11", "record-credit", WATCHED, None, "organisation.credit_recorded"),
    Step("O11a", "place-on-list", WATCHED, None, "organisation.listed"),
    Step("O11b", "remove-from-list", WATCHED, None, "organisation.unlisted"),
    Step("O12", "suspend", ACTING, S.SUSPENDED, "organisation.suspended"),
    Step("O12a", "reinstate", (S.SUSPENDED,), Back("stage_left", LIVE), "organisation.reinstated"),
    Step(
        "O13",
        "request-deregistration",
        WATCHED,
        S.DEREGISTERING,
        "organisation.deregistration_requested",
    ),
    Step(
        "O13a",
        "confirm-deregistration",
        (S.DEREGISTERING,),
        S.DEREGISTERED,
        "organisation.deregistered",
    ),
    Step(
        "O13b",
        "drop-deregistration",
        (S.DEREGISTERING,),
        Back("stage_before_end", KEPT),
        "organisation.deregistration_dropped",
    ),
    Step("O14", "grade", LIVE, None, "organisation.graded"),
    Step("O14a", "lower-grade", LIVE, None, "organisation.grade_lowered"),
    Step("O15", "record-health-check", LIVE, None, "organisation.health_checked"),
    Step("O16", "record-inspection", WATCHED, None, "organisation.inspected"),
    Step("O17", "start-incubation", LIVE, None, "organisation.incubation_started"),
    Step("O17a", "end-incubation", LIVE, None, "organisation.incubation_ended"),
    Step("I5", "import-history", (), S.HISTORICAL, "organisation.history_imported"),
)
FINAL = (S.REJECTED, S.ABANDONED, S.DEREGISTERED, S.HISTORICAL)
lifecycle = Lifecycle("organisation", Stage, FINAL, STEPS)
