"""What the OpenAPI document says of each command: its fields, its example, who may send it."""

from __future__ import annotations

import copy
from typing import Any

from pydantic import TypeAdapter

from api.shapes import adapter
from api.v1.openapi import KEY_PARAMETER, MATCH_PARAMETER, SIGNED_IN, Schema
from application.permissions import PERMISSIONS
from application.principals import Grounds

PLAIN_TEXT = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$"
"""Text without control characters, as the door asks for it."""

NEAR = "^(19|2[01])"
"""The years that days and moments lie in, as the door asks for it."""

AMOUNT = r"^[0-9]{1,13}(\.[0-9]{1,2})?$"
POSITIVE = r"^([1-9][0-9]{0,12}(\.[0-9]{1,2})?|0\.(0[1-9]|[1-9][0-9]?))$"
"""Decimals of a currency with two digits after the point; the currency of the thing decides."""


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
        who += " → " + " or ".join((*permission.otherwise, *permission.second))
    schema = body_schema(command_type)
    return {
        "description": f"Who: {who}.",
        "requestBody": {
            "required": bool(schema.get("required")),
            "content": {"application/json": {"schema": schema, "example": example}},
        },
        "parameters": [KEY_PARAMETER, MATCH_PARAMETER],
        "security": SIGNED_IN,
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
    """The schema as the door reads it: no unknown fields, amounts also as text, plain text."""
    if isinstance(value, list):
        return [strict(item) for item in value]
    if not isinstance(value, dict):
        return value
    made = {name: strict(item) for name, item in value.items()}
    if made.get("type") == "object" and "properties" in made:
        made["additionalProperties"] = False
        with_amounts(made)
    if made.get("type") == "string" and "enum" not in made and "const" not in made:
        made.setdefault("pattern", NEAR if "format" in made else PLAIN_TEXT)
    return made


def with_amounts(schema: Schema) -> None:
    """Lets every `…_minor` also be given as a decimal under the name without it."""
    required = list(schema.get("required", []))
    choices: list[Schema] = []
    for name in [name for name in schema["properties"] if name.endswith("_minor")]:
        plain = name.removesuffix("_minor")
        pattern = POSITIVE if schema["properties"][name].get("minimum") else AMOUNT
        schema["properties"][plain] = {
            "type": "string",
            "pattern": pattern,
            "examples": ["85000.00"],
        }
        if name in required:
            required.remove(name)
            choices.append({"oneOf": [{"required": [name]}, {"required": [plain]}]})
        else:
            choices.append({"not": {"required": [name, plain]}})
    if choices:
        schema["allOf"] = choices
    schema["required"] = required
