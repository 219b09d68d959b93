"""Every command and what carries it out: one table of nouns and verbs."""

from __future__ import annotations

from application import (
    approvals,
    clawbacks,
    documents,
    funds,
    grants,
    imports,
    organisations,
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
    "grant": grants.HANDLERS,
    "tranche": tranches.HANDLERS,
    "clawback": clawbacks.HANDLERS,
    "document": documents.HANDLERS,
    "import": imports.HANDLERS,
}
