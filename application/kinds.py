"""Every kind of aggregate, by its noun, and the plural under which it is shown."""

from __future__ import annotations

from domain.approvals import Approval
from domain.documents import Document
from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.imports import Import
from domain.kernel import Aggregate
from domain.organisations import Organisation
from domain.proposals.proposal import Proposal
from domain.reviews.panel import Panel
from domain.reviews.review import Review
from domain.rounds.round import Round
from domain.tranches.tranche import Tranche

KINDS: dict[str, type[Aggregate]] = {
    kind.noun: kind
    for kind in (
        Approval,
        Organisation,
        Fund,
        Round,
        Proposal,
        Panel,
        Review,
        Grant,
        Tranche,
        Document,
        Import,
    )
}

PLURALS = {noun: f"{noun}s" for noun in KINDS}
NOUNS = {plural: noun for noun, plural in PLURALS.items()}
