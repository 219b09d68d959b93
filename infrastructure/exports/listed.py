"""Past grants that came from a funder's own list, in 360Giving's JSON shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from domain.funds.fund import Fund
from domain.grants.grant import Grant
from domain.imports import Import
from domain.kernel import Aggregate
from domain.organisations import Organisation
from domain.proposals.proposal import Proposal
from domain.rounds.round import Round
from infrastructure.exports.threesixty import GrantFacts, Party, grant_object
from infrastructure.imports.lists.mapping import LISTED
from infrastructure.imports.threesixty.currencies import currencies


def is_listed(imported: Import) -> bool:
    """Whether the import was of a list that was read by a mapping."""
    return imported.mapping.startswith(f"{LISTED} ")


def can_be_said(grant: Grant) -> bool:
    """Whether the standard has words for the grant: it asks for a day, and a real currency."""
    return grant.awarded_on is not None and grant.currency in currencies()


def listed_object(grant: Grant, things: Mapping[str, Aggregate]) -> dict[str, Any]:
    """The grant, from what was recorded of it; the row of its list has names of its own."""
    proposal = cast(Proposal, things[f"{Proposal.noun}:{grant.proposal}"])
    round = cast(Round, things[f"{Round.noun}:{grant.round}"])
    fund = cast(Fund, things[f"{Fund.noun}:{grant.fund}"])
    recipient = cast(Organisation, things[f"{Organisation.noun}:{grant.organisation}"])
    assert grant.awarded_on is not None
    return grant_object(
        GrantFacts(
            grant_id=grant.no,
            title=proposal.title,
            description=proposal.title,
            currency=grant.currency,
            asked_minor=proposal.asked_minor,
            awarded_minor=grant.amount_minor,
            awarded_on=grant.awarded_on,
            recipient=Party(recipient.identifier, recipient.name),
            funder=Party(fund.identifier, fund.name),
            programme=Party(round.identifier, round.title),
            disbursed_minor=grant.imported_paid_minor or None,
        )
    )
