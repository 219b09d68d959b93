"""People at the command line: the first administrator, invitations, passwords, limited tokens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from api.cli import app
from infrastructure.settings import Settings
from infrastructure.system import System
from tests.commandline import CommandLine, migrated

CHEAP = {
    "FUNDTRAIL_PASSWORD_PASSES": "1",
    "FUNDTRAIL_PASSWORD_MEMORY_KIB": "64",
    "FUNDTRAIL_PASSWORD_LANES": "1",
}
PASSWORD = "三月的雨下在净月潭上 a12"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CHEAP.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def fundtrail(sqlite_url: str) -> CommandLine:
    return migrated(sqlite_url)


@pytest.fixture
def system(fundtrail: CommandLine) -> Iterator[System]:
    system = System(Settings(database_url=fundtrail.url))
    yield system
    system.close()


def add(fundtrail: CommandLine, name: str, role: str = "administrator") -> str:
    """Lets somebody in; the id."""
    return str(fundtrail.answer("person", "add", name, "--role", role)["id"])


def test_the_first_administrator_comes_from_the_command_line(
    fundtrail: CommandLine, system: System
) -> None:
    person = add(fundtrail, "徐航")

    assert system.identity.names()[person] == "徐航"
    assert system.identity.principal(person).roles == {"administrator"}


def test_an_invitation_is_made_for_whoever_is_known_even_where_there_is_a_password(
    fundtrail: CommandLine, system: System
) -> None:
    person = add(fundtrail, "徐航")

    for named in (person, "徐航"):
        made = fundtrail.answer("person", "invite", named)
        assert system.credentials.invited(made["secret"]) == person
    assert fundtrail("person", "invite", "person:none") == 1
    assert "no person" in fundtrail.err
    assert fundtrail("person", "invite", "徐航") == 0
    assert len(fundtrail.out.splitlines()[1]) == len("AAAAAA-AAAAAA-AAAAAA-AAAAAA")


def test_a_password_is_typed_twice_and_not_shown(fundtrail: CommandLine, system: System) -> None:
    person = add(fundtrail, "徐航")

    def typed(*lines: str, name: str = "xuhang") -> tuple[int, str]:
        words = ["person", "password", person, *(["--sign-in-name", name] if name else [])]
        said = "".join(f"{line}\n" for line in lines)
        result = CliRunner().invoke(app, words, input=said, env=fundtrail.environment)
        return result.exit_code, result.output

    assert typed(PASSWORD, "another one entirely")[0] == 1
    assert typed("short", "short")[0] == 1
    assert typed(PASSWORD, PASSWORD, name="")[0] == 2
    code, said = typed(PASSWORD, PASSWORD)
    assert code == 0, said
    assert PASSWORD not in said
    assert system.credentials.by_password("xuhang", PASSWORD, "here").result() == person
    session = system.identity.sign_in(person)
    assert typed(PASSWORD, PASSWORD, name="")[0] == 0
    assert system.identity.by_session(session) is None


def test_a_token_is_limited_and_says_so(fundtrail: CommandLine, system: System) -> None:
    words = ("token", "create", "--person", "王芳", "--role", "cashier")

    made = fundtrail.answer(*words, "--scope", "read,grants", "--until", "2999-12-31")

    found = system.identity.by_token(made["secret"])
    assert found is not None
    assert found.scope == {"read", "grants"}
    (listed,) = fundtrail.answer("token", "list")["tokens"]
    assert (listed["scope"], listed["until"]) == (["grants", "read"], "2999-12-31")
    assert fundtrail(*words, "--scope", "everything") == 2
    assert "cannot be limited to everything" in fundtrail.err
    assert fundtrail(*words, "--until", "soon") == 2
    over = fundtrail.answer(*words, "--until", "2020-01-01")
    assert system.identity.by_token(over["secret"]) is None


def test_making_a_token_is_recorded_of_its_holder(fundtrail: CommandLine, system: System) -> None:
    words = ("token", "create", "--person", "王芳", "--role", "cashier")
    person = fundtrail.answer(*words)["person"]

    decode = system.store.chronicle.lines.decode
    records = [decode(line) for _, line, _ in system.store.recorder.scan()]
    (changed,) = [r for r in records if r.event_name == "person.credentials_changed"]

    assert (changed.originator_id, changed.event.method) == (person, "token")
