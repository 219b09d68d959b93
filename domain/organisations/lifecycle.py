"""The lifecycle of an organisation, as far as this version knows it."""

from __future__ import annotations

from enum import StrEnum

from domain.lifecycle import Back, Lifecycle, Step


class Stage(StrEnum):
    FILED = "filed"
    REGISTERED = "registered"
    SUSPENDED = "suspended"
    DEREGISTERING = "deregistering"
    DEREGISTERED = "deregistered"
    HISTORICAL = "historical"


S = Stage
LIVE = (S.FILED, S.REGISTERED)
WATCHED = (*LIVE, S.SUSPENDED)
"""The stages in which credit is recorded and lists are kept."""

STEPS = (
    #    row    verb              from  to                 event
    Step("O9", "import", (), S.REGISTERED, "organisation.imported"),
    Step("O9a", "import-filed", (), S.FILED, "organisation.filing_imported"),
    Step("O10", "submit-annual-check", LIVE, None, "organisation.annual_check_submitted"),
    Step("O10a", "conclude-annual-check", LIVE, None, "organisation.annual_check_concluded"),
    Step("O11", "record-credit", WATCHED, None, "organisation.credit_recorded"),
    Step("O11a", "place-on-list", WATCHED, None, "organisation.listed"),
    Step("O11b", "remove-from-list", WATCHED, None, "organisation.unlisted"),
    Step("O12", "suspend", LIVE, S.SUSPENDED, "organisation.suspended"),
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
        Back("stage_before_end", WATCHED),
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
lifecycle = Lifecycle("organisation", Stage, (S.DEREGISTERED, S.HISTORICAL), STEPS)
