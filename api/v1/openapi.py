"""What the OpenAPI document says of each address: bodies, answers, problems, examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WORDS: Schema = {"type": "string", "pattern": "^[^\\u0000]*$"}
NUMBER: Schema = {"type": "integer"}
PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "errors", "trace_id"],
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": NUMBER,
        "detail": TEXT,
        "code": TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["rule", "message"],
                "properties": {
                    "rule": TEXT,
                    "message": TEXT,
                    "pointer": {"type": ["string", "null"]},
                },
            },
        },
        "trace_id": TEXT,
    },
}
ANSWER: Schema = {
    "type": "object",
    "required": ["id", "stage", "version", "position"],
    "properties": {
        "id": TEXT,
        "stage": TEXT,
        "version": NUMBER,
        "position": NUMBER,
        "approval": TEXT,
    },
}
OBJECT: Schema = {"type": "object"}
LIST_SCHEMA: Schema = {
    "type": "object",
    "required": ["data", "has_more", "next"],
    "properties": {
        "data": {"type": "array", "items": OBJECT},
        "has_more": {"type": "boolean"},
        "next": TEXT,
    },
}
EVENTS_SCHEMA: Schema = {
    "type": "object",
    "required": ["events"],
    "properties": {"events": {"type": "array", "items": OBJECT}},
}
ACTIONS_SCHEMA: Schema = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["verb", "permitted", "why_not"],
        "properties": {
            "verb": TEXT,
            "permitted": {"type": "boolean"},
            "why_not": {"type": "array", "items": OBJECT},
        },
    },
}

REFUSALS = {
    400: "The body cannot be read.",
    401: "Nobody is signed in, or the token is wrong.",
    403: "No role of the caller may do this here.",
    404: "There is no such thing, or it may not be seen.",
    405: "This address does not take that method.",
    409: "The rules refuse.",
    412: "The thing has changed since the version in If-Match.",
    413: "The body is too large.",
    415: "The body is not application/json.",
    422: "Fields, filters or headers cannot be accepted.",
    428: "The Idempotency-Key is missing.",
    429: "Too many commands in too short a time, by this token or from this address.",
    503: "The database does not answer, or cannot be written, at the moment. "
    "Send the same again with the same key: nothing is carried out twice.",
}

Responses = dict[int | str, dict[str, Any]]


HEADERS: dict[str, tuple[str, str]] = {
    "ETag": ('^"[0-9a-f]+"$', "The version of the thing, in quotes; a part has a hash instead."),
    "Event-Position": ("^[0-9]+$", "The position of the event in the chronicle."),
    "Location": ("^/v1/", "Where the new thing is."),
    "Allow": ("^[A-Z, ]+$", "The methods that the address takes."),
    "WWW-Authenticate": ("^Bearer", "How to sign in."),
    "Retry-After": ("^[0-9]+$", "After how many seconds to come again."),
    "Content-Language": ("^(zh|en)$", "The language of the sentences."),
}
"""The headers that answers have: how each is written, and what it says."""

OF_REFUSALS = {
    401: "WWW-Authenticate",
    405: "Allow",
    412: "ETag",
    429: "Retry-After",
    503: "Retry-After",
}


def headers(*names: str) -> dict[str, Any]:
    """Headers that an answer always has."""
    return {
        name: {
            "required": True,
            "description": HEADERS[name][1],
            "schema": {"type": "string", "pattern": HEADERS[name][0]},
        }
        for name in names
    }


def answers(schema: Schema, description: str, *names: str) -> dict[str, Any]:
    """An answer with a JSON body, and headers of these names."""
    content = {"application/json": {"schema": schema}}
    return {"description": description, "headers": headers(*names), "content": content}


def problems(*statuses: int) -> Responses:
    """The problems that an address may answer with."""
    return {
        status: {
            "description": REFUSALS[status],
            "headers": headers(
                "Content-Language", *([OF_REFUSALS[status]] if status in OF_REFUSALS else [])
            ),
            "content": {"application/problem+json": {"schema": PROBLEM}},
        }
        for status in statuses
    }


SAID = ("ETag", "Event-Position")
COMMAND_RESPONSES: Responses = {
    200: answers(ANSWER, "It was done.", *SAID),
    201: answers(ANSWER, "It was made; Location says where it is.", *SAID, "Location"),
    202: answers(ANSWER, "It was prepared, and waits for a second hand.", *SAID, "Location"),
    **problems(400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429, 503),
}


@dataclass(frozen=True, slots=True)
class Extra:
    """What a question's address says of itself."""

    extra: dict[str, Any]
    responses: Responses


def parameter(name: str, place: str, schema: Schema, description: str) -> dict[str, Any]:
    """A parameter that our own code reads from the request."""
    return {
        "name": name,
        "in": place,
        "required": False,
        "schema": schema,
        "description": description,
    }


KEY_PARAMETER = {
    **parameter(
        "Idempotency-Key",
        "header",
        {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]{1,255}$"},
        "A repeat with the same key gets the first one's answer.",
    ),
    "required": True,
}
MATCH_PARAMETER = parameter(
    "If-Match",
    "header",
    {"type": "string", "pattern": '^(\\*|(W/)?"[0-9]{1,15}")$'},
    "The version that the caller has seen, in quotes.",
)
MOMENT: Schema = {
    "anyOf": [
        {"type": "string", "format": "date", "pattern": "^(19|2[01])"},
        {"type": "string", "format": "date-time", "pattern": "^(19|2[01])"},
        {"type": "string", "pattern": "^position:[0-9]{1,15}$"},
    ]
}
MOMENTS = [
    parameter("as_of", "query", MOMENT, "What was true by then: a day, a time, or position:N."),
    parameter("known_at", "query", MOMENT, "What was known by then: a day, a time, or position:N."),
]
SIGNED_IN: list[dict[str, list[str]]] = [{"token": []}]
"""Only somebody with a token, or with a session, is answered."""

ANYBODY: list[dict[str, list[str]]] = [{}, {"token": []}]
"""Anybody is answered, with what they may see."""
LIST = Extra(
    {
        "security": ANYBODY,
        "parameters": [
            parameter(
                "limit",
                "query",
                {"type": "integer", "minimum": 1, "maximum": 100},
                "Rows of a page.",
            ),
            parameter("starting_after", "query", TEXT, "The `next` of the page before."),
            parameter("q", "query", WORDS, "Words to search for."),
            parameter(
                "stage",
                "query",
                WORDS,
                "Only this stage; several parted by commas. Every "
                "other field of the rows is a filter likewise.",
            ),
        ],
    },
    {200: answers(LIST_SCHEMA, "A page."), **problems(401, 403, 405, 422, 503)},
)
ONE = Extra(
    {"security": ANYBODY},
    {
        200: answers(OBJECT, "The thing.", "ETag"),
        304: {"description": "Unchanged.", "headers": headers("ETag")},
        **problems(401, 403, 404, 405, 422, 503),
    },
)
TIMELINE = Extra(
    {"security": ANYBODY, "parameters": MOMENTS},
    {200: answers(EVENTS_SCHEMA, "Its events."), **problems(401, 403, 404, 405, 422, 503)},
)
ACTIONS = Extra(
    {"security": SIGNED_IN},
    {200: answers(ACTIONS_SCHEMA, "Verbs."), **problems(401, 403, 404, 405, 422, 503)},
)
