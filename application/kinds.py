"""Every kind of aggregate, by its noun, and the plural under which it is shown."""

from __future__ import annotations

from domain.amendments import Amendment
from domain.appeals.appeal import Appeal
from domain.approvals import Approval
from domain.clawbacks.clawback import Clawback
from domain.custody import CustodyAccount
from domain.delegations import Delegation
from domain.documents import Document
from domain.findings.finding import Finding
from domain.funds import entries as fund_entries
from domain.funds import events as fund_facts
from domain.funds.fund import Fund
from domain.grants import changing_events as change_facts
from domain.grants import events as grant_facts
from domain.grants import stopping_events as stopping_facts
from domain.grants.grant import Grant
from domain.imports import Import
from domain.kernel import Aggregate
from domain.objections import Objection
from domain.orders import events as order_facts
from domain.orders.order import Order
from domain.organisations import Organisation
from domain.organisations import check_events as check_facts
from domain.organisations import events as organisation_facts
from domain.organisations import filing_events as filing_facts
from domain.organisations import incubating as incubation_facts
from domain.overrides import Override
from domain.people.person import Person
from domain.places import Territory
from domain.policy_versions import Policy
from domain.proposals import events as proposal_facts
from domain.proposals import recusals as proposal_recusals
from domain.proposals import turns as proposal_turns
from domain.proposals.proposal import Proposal
from domain.reviews import recusing as review_recusals
from domain.reviews import reopening as review_reopening
from domain.reviews.panel import Panel
from domain.reviews.pool import Pool
from domain.reviews.review import Review
from domain.rounds import changes as round_changes
from domain.rounds import events as round_facts
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
        Pool,
        Panel,
        Review,
        Objection,
        Appeal,
        Grant,
        Amendment,
        Tranche,
        Finding,
        Override,
        Order,
        CustodyAccount,
        Clawback,
        Document,
        Policy,
        Delegation,
        Person,
        Territory,
        Import,
    )
}

FACTS = (
    fund_facts,
    fund_entries,
    grant_facts,
    change_facts,
    stopping_facts,
    order_facts,
    organisation_facts,
    check_facts,
    incubation_facts,
    filing_facts,
    proposal_facts,
    proposal_turns,
    proposal_recusals,
    review_recusals,
    review_reopening,
    round_facts,
    round_changes,
)
"""Where the events of the larger nouns stand; named here so that whoever reads knows them all."""

IRREGULAR = {"policy": "policies", "person": "people"}
PLURALS = {noun: IRREGULAR.get(noun, f"{noun}s").replace("_", "-") for noun in KINDS}
NOUNS = {plural: noun for noun, plural in PLURALS.items()}
