"""What the OpenAPI document says of each address: bodies, answers, problems, examples."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from api.shapes import adapter
from application.permissions import PERMISSIONS
from application.principals import Grounds

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
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
    503: "The store cannot write at the moment.",
}

Responses = dict[int | str, dict[str, Any]]


def answers(schema: Schema, description: str) -> dict[str, Any]:
    """An answer with a JSON body."""
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def problems(*statuses: int) -> Responses:
    """The problems that an address may answer with."""
    return {
        status: {
            "description": REFUSALS[status],
            "content": {"application/problem+json": {"schema": PROBLEM}},
        }
        for status in statuses
    }


COMMAND_RESPONSES: Responses = {
    200: answers(ANSWER, "It was done."),
    201: answers(ANSWER, "It was made; Location says where it is."),
    202: answers(ANSWER, "It was prepared, and waits for a second hand."),
    **problems(400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 503),
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
MOMENTS = [
    parameter("as_of", "query", TEXT, "What was true by then: a day, a time, or position:N."),
    parameter("known_at", "query", TEXT, "What was known by then: a day, a time, or position:N."),
]
LIST = Extra(
    {
        "parameters": [
            parameter(
                "limit",
                "query",
                {"type": "integer", "minimum": 1, "maximum": 100},
                "Rows of a page.",
            ),
            parameter("starting_after", "query", TEXT, "The `next` of the page before."),
            parameter("q", "query", TEXT, "Words to search for."),
            parameter(
                "stage",
                "query",
                TEXT,
                "Only this stage; several parted by commas. Every "
                "other field of the rows is a filter likewise.",
            ),
        ]
    },
    {200: answers(LIST_SCHEMA, "A page."), **problems(401, 405, 422)},
)
ONE = Extra(
    {},
    {
        200: answers(OBJECT, "The thing."),
        304: {"description": "Unchanged."},
        **problems(401, 404, 405, 422),
    },
)
TIMELINE = Extra(
    {"parameters": MOMENTS},
    {200: answers(EVENTS_SCHEMA, "Its events."), **problems(401, 404, 405, 422)},
)
ACTIONS = Extra({}, {200: answers(ACTIONS_SCHEMA, "Verbs."), **problems(401, 404, 405, 422)})


def summary_of(command_type: type[Any]) -> str:
    """The first line of a command's docstring, which is the interface's text."""
    return (command_type.__doc__ or "").strip().splitlines()[0]


def command_extra(
    noun: str, verb: str, command_type: type[Any], example: dict[str, Any]
) -> dict[str, Any]:
    """The body of a command, its headers, and who may send it."""
    permission = PERMISSIONS[noun][verb]
    who = " or ".join(permission.first).replace("*", "anyone")
    if permission.second:
        who += " → " + " or ".join(permission.second)
    schema = body_schema(command_type)
    return {
        "description": f"Who: {who}.",
        "requestBody": {
            "required": bool(schema.get("required")),
            "content": {"application/json": {"schema": schema, "example": example}},
        },
        "parameters": [KEY_PARAMETER, MATCH_PARAMETER],
        "security": [{"token": []}],
    }


def body_schema(command_type: type[Any]) -> Schema:
    """The fields of a command and of its grounds as a JSON schema."""
    schema = inlined(adapter(command_type))
    beside = inlined(adapter(Grounds))
    own = schema.setdefault("properties", {})
    for name, part in beside["properties"].items():
        own.setdefault(name, part)
    made: Schema = strict(schema)
    return made


def inlined(of: TypeAdapter[Any]) -> Schema:
    """A schema without references."""
    schema = of.json_schema(mode="validation")
    shared = schema.pop("$defs", {})
    result: Schema = resolved(schema, shared)
    return result


def resolved(value: Any, shared: dict[str, Schema]) -> Any:
    """The value with every reference replaced by what it refers to."""
    if isinstance(value, dict):
        if "$ref" in value:
            return resolved(copy.deepcopy(shared[value["$ref"].rpartition("/")[2]]), shared)
        return {name: resolved(item, shared) for name, item in value.items()}
    if isinstance(value, list):
        return [resolved(item, shared) for item in value]
    return value


def strict(value: Any) -> Any:
    """The schema as the door reads it: no unknown fields, amounts also as text."""
    if isinstance(value, list):
        return [strict(item) for item in value]
    if not isinstance(value, dict):
        return value
    made = {name: strict(item) for name, item in value.items()}
    if made.get("type") == "object" and "properties" in made:
        made["additionalProperties"] = False
        with_amounts(made)
    return made


def with_amounts(schema: Schema) -> None:
    """Lets every `…_minor` also be given as a decimal under the name without it."""
    required = list(schema.get("required", []))
    choices = []
    for name in [name for name in schema["properties"] if name.endswith("_minor")]:
        plain = name.removesuffix("_minor")
        schema["properties"][plain] = {"type": "string", "examples": ["85000.00"]}
        if name in required:
            required.remove(name)
            choices.append({"oneOf": [{"required": [name]}, {"required": [plain]}]})
        else:
            choices.append({"not": {"required": [name, plain]}})
    if choices:
        schema["allOf"] = choices
    schema["required"] = required
