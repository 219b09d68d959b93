"""Read models: what pages and the API ask, one file a noun, all kept in the save itself."""

from __future__ import annotations

from infrastructure.views import (
    amendments,
    appeals,
    approvals,
    clawbacks,
    contributions,
    costs,
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
    people,
    places,
    policies,
    pools,
    proposals,
    reviews,
    roles,
    rounds,
    tranches,
)
from infrastructure.views.kit import View

VIEWS: dict[str, View] = {
    module.VIEW.name: module.VIEW
    for module in (
        appeals,
        approvals,
        clawbacks,
        contributions,
        costs,
        delegations,
        amendments,
        approvals,
        contributions,
        costs,
        custody_accounts,
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
        people,
        places,
        policies,
        pools,
        proposals,
        reviews,
        roles,
        rounds,
        tranches,
    )
}

OF_NOUN: dict[str, tuple[View, ...]] = {
    noun: tuple(view for view in VIEWS.values() if view.noun == noun)
    for noun in sorted({view.noun for view in VIEWS.values()})
}
"""The read models that each noun fills."""

MAIN: dict[str, View] = {view.noun: view for view in VIEWS.values() if view.expand is None}
"""The read model that has one row for each thing of a noun."""
