"""A command without a row fails here: tables, commands, lifecycles, addresses and the policy."""

from __future__ import annotations

from typing import Any

import pytest

from application.handlers import HANDLERS
from application.kinds import KINDS, NOUNS
from application.permissions import PERMISSIONS
from tests.api.surface import a_surface
from tests.permissions.cedar import POLICY
from tests.permissions.cells import row_of
from tests.permissions.who import DELIBERATE, WHO, Who

COMMANDS = {(noun, verb) for noun, verbs in HANDLERS.items() for verb in verbs}

NOT_OVER_HTTP = {("import", "record"), ("person", "sign-in"), ("person", "change-credentials")}
"""An import is told at the command line, and what the system sees by itself nobody tells it."""


def without_a_row(commands: set[tuple[str, str]], who: dict[str, Who]) -> set[tuple[str, str]]:
    """The commands of which the tables say nothing, or speak under another verb."""
    return {
        (noun, verb)
        for noun, verb in commands
        if (row := who.get(row_of(noun, verb))) is None or row.verb != verb
    }


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Every noun and verb that can be posted to, as the document of the interface lists them."""
    file = tmp_path_factory.mktemp("rows") / "fundtrail.db"
    with a_surface(f"sqlite:///{file}") as surface:
        paths: dict[str, Any] = surface.get("/openapi.json").json()["paths"]
    return {
        (noun, operation["post"]["operationId"].removeprefix(f"{noun}_").replace("_", "-"))
        for path, operation in paths.items()
        if "post" in operation and (noun := NOUNS.get(path.split("/")[2]))
    }


def test_every_command_has_its_row_in_the_tables() -> None:
    assert without_a_row(COMMANDS, WHO) == set()


@pytest.mark.parametrize("row", ["T4", "W2", "B1"])
def test_a_row_that_is_missing_or_names_another_verb_is_seen(row: str) -> None:
    others = {each: who for each, who in WHO.items() if each != row}
    (missing,) = without_a_row(COMMANDS, others)
    assert row_of(*missing) == row
    renamed = {**WHO, row: WHO[row]._replace(verb="another")}
    assert without_a_row(COMMANDS, renamed) == {missing}


def test_a_command_that_nobody_wrote_a_row_for_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    verbs = KINDS["tranche"].lifecycle.verbs
    monkeypatch.setitem(verbs, "give-away", verbs["send"]._replace(row="T99", verb="give-away"))
    assert without_a_row(COMMANDS | {("tranche", "give-away")}, WHO) == {("tranche", "give-away")}


def test_commands_permissions_lifecycles_and_addresses_name_the_same(
    addresses: set[tuple[str, str]],
) -> None:
    permitted = {(noun, verb) for noun, verbs in PERMISSIONS.items() for verb in verbs}
    known = {(noun, verb) for noun, kind in KINDS.items() for verb in kind.lifecycle.verbs}
    # What is posted beside commands, such as a file in parts, is no verb of a lifecycle.
    over_http = addresses & known
    assert permitted == COMMANDS
    assert known >= COMMANDS
    assert over_http | NOT_OVER_HTTP == COMMANDS


def test_the_policy_speaks_of_every_row_and_of_every_second_hand() -> None:
    named = {part.split('"')[0] for part in POLICY.read_text().split('Action::"')[1:]}
    rows = {row_of(noun, verb): PERMISSIONS[noun][verb] for noun, verb in COMMANDS}
    of_the_pair = {"W2", "W3"}
    asked = set(rows) - of_the_pair
    asked |= {f"{row}/second" for row, permission in rows.items() if permission.second}
    assert asked - named == set()


def test_what_differs_from_the_tables_on_purpose_is_a_command_and_has_a_reason() -> None:
    rows = {row_of(noun, verb) for noun, verb in COMMANDS}
    assert set(DELIBERATE) <= rows
    assert all(len(reason) > 20 for reason in DELIBERATE.values())
