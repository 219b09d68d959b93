"""What a visitor may do with a thing: forms for what is permitted, reasons for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from api.web.candidates import Candidates
from api.web.controls import write
from api.web.forms import Builder, Form, build
from api.web.prefill import known
from api.web.sheets import drafted
from api.web.shelves import open_docket
from api.web.typed import Typed
from api.web.visit import Visit
from application.actions import actions
from application.addressed import ADDRESSED
from application.decide import Times
from application.docket import Docket
from application.handlers import HANDLERS
from application.kinds import KINDS, PLURALS
from application.permissions import ANYBODY, PERMISSIONS
from application.principals import Principal
from application.questions import Found
from domain.errors import Reason
from domain.kernel import Aggregate
from domain.money import HOME_CURRENCY
from domain.rounds.round import Round

NEW = "new"
"""What stands in an address instead of an id where the thing is still to be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A form that came back: what was typed, and why it was not carried out."""

    verb: str
    typed: Typed
    reasons: Sequence[Reason] = ()
    least_rows: dict[str, int] = field(default_factory=dict)


ON_A_PAGE = {("round", "allocate"): "allocation", ("panel", "assign-reviews"): "assignment"}
"""Verbs that are used on a page of their own, with the last part of its address."""


@dataclass(frozen=True, slots=True)
class Link:
    """A verb that is used on a page of its own, and where that is."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A verb that the visitor cannot use now, and the sentences that say why."""

    title: str
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class Offers:
    """The forms of a page, and what it does not offer."""

    forms: Sequence[Form]
    refused: Sequence[Refused]
    links: Sequence[Link] = ()


def for_thing(visit: Visit, by: Principal, noun: str, id: str, attempt: Attempt | None) -> Offers:
    """What may be done with a thing; an attempt is shown even where it is not permitted."""
    forms, refused, links = [], [], []
    asked = visit.request.query_params.get("do", "")
    with open_docket(visit.house) as (docket, times):
        thing = docket.load(KINDS[noun], id)
        candidates = Candidates(visit, thing, round_of(thing, docket))
        for action in actions(thing, by, docket, times):
            mine = attempt if attempt and attempt.verb == action.verb else None
            title = visit.label("verb", action.verb, noun)
            part = ON_A_PAGE.get((noun, action.verb))
            if action.permitted and part:
                links.append(Link(title, f"/{PLURALS[noun]}/{id}/{part}"))
            elif action.permitted or mine:
                builder = begun(
                    visit, by, action.verb, thing, noun, docket, times, candidates, mine
                )
                address = f"/{PLURALS[noun]}/{id}/{action.verb}"
                is_open = mine is not None or (attempt is None and asked == action.verb)
                forms.append(finished(builder, noun, address, thing.version, mine, is_open))
            else:
                refused.append(Refused(title, [visit.words.sentence(r) for r in action.why_not]))
    return Offers(forms, refused, links)


def for_visitor(
    visit: Visit, by: Principal, noun: str, found: Found, attempt: Attempt | None
) -> Offers | None:
    """What may be done with a thing as it was found.

    Who sees it only in public is offered what the thing asks of everybody, and told no reasons.
    """
    if found.full:
        return for_thing(visit, by, noun, found.values["id"], attempt)
    if not any(of == noun and by.roles & set(PERMISSIONS[of][v].first) for of, v in ADDRESSED):
        return None
    return Offers(for_thing(visit, by, noun, found.values["id"], attempt).forms, ())


def for_new(visit: Visit, by: Principal, noun: str, attempt: Attempt | None) -> Offers:
    """The forms that make a new thing of a noun."""
    forms = []
    verbs = creating(by, noun)
    with open_docket(visit.house) as (docket, times):
        candidates = Candidates(visit, None, None)
        for verb in verbs:
            mine = attempt if attempt and attempt.verb == verb else None
            builder = begun(visit, by, verb, None, noun, docket, times, candidates, mine)
            address = f"/{PLURALS[noun]}/{NEW}/{verb}"
            is_open = mine is not None or len(verbs) == 1
            forms.append(finished(builder, noun, address, None, mine, is_open))
    return Offers(forms, ())


def creating(by: Principal | None, noun: str) -> list[str]:
    """The verbs by which a person may make a new thing, in a form."""
    if by is None or noun in ("document", "import", "approval"):
        return []
    return [
        verb
        for verb, permission in PERMISSIONS[noun].items()
        if not KINDS[noun].lifecycle.verbs[verb].sources
        and (permission.first == ANYBODY or by.roles & set(permission.first))
    ]


def round_of(thing: Aggregate, docket: Docket) -> Round | None:
    """The round that a review is for, whose rubric its score sheet has."""
    if thing.noun != "review":
        return None
    return docket.load(Round, getattr(thing, "round", ""))


def begun(
    visit: Visit,
    by: Principal,
    verb: str,
    thing: Aggregate | None,
    noun: str,
    docket: Docket,
    times: Times,
    candidates: Candidates,
    attempt: Attempt | None,
) -> Builder:
    """A form that holds what was typed, or else what is known already."""
    command, _ = HANDLERS[noun][verb]
    currency = (thing.currency if thing else "") or HOME_CURRENCY
    if attempt is not None:
        typed, least = attempt.typed, attempt.least_rows
    else:
        today = times.recorded_at.astimezone(times.zone).date()
        values = known(command, verb, thing, docket, by, today)
        typed, least = write(command, values, currency, times.zone), {}
        typed.update(drafted(visit, by, thing, verb))
    return Builder(visit, verb, typed, currency, candidates, least_rows=least)


def finished(
    builder: Builder,
    noun: str,
    address: str,
    version: int | None,
    attempt: Attempt | None,
    is_open: bool,
) -> Form:
    """The form, with the faults of an attempt."""
    return build(
        builder,
        noun,
        action=address,
        version=version,
        reasons=attempt.reasons if attempt else (),
        is_open=is_open,
    )
