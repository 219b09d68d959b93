"""How things are shown over HTTP: money with its currency, moments in UTC, rows as objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from api.v1.masks import NOBODY, Mask, mask_of
from application.kinds import PLURALS
from application.principals import Principal
from application.questions import Balance, Found
from domain.money import HOME_CURRENCY, written

NOT_PUBLIC = ("ranking", "adjusted", "waitlist", "panel", "questions")
"""What of a round only officers see: every proposal's place, who judges it, what was asked."""


SOMEBODY: dict[str, Any] = {
    "actor": {"id": "", "role": "resident", "place": {}},
    "on_behalf_of": None,
    "authority_ref": "",
    "reason": "",
    "evidence": [],
}
"""The envelope of an event of which nobody may learn who told it."""


def money(minor: int, currency: str) -> dict[str, Any]:
    """An amount as it is given out; in the home currency where a thing has none of its own yet."""
    currency = currency or HOME_CURRENCY
    return {
        "amount_minor": minor,
        "currency": currency,
        "amount": written(minor, currency),
    }


def with_money(value: Any, currency: str) -> Any:
    """The value with every `…_minor` as an amount with its currency."""
    if isinstance(value, Mapping):
        return {
            name.removesuffix("_minor"): amounts(item, currency)
            if name.endswith("_minor")
            else with_money(item, currency)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [with_money(item, currency) for item in value]
    return value


def amounts(value: Any, currency: str) -> Any:
    """One amount, or a list of amounts, or none."""
    if isinstance(value, list):
        return [amounts(item, currency) for item in value]
    return None if value is None else money(value, currency)


def utc(text: str) -> str:
    """A moment of a read model in the form of RFC 3339 with Z."""
    return text.replace("+00:00", "Z")


def thing(view: str, found: Found, principal: Principal | None) -> dict[str, Any]:
    """A row of a read model as an object; what only some may see is left out for others."""
    values = dict(found.values)
    currency = str(values.pop("currency", ""))
    values.pop("born", None)
    facts = dict(found.facts) if found.full or view == "rounds" else {}
    if not found.full:
        facts = {name: value for name, value in facts.items() if name not in NOT_PUBLIC}
    mask = mask_of(view, found, principal)
    for name in mask.fields if mask else ():
        values.pop(name, None)
        facts.pop(name, None)
    shown: dict[str, Any] = with_money({**values, **facts}, currency)
    for name in ("opens", "closes"):
        if isinstance(shown.get(name), str):
            shown[name] = utc(shown[name])
    if currency:
        shown["currency"] = currency
    return shown


def event(position: int, line: bytes, mask: Mask | None = None) -> dict[str, Any]:
    """A record as an entry of a timeline; the salt stays inside."""
    record = msgspec.json.decode(line, type=dict[str, Any])
    fields = dict(record["event"])
    name = fields.pop("type")
    if mask is not None and mask.hides(name):
        fields = {"stage": fields["stage"]}
    if mask is not None and name in mask.sources:
        record = {**record, **SOMEBODY}
    if mask is not None and name in mask.events and mask.is_nameless:
        record |= {"actor": NOBODY, "on_behalf_of": None, "evidence": []}
    if mask is not None and mask.is_bare:
        record = {**record, **SOMEBODY, "actor": NOBODY, "causation": "", "postings": []}
    return {
        "position": position,
        "type": name,
        "stream": record["stream"],
        "version": record["version"],
        "effective_at": record["effective_at"],
        "recorded_at": record["recorded_at"],
        "actor": record["actor"],
        "on_behalf_of": record.get("on_behalf_of"),
        "causation": record.get("causation", ""),
        "authority_ref": record.get("authority_ref", ""),
        "reason": record.get("reason", ""),
        "evidence": record.get("evidence", []),
        "fields": fields,
        "postings": record.get("postings", []),
    }


def account(balance: Balance) -> dict[str, Any]:
    """A balance as it is given out."""
    return {
        "fund": balance.fund,
        "currency": balance.currency,
        "account": balance.account,
        "debit_minor": balance.debit_minor,
        "credit_minor": balance.credit_minor,
        "balance_minor": balance.balance_minor,
    }


def noun_of(view: str) -> str:
    """The noun of a read model that shows one thing a row; empty for parts of things."""
    return next((noun for noun, plural in PLURALS.items() if plural == view), "")
