"""Telling over HTTP: from a request to a command on the desk, and its answer."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import msgspec
from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api import refused
from api.crossing import crossing_of
from api.door import LARGEST, parse
from api.identity import house_of, token_holder
from api.shapes import has_amounts, read_command
from application.decide import Sent
from application.desk import Answer
from application.handlers import HANDLERS
from application.kinds import PLURALS
from application.questions import House
from application.visibility import Sight
from domain.errors import Invalid, Reason
from domain.money import HOME_CURRENCY

KEY = re.compile(r"[\x21-\x7e]{1,255}", re.ASCII)
TAG = re.compile(r'(?:W/)?"([0-9]{1,15})"', re.ASCII)
WITH_AMOUNTS = frozenset(
    command_type
    for verbs in HANDLERS.values()
    for command_type, _ in verbs.values()
    if has_amounts(command_type)
)
"""The commands for which the currency of the thing has to be known."""

EVERYTHING = Sight(True, (), (), "", "", ())
"""The sight of the door itself, which must know a thing's currency to read an amount."""


async def tell(request: Request, noun: str, verb: str, id: str) -> Response:
    """Reads the body as the command of a token's holder, and waits for the desk's answer."""
    house = house_of(request)
    with refused.out_of_scope(house, noun, verb, id):
        by = await token_holder(request)
    body = await read_body(request)
    value = parse(body)
    command_type, _ = HANDLERS[noun][verb]
    currency = HOME_CURRENCY
    if command_type in WITH_AMOUNTS:
        currency = await run_in_threadpool(currency_of, house, noun, id)
    command, grounds = read_command(command_type, value, currency=currency)
    key = key_of(request)
    sent = Sent(
        noun=noun,
        verb=verb,
        command=command,
        by=by,
        id=id,
        grounds=grounds,
        expected_version=expected_version(request),
        key=f"{by.person} {key}",
        digest=digest_of(noun, verb, id, value),
    )
    with refused.noting(house, by, noun, verb, id):
        answer = await crossing_of(request).messenger.tell(house.desk, sent)
    return answered(answer)


async def read_body(request: Request) -> bytes:
    """The body, if it is JSON and not too large."""
    media = request.headers.get("content-type", "application/json").partition(";")[0]
    if media.strip().lower() != "application/json":
        raise HTTPException(415)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413)
    return body


def key_of(request: Request) -> str:
    """The idempotency key, which every token must send."""
    key = request.headers.get("idempotency-key")
    if key is None:
        raise HTTPException(428)
    if not KEY.fullmatch(key):
        raise Invalid(
            Reason(
                "idempotency",
                "An idempotency key has 1 to 255 visible ASCII characters.",
                {},
                "#Idempotency-Key",
            )
        )
    return key


def expected_version(request: Request) -> int | None:
    """The version that the caller has seen, from If-Match; None for any."""
    header = request.headers.get("if-match")
    if header is None or header.strip() == "*":
        return None
    match = TAG.fullmatch(header.strip())
    if match is None:
        raise Invalid(
            Reason(
                "if-match", 'If-Match holds the version in quotes, such as "7".', {}, "#If-Match"
            )
        )
    return int(match[1])


def digest_of(noun: str, verb: str, id: str, value: Any) -> bytes:
    """What makes a command the same when it comes again: its address and its values."""
    text = json.dumps([noun, verb, id, value], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).digest()


def currency_of(house: House, noun: str, id: str) -> str:
    """The currency of the thing, which says how many digits an amount has."""
    if not id:
        return HOME_CURRENCY
    found = house.questions.one(PLURALS[noun], EVERYTHING, id)
    return str(found.values["currency"] or HOME_CURRENCY) if found else HOME_CURRENCY


def answered(answer: Answer) -> Response:
    """The answer to a command: 200, 201 with its address, or 202 where a second hand is due."""
    headers = {"ETag": f'"{answer.version}"', "Event-Position": str(answer.position)}
    body: dict[str, Any] = {
        "id": answer.id,
        "stage": answer.stage,
        "version": answer.version,
        "position": answer.position,
    }
    status = 200
    if answer.prepared:
        status, body = 202, {"approval": answer.id, **body}
    elif answer.created:
        status = 201
    if status != 200:
        headers["Location"] = f"/v1/{PLURALS[answer.noun]}/{answer.id}"
    return Response(msgspec.json.encode(body), status, headers, "application/json")
