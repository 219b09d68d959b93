"""The roles that the tables name, and for what each of them is held."""

from __future__ import annotations

OF_ORGANISATION = frozenset({"applicant", "legal_representative", "fiscal_agent"})
"""Roles that are held for an organisation; the others are held for a place."""

EVERYWHERE = frozenset({"clock", "administrator"})
"""Roles that reach everything."""

ALONE = frozenset({"administrator", "auditor"})
"""Roles whose holders take no business step, so that they hold no other role."""

ROLES = (
    "applicant",
    "legal_representative",
    "chief",
    "community_officer",
    "subdistrict_officer",
    "district_officer",
    "round_secretary",
    "reviewer",
    "panel_chair",
    "leader",
    "fund_manager",
    "finance_approver",
    "cashier",
    "reconciler",
    "fiscal_agent",
    "evaluator",
    "oversight_officer",
    "department_officer",
    "auditor",
    "observer",
    "resident",
    "administrator",
    "clock",
)

OFFERED = frozenset(ROLES) - {"clock"}
"""The roles that people can have; the clock's steps are the system's own."""
