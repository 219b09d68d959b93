"""What stands in a form before anybody has typed: what the thing already says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, cast

import msgspec

from api.shapes import parts_of, plain
from application.docket import Docket
from application.principals import Principal
from domain.errors import Refusal
from domain.grants.grant import Grant
from domain.kernel import Aggregate
from domain.money import HOME_CURRENCY
from domain.organisations import Organisation
from domain.proposals.proposal import Proposal
from domain.reviews.review import Review
from domain.roles import OF_ORGANISATION
from domain.rounds.round import Round
from domain.tranches.tranche import Tranche

Values = dict[str, Any]

NEVER = frozenset(
    {"reason", "cause", "due", "document", "findings", "amount_minor", "code", "lines"}
)
"""Fields whose name a thing shares with a command that means something else by it."""


def known(
    command: Any, verb: str, thing: Aggregate | None, docket: Docket, by: Principal, today: date
) -> Values:
    """The values that a form begins with."""
    if thing is None:
        return defaults(command) | at_birth(command, docket, by, today)
    own = {name: getattr(thing, name) for name in thing.__struct_fields__ if name not in NEVER}
    if isinstance(thing, Proposal) and thing.content is not None:
        own |= msgspec.to_builtins(thing.content)
    special = SPECIAL.get((thing.noun, verb))
    if special is not None:
        own |= special(thing, docket, today)
    found = {name: own[name] for name in parts_of(command) if own.get(name)}
    return defaults(command) | cast(Values, msgspec.to_builtins(found))


def defaults(command: Any) -> Values:
    """What a command says where nothing else is typed."""
    stated = {field.name: field.default for field in fields(command)}
    found = {name: value for name, value in stated.items() if isinstance(value, int)}
    groups = {n: plain(p) for n, p in parts_of(command).items() if is_dataclass(plain(p))}
    return found | {name: defaults(part) for name, part in groups.items()}


def calendar_of(docket: Docket, year: int) -> str:
    """The working-day calendar of a year, if one is published under its usual name."""
    version = f"CN-{year}.1"
    try:
        docket.calendar(version)
    except Refusal:
        return ""
    return version


def at_birth(command: Any, docket: Docket, by: Principal, today: date) -> Values:
    """What is likely of something new: the place and organisation that a role is held for."""
    if "rules" in parts_of(command):
        rules = defaults(command)["rules"] | {"calendar": calendar_of(docket, today.year)}
        return {"rules": rules, "place": min((h.place for h in by.held if h.place), key=len)}
    places = [held.place for held in by.held if held.place]
    ours = [
        held.organisation for held in by.held if held.role in OF_ORGANISATION and held.organisation
    ]
    return {
        "place": min(places, default=None, key=len),
        "organisation": ours[0] if ours else None,
        "currency": HOME_CURRENCY,
        "year": today.year,
    }


def to_confirm(thing: Aggregate, docket: Docket, today: date) -> Values:
    """A payment is confirmed as it was asked for; whoever confirms compares it with the bank."""
    assert isinstance(thing, Tranche)
    return {"amount_minor": thing.amount_minor, "account": thing.account, "value_date": today}


def to_request(thing: Aggregate, docket: Docket, today: date) -> Values:
    """Money goes to the account of the agreement."""
    assert isinstance(thing, Tranche)
    return {"account": docket.load(Grant, thing.grant).account}


def to_sign(thing: Aggregate, docket: Docket, today: date) -> Values:
    """An agreement runs as long as was proposed, and is paid to the recipient's account."""
    assert isinstance(thing, Grant)
    says = docket.load(Proposal, thing.proposal).says
    recipient = docket.load(Organisation, thing.organisation)
    if recipient.fiscal_agent:
        recipient = docket.load(Organisation, recipient.fiscal_agent)
    return {"starts": says.starts, "ends": says.ends, "account": recipient.account}


def to_award(thing: Aggregate, docket: Docket, today: date) -> Values:
    """What was asked for is where the panel begins."""
    assert isinstance(thing, Proposal)
    return {"amount_minor": thing.says.requested_minor}


def to_improve(thing: Aggregate, docket: Docket, today: date) -> Values:
    """A better proposal begins with the amounts as they were checked."""
    assert isinstance(thing, Proposal)
    return {"budget": thing.budget, "requested_minor": thing.requested_minor}


def to_score(thing: Aggregate, docket: Docket, today: date) -> Values:
    """A score sheet has a row for every criterion of the rubric."""
    assert isinstance(thing, Review)
    rubric = docket.load(Round, thing.round).asks.rubric
    return {"scores": [{"criterion": criterion.code} for criterion in rubric]}


def to_refund(thing: Aggregate, docket: Docket, today: date) -> Values:
    """What comes back is what was due back."""
    return {"amount_minor": thing.balance("cash.recoverable")}


SPECIAL: dict[tuple[str, str], Callable[[Aggregate, Docket, date], Values]] = {
    ("tranche", "confirm"): to_confirm,
    ("tranche", "request"): to_request,
    ("tranche", "retry"): to_request,
    ("grant", "sign-agreement"): to_sign,
    ("grant", "record-refund"): to_refund,
    ("proposal", "propose-award"): to_award,
    ("proposal", "submit-optimised"): to_improve,
    ("review", "submit-score"): to_score,
}
"""What a form begins with beyond the thing's own fields of the same name."""
