"""Which fields refer to which things, and whose name leans on another's."""

from __future__ import annotations

REFERS = {
    "fund": "funds",
    "to": "funds",
    "round": "rounds",
    "parent": "rounds",
    "proposal": "proposals",
    "grant": "grants",
    "amendment": "amendments",
    "tranche": "tranches",
    "custody_account": "custody-accounts",
    "clawback": "clawbacks",
    "organisation": "organisations",
    "fiscal_agent": "organisations",
    "incubator": "organisations",
    "agent": "organisations",
    "client": "organisations",
    "debtor": "organisations",
    "partners": "organisations",
    "waitlist": "proposals",
    "panel": "panels",
    **dict.fromkeys(("document", "charter", "certificate", "change_document"), "documents"),
    "finding": "findings",
    "override": "overrides",
    "proof": "documents",
    "public_copy": "documents",
    "import_id": "imports",
    "objection": "objections",
    "appeal": "appeals",
}
"""Fields that hold the id of a thing, and the read model that shows it."""

ORDER = (
    "approvals",
    "overrides",
    "findings",
    "amendments",
    "tranches",
    "orders",
    "custody-accounts",
    "clawbacks",
    "costs",
    "reviews",
    "objections",
    "appeals",
    "panels",
    "grants",
    "proposals",
    "contributions",
    "rounds",
    "funds",
    "organisations",
    "documents",
    "policies",
    "delegations",
    "people",
    "roles",
    "places",
    "imports",
)
"""Read models in the order in which their names need one another."""

LEANS = {
    "approvals": (),
    "amendments": ("grant",),
    "tranches": ("grant",),
    "custody-accounts": ("organisation",),
    "clawbacks": ("grant",),
    "costs": (),
    "reviews": ("proposal",),
    "objections": ("proposal",),
    "appeals": ("organisation",),
    "panels": ("round",),
    "grants": ("proposal",),
}
"""Things that are named by another thing which they belong to."""
