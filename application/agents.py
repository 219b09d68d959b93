"""Fiscal agents: whose money an organisation keeps, and so to whom its people belong as well."""

from __future__ import annotations

from dataclasses import replace

from application.docket import Docket
from application.permissions import FA
from application.principals import Principal
from domain.custody import CustodyAccount, Stage
from domain.organisations import Organisation


def with_clients(principal: Principal, docket: Docket) -> Principal:
    """The person, who as a fiscal agent has an interest in the clients of the organisation too."""
    own = tuple(sorted({held.organisation for held in principal.held if held.role == FA} - {""}))
    if not own:
        return principal
    named = {client.id for client in docket.find(Organisation, fiscal_agent=own)}
    kept = {one.organisation for one in docket.find(CustodyAccount, agent=own, stage=Stage.OPEN)}
    return replace(principal, interests=principal.interests | named | kept)
