"""The OpenAPI document: its version, its examples, and that nothing that may be told is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from api.shapes import read_command
from application.handlers import HANDLERS
from application.kinds import KINDS, PLURALS
from application.permissions import PERMISSIONS
from tests.api.hostile import operations
from tests.api.surface import a_surface

ONLY_AT_THE_COMMAND_LINE = {("import", "record")}
"""An import is told by the program that has read the file, with all of its rows."""

ONLY_AS_A_FORM = {("document", "store")}
"""A file is sent as a form, from which the command is made."""

NOTICED_BY_THE_SYSTEM = {("person", "sign-in"), ("person", "change-credentials")}
"""What the system records of itself, and nobody tells it."""

COMMANDS = [
    (noun, verb)
    for noun, verbs in HANDLERS.items()
    for verb in verbs
    if (noun, verb) not in ONLY_AT_THE_COMMAND_LINE | ONLY_AS_A_FORM | NOTICED_BY_THE_SYSTEM
]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    file = tmp_path_factory.mktemp("openapi") / "fundtrail.db"
    with a_surface(f"sqlite:///{file}") as surface:
        yield surface.get("/openapi.json").json()


@pytest.fixture(scope="module")
def by_name(document: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """The path and the description of every operation, by its id."""
    return {o["operationId"]: (path, o) for path, _, o in operations(document)}


def name_of(noun: str, verb: str) -> str:
    return f"{noun}_{verb}".replace("-", "_")


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document["components"]["securitySchemes"] == {
        "token": {"type": "http", "scheme": "bearer"}
    }


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(
    document: dict[str, Any],
) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]

    assert len(set(names)) == len(names)
    assert all(operation["summary"].endswith(".") for _, _, operation in operations(document))


@pytest.mark.parametrize(("noun", "verb"), COMMANDS)
def test_a_command_is_said_to_its_thing_and_names_who_may(
    by_name: dict[str, tuple[str, dict[str, Any]]], noun: str, verb: str
) -> None:
    path, operation = by_name[name_of(noun, verb)]
    creates = not KINDS[noun].lifecycle.verbs[verb].sources

    addresses = {f"/v1/{PLURALS[noun]}", f"/v1/{PLURALS[noun]}/{verb}"}
    assert path in addresses if creates else path == f"/v1/{PLURALS[noun]}/{{id}}/{verb}"
    for role in PERMISSIONS[noun][verb].first:
        assert role.replace("*", "anyone") in operation["description"]


@pytest.mark.parametrize(("noun", "verb"), COMMANDS)
def test_the_example_of_a_command_is_understood(
    by_name: dict[str, tuple[str, dict[str, Any]]], noun: str, verb: str
) -> None:
    """By the door, and by the schema that stands beside it."""
    body = by_name[name_of(noun, verb)][1]["requestBody"]["content"]["application/json"]

    command, _ = read_command(HANDLERS[noun][verb][0], body["example"], currency="CNY")

    assert isinstance(command, HANDLERS[noun][verb][0])
    jsonschema.Draft202012Validator.check_schema(body["schema"])
    jsonschema.Draft202012Validator(body["schema"]).validate(body["example"])


def test_every_verb_that_people_have_is_exposed(
    by_name: dict[str, tuple[str, dict[str, Any]]],
) -> None:
    told = {
        (noun, verb)
        for noun, verbs in PERMISSIONS.items()
        for verb, permission in verbs.items()
        if set(permission.first) != {"clock"}
    }
    missing = {(n, v) for n, v in told if name_of(n, v) not in by_name}

    assert missing == ONLY_AT_THE_COMMAND_LINE


def test_every_noun_has_its_questions(by_name: dict[str, tuple[str, dict[str, Any]]]) -> None:
    for noun, nouns in PLURALS.items():
        for name in (f"{nouns}_list", f"{nouns}_one", f"{noun}_timeline", f"{noun}_actions"):
            assert name in by_name
