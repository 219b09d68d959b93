"""Every command and what carries it out: one table of nouns and verbs."""

from __future__ import annotations

from application import (
    amendments,
    appeals,
    approvals,
    clawbacks,
    custody_accounts,
    delegations,
    documents,
    findings,
    funds,
    grants,
    imports,
    objections,
    orders,
    organisations,
    overrides,
    panels,
    policies,
    proposals,
    reviews,
    rounds,
    tranches,
)
from application.told import Handlers

HANDLERS: dict[str, Handlers] = {
    "approval": approvals.HANDLERS,
    "organisation": organisations.HANDLERS,
    "fund": funds.HANDLERS,
    "round": rounds.HANDLERS,
    "proposal": proposals.HANDLERS,
    "panel": panels.HANDLERS,
    "review": reviews.HANDLERS,
    "objection": objections.HANDLERS,
    "appeal": appeals.HANDLERS,
    "grant": grants.HANDLERS,
    "amendment": amendments.HANDLERS,
    "tranche": tranches.HANDLERS,
    "finding": findings.HANDLERS,
    "override": overrides.HANDLERS,
    "order": orders.HANDLERS,
    "custody_account": custody_accounts.HANDLERS,
    "clawback": clawbacks.HANDLERS,
    "document": documents.HANDLERS,
    "policy": policies.HANDLERS,
    "delegation": delegations.HANDLERS,
    "import": imports.HANDLERS,
}
