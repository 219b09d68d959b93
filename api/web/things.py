"""The page of a thing: facts, stage, what may be done, what belongs to it, what happened."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import Any

import msgspec
from fastapi.responses import HTMLResponse

from api.v1 import asking, shown
from api.v1.masks import mask_of
from api.web import offers, tables
from api.web.beside import beside
from api.web.drawing import draw
from api.web.facts import TECHNICAL, Reader
from api.web.menu import NAVIGATION
from api.web.names import Names
from api.web.offers import Attempt
from api.web.visit import Visit
from application.kinds import KINDS, NOUNS
from application.questions import Found, Moment
from application.visibility import EVERYTHING, OFFICERS
from domain.money import HOME_CURRENCY

BRIEFLY = 8
"""How many of the things that belong to a thing its page shows."""

ELSEWHERE = frozenset({"content", "title", "name", "costs", "adjusted"})
"""Facts that the page shows in another place: at its head, or in a list of their own."""

BY_ITSELF = ("ledger.moved", "fund.day_closed")
"""Events that follow from others or from the calendar."""

LATEST = 200
"""How many events a page tells; the interface tells all of them."""

KEEPS_ACCOUNTS = ("funds", "grants")


def page(
    visit: Visit, view: str, id: str, attempt: Attempt | None = None, status: int = 200
) -> HTMLResponse:
    """The page of one row of a read model."""
    found = asking.find(visit.house, view, id, visit.principal)
    found = replace(found, values={**found.values, "currency": currency_of(found)})
    reader = Reader(visit, Names(visit))
    reader.names.know(view, found.values)
    noun = NOUNS.get(view, "")
    facts = shown.thing(view, found, visit.principal)
    events = timeline(visit, reader, noun, view, found)
    offered = offers_of(visit, noun, found, attempt)
    context = {
        "view": view,
        "noun": noun or view[:-1],
        "id": id,
        "stage": found.values["stage"],
        "facts": reader.pairs(told(facts), noun),
        "events": runs(events),
        "offered": offered,
        "faults": faults(visit, offered, attempt),
        "belongs": belonging(visit, reader, view, noun, id),
        "documents": documents(visit, reader, noun, id, found),
        "accounts": accounts(visit, reader, view, found),
        "lifecycle": lifecycle(visit, noun, found, events),
        "subject": f"{noun}:{id}",
        **beside(visit, view, found, offered) | {"prepared": prepared(reader, view, found)},
    }
    reader.names.load()
    return visit.render("thing.html", status, names=reader.names, **context)


def currency_of(found: Found) -> str:
    """The currency of a thing; until it has a fund, that in which its forms are typed."""
    return str(found.values["currency"] or HOME_CURRENCY)


def offers_of(
    visit: Visit, noun: str, found: Found, attempt: Attempt | None
) -> offers.Offers | None:
    """What the visitor may do, where they see the whole of a thing or are addressed by it."""
    if not noun or visit.principal is None:
        return None
    return offers.for_visitor(visit, visit.principal, noun, found, attempt)


def told(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts that say something; what a proposal asks stands among them, not inside."""
    whole = {**facts, **(facts.get("content") or {})}
    place = {"place": whole.pop("place", "")}
    left_out = TECHNICAL | ELSEWHERE
    return {n: v for n, v in (whole | place).items() if n not in left_out and not is_nought(v)}


def is_nought(value: Any) -> bool:
    """Whether a number or an amount is nought, which says no more than that nothing happened."""
    if isinstance(value, dict):
        return value.get("amount_minor") == 0
    return value == 0 and not isinstance(value, bool)


def faults(
    visit: Visit, offered: offers.Offers | None, attempt: Attempt | None
) -> list[tuple[str, str]]:
    """What is wrong with a form that came back, wherever on the page it stands."""
    found = [fault for form in (offered.forms if offered else ()) for fault in form.faults]
    if attempt is None or found:
        return found
    return [("upload-file", visit.words.sentence(reason)) for reason in attempt.reasons]


def timeline(
    visit: Visit, reader: Reader, noun: str, view: str, found: Found
) -> list[dict[str, Any]]:
    """What happened to the thing, for those who see the whole of it."""
    if not noun or not found.full:
        return []
    stream = f"{noun}:{found.values['id']}"
    mask = mask_of(view, found, visit.principal)
    lines = visit.house.questions.timeline(stream, Moment())
    return [
        entry(visit, reader, noun, shown.event(position, line, mask), found)
        for position, line in lines
    ]


def runs(events: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The latest events, latest first; what happens by itself again and again stands together."""
    latest = reversed(events[-LATEST:])
    return [list(run) for _, run in groupby(latest, key=lambda e: e["together"] or e["number"])]


def entry(
    visit: Visit, reader: Reader, noun: str, event: dict[str, Any], found: Found
) -> dict[str, Any]:
    """An event as a page shows it."""
    currency = str(found.values.get("currency") or event["fields"].get("currency", ""))
    fields = {
        name: value
        for name, value in shown.with_money(event["fields"], currency).items()
        if name not in TECHNICAL
    }
    postings = [shown.with_money(one, str(one["currency"])) for one in event["postings"]]
    for posting in postings:
        posting.pop("currency")
    return {
        "word": visit.label("event", event["type"]),
        "together": event["type"] if event["type"] in BY_ITSELF else "",
        "number": event["version"],
        "when": reader.moment(event["effective_at"]),
        "who": reader.names.person(event["actor"]["id"]),
        "role": visit.words.word("role", event["actor"]["role"]),
        "behalf": {to: reader.names.person(p) for to, p in (event["on_behalf_of"] or {}).items()},
        "reason": event["reason"],
        "authority": event["authority_ref"],
        "stage": event["fields"].get("stage", ""),
        "fields": reader.pairs(fields, noun),
        "postings": reader.table(postings, noun) if postings else None,
    }


def lifecycle(
    visit: Visit, noun: str, found: Found, events: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """The drawn lifecycle of the noun, with the way that the thing has come."""
    if not noun:
        return None
    table = KINDS[noun].lifecycle
    been = {event["stage"] for event in events}
    words = [(str(s), visit.words.word("stage", s, noun)) for s in table.stages]
    return {"drawing": draw(table, visit.language), "been": been, "words": words}


def belonging(
    visit: Visit, reader: Reader, view: str, noun: str, id: str
) -> list[tuple[tables.Table, bool]]:
    """What belongs to the thing: rows of other read models that name it, and if there are more."""
    found = []
    for other in NAVIGATION:
        names = {column.name for column in visit.house.questions.columns(other)}
        if other == view or noun not in names or not visit.may_list(other):
            continue
        rows = visit.house.questions.page(
            other, visit.sight(other), filters={noun: id}, q="", limit=BRIEFLY, after=""
        )
        if rows.rows:
            table = tables.table(visit, reader, other, rows.rows, leave_out=[noun], is_brief=True)
            found.append((table, bool(rows.next)))
    return found


def documents(
    visit: Visit, reader: Reader, noun: str, id: str, found: Found
) -> tables.Table | None:
    """The files that were stored for the thing."""
    if not noun or noun == "document" or not found.full:
        return None
    rows = visit.house.questions.page(
        "documents",
        visit.sight("documents"),
        filters={"subject": f"{noun}:{id}"},
        q="",
        limit=asking.LARGEST_PAGE,
        after="",
    )
    return tables.table(visit, reader, "documents", rows.rows, leave_out=["subject"])


def accounts(visit: Visit, reader: Reader, view: str, found: Found) -> list[dict[str, Any]]:
    """The balance of every account of a fund or grant, for those who may read the books."""
    by = visit.principal
    if view not in KEEPS_ACCOUNTS or by is None or not by.roles & {*EVERYTHING, *OFFICERS}:
        return []
    id = found.values["id"]
    rows = visit.house.questions.balances(
        Moment(), fund=id if view == "funds" else None, grant=id if view == "grants" else None
    )
    return [
        {
            "account": reader.own_word("account", row.account),
            "debit": reader.money(**amount(row.debit_minor, row.currency)).text,
            "credit": reader.money(**amount(row.credit_minor, row.currency)).text,
            "balance": reader.money(**amount(row.balance_minor, row.currency)).text,
        }
        for row in rows
    ]


def amount(minor: int, currency: str) -> dict[str, str]:
    """An amount as text with its currency."""
    money = shown.money(minor, currency)
    return {"amount": money["amount"], "currency": currency}


def prepared(reader: Reader, view: str, found: Found) -> list[Any]:
    """The fields of a command that waits for its second hand."""
    if view != "approvals" or not found.full:
        return []
    return asked_fields(reader, found)


def asked_fields(reader: Reader, found: Found) -> list[Any]:
    """What a prepared command says, readable."""
    said = msgspec.json.decode(found.facts.get("fields", "{}"), type=dict[str, Any])
    return reader.pairs(shown.with_money(said, currency_of(found)), found.values["thing_noun"])
