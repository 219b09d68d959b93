"""Every command and what carries it out: one table of nouns and verbs."""

from __future__ import annotations

from application import (
    appeals,
    approvals,
    documents,
    findings,
    funds,
    grants,
    imports,
    objections,
    organisations,
    overrides,
    panels,
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
    "tranche": tranches.HANDLERS,
    "finding": findings.HANDLERS,
    "override": overrides.HANDLERS,
    "document": documents.HANDLERS,
    "import": imports.HANDLERS,
}
