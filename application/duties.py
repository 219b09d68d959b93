"""What the clock has to do: which steps fall due by themselves, where, and when."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from application import (
    amendments,
    approvals,
    delegations,
    filing,
    findings,
    funds,
    organisations,
    panels,
    recusals,
    reviews,
    tranches,
)
from application.grants import commands as grants
from application.grants import stopping
from application.proposals import commands as proposals
from application.rounds import commands as rounds
from domain.amendments import Stage as AmendmentStage
from domain.findings.oversight import DUE_STAGES
from domain.funds.lifecycle import Stage as FundStage
from domain.grants.lifecycle import Stage as GrantStage
from domain.organisations.lifecycle import WATCHED
from domain.organisations.lifecycle import Stage as OrganisationStage
from domain.proposals.lifecycle import Stage as ProposalStage
from domain.reviews.lifecycle import RECUSABLE
from domain.reviews.lifecycle import Stage as ReviewStage
from domain.rounds.lifecycle import Stage as RoundStage
from domain.tranches.lifecycle import Stage as TrancheStage

Dates = Callable[[str, datetime, ZoneInfo], Iterable[tuple[datetime, dict[str, Any]]]]
"""From a stored value: the moments at which the step falls due, each with the command's fields."""


def at_moment(
    value: str, now: datetime, zone: ZoneInfo
) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Due at the moment itself."""
    if value:
        yield datetime.fromisoformat(value), {}


def on_day(value: str, now: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Due when the day begins."""
    if value:
        yield start_of(date.fromisoformat(value), zone), {}


def after_day(
    value: str, now: datetime, zone: ZoneInfo
) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Due when the day is over."""
    if value:
        yield start_of(date.fromisoformat(value) + timedelta(days=1), zone), {}


def always(value: str, now: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Due as soon as its guards hold."""
    yield now, {}


def each_day_since(
    value: str, now: datetime, zone: ZoneInfo
) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Due once for every day that is over since the stored one."""
    day = date.fromisoformat(value) + timedelta(days=1)
    while (ends := start_of(day + timedelta(days=1), zone)) <= now:
        yield ends, {"day": day}
        day += timedelta(days=1)


def after_each_end(
    value: str, now: datetime, zone: ZoneInfo
) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Due when the last day of an entry on a list is over, for each entry that has not ended."""
    for entry in json.loads(value or "[]"):
        if entry.get("until") and not entry.get("ended"):
            ends = date.fromisoformat(entry["until"]) + timedelta(days=1)
            yield start_of(ends, zone), {"list": entry["list"]}


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a local day."""
    return datetime.combine(day, time(), zone)


class Duty(NamedTuple):
    """A row of the tables that the clock may send: where it applies, and when it falls due.

    A step whose guards ask nothing but the thing and what it `waits_for` (a noun, and the column
    that refers to it) is tried again only when one of the two has changed.
    """

    noun: str
    verb: str
    stages: tuple[str, ...]
    column: str
    dates: Dates
    command: type[Any]
    fields: Mapping[str, Any] = MappingProxyType({})
    waits_for: str = ""


DUTIES = (
    Duty("round", "open", (RoundStage.PUBLISHED,), "opens", at_moment, rounds.OpenRound),
    Duty("round", "close-intake", (RoundStage.OPEN,), "closes", at_moment, rounds.CloseIntake),
    Duty(
        "round",
        "conclude-notice",
        (RoundStage.ON_NOTICE,),
        "ends",
        after_day,
        rounds.ConcludeNotice,
    ),
    Duty("round", "start-execution", (RoundStage.CONCLUDED,), "id", always, rounds.StartExecution),
    Duty("proposal", "lapse", (ProposalStage.RETURNED,), "due", after_day, proposals.LapseProposal),
    Duty(
        "proposal",
        "lapse-optimisation",
        (ProposalStage.OPTIMISING,),
        "due",
        after_day,
        proposals.LapseOptimisation,
    ),
    Duty(
        "proposal",
        "expire-wait",
        (ProposalStage.WAITLISTED,),
        "until",
        after_day,
        proposals.ExpireWait,
    ),
    Duty("proposal", "expire-draft", (ProposalStage.DRAFT,), "id", always, proposals.ExpireDraft),
    Duty(
        "review",
        "pass-on-request",
        RECUSABLE,
        "id",
        always,
        recusals.PassOnRequest,
        waits_for="proposal",
    ),
    Duty("panel", "require-third-review", ("drawn",), "id", always, panels.RequireThirdReview),
    Duty(
        "proposal",
        "record-score",
        (ProposalStage.UNDER_REVIEW,),
        "id",
        always,
        proposals.RecordScore,
    ),
    Duty(
        "review",
        "refuse-invitation",
        (ReviewStage.INVITED,),
        "due",
        after_day,
        reviews.RefuseInvitation,
    ),
    Duty(
        "grant",
        "cancel",
        (GrantStage.AGREEMENT_PENDING,),
        "sign_due",
        after_day,
        grants.CancelGrant,
        {"cause": "unsigned"},
    ),
    Duty("grant", "open-midterm", (GrantStage.ACTIVE,), "midterm", on_day, grants.OpenMidterm),
    Duty(
        "grant", "fail-midterm", (GrantStage.MIDTERM_DUE,), "due", after_day, stopping.FailMidterm
    ),
    Duty(
        "grant",
        "end-period",
        (GrantStage.ACTIVE, GrantStage.MIDTERM_DUE),
        "ends",
        after_day,
        grants.EndPeriod,
    ),
    Duty(
        "organisation",
        "remove-from-list",
        WATCHED,
        "listings",
        after_each_end,
        organisations.RemoveFromList,
    ),
    Duty(
        "organisation",
        "abandon-filing",
        (OrganisationStage.RETURNED,),
        "due",
        after_day,
        filing.AbandonFiling,
    ),
    Duty(
        "amendment",
        "withdraw",
        (AmendmentStage.REQUESTED,),
        "id",
        always,
        amendments.WithdrawAmendment,
    ),
    Duty(
        "tranche",
        "make-eligible",
        (TrancheStage.PLANNED,),
        "id",
        always,
        tranches.MakeEligible,
        waits_for="grant",
    ),
    Duty(
        "finding",
        "escalate",
        DUE_STAGES,
        "due",
        after_day,
        findings.EscalateFinding,
        {"to": "leader"},
    ),
    Duty("delegation", "end", ("granted",), "until", after_day, delegations.EndDelegation),
    Duty("approval", "expire", ("prepared",), "due", after_day, approvals.Expire),
    Duty("approval", "expire", ("prepared",), "id", always, approvals.Expire),
    Duty(
        "fund",
        "close-day",
        (FundStage.PROPOSED, FundStage.ACTIVE, FundStage.FROZEN, FundStage.CLOSING),
        "day",
        each_day_since,
        funds.CloseDay,
    ),
)
