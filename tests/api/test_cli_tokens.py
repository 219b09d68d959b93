"""Tokens and the clock at the command line."""

import pytest

from infrastructure.database import Database
from infrastructure.identity import Identity
from tests.commandline import migrated
from tests.district import DISTRICT

SIMULATED = {"FUNDTRAIL_CLOCK": "simulated"}


def test_a_token_speaks_for_its_person_until_it_is_ended(database_url: str) -> None:
    fundtrail = migrated(database_url)

    made = fundtrail.answer("token", "create", "--person", "王芳", "--role", "cashier")

    identity = Identity(Database(database_url))
    principal = identity.by_token(made["secret"])
    assert principal is not None
    assert principal.person == made["person"]
    assert [(held.role, held.place) for held in principal.held] == [("cashier", DISTRICT)]
    (listed,) = fundtrail.answer("token", "list")["tokens"]
    assert (listed["id"], listed["revoked_at"]) == (made["id"], None)
    assert made["secret"] not in fundtrail.out
    assert fundtrail("token", "revoke", made["id"]) == 0
    assert identity.by_token(made["secret"]) is None
    assert fundtrail("token", "revoke", made["id"]) == 1
    identity.database.close()


def test_a_name_and_an_id_mean_the_same_person(sqlite_url: str) -> None:
    fundtrail = migrated(sqlite_url)

    first = fundtrail.answer("token", "create", "--person", "王芳", "--role", "cashier")
    person = first["person"]
    assert person.startswith("person:")
    for again in ("王芳", person):
        made = fundtrail.answer("token", "create", "--person", again, "--role", "leader")
        assert made["person"] == person
    fundtrail("token", "list")
    assert fundtrail.out.count("王芳") == 3


def test_people_read_the_secret_on_a_line_of_its_own(sqlite_url: str) -> None:
    fundtrail = migrated(sqlite_url)

    fundtrail("token", "create", "--person", "王芳", "--role", "cashier", "--for", "220102006")

    line, secret = fundtrail.out.splitlines()
    assert "220102006" in line
    database = Database(sqlite_url)
    assert Identity(database).by_token(secret) is not None
    database.close()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--person", "a", "--role", "king"), "the roles are: applicant, "),
        (("--person", "a", "--role", "clock"), "the roles are: applicant, "),
        (("--person", "a", "--role", "applicant"), "name its id with --for"),
        (("--person", "a", "--role", "applicant", "--for", "x"), "no organisation “x”"),
        (("--person", "a", "--role", "cashier", "--for", "长春"), "no code of a place"),
        (("--person", "person:none", "--role", "cashier"), "no person"),
        (("--person", "a\nb", "--role", "cashier"), "one line"),
        (("--person", "", "--role", "cashier"), "one line"),
    ],
)
def test_what_makes_no_token(sqlite_url: str, options: tuple[str, ...], told: str) -> None:
    fundtrail = migrated(sqlite_url)

    assert fundtrail("token", "create", *options) == 2
    assert told in fundtrail.err
    assert fundtrail.answer("token", "list") == {"tokens": []}


def test_two_people_of_one_name_are_told_apart_by_id(sqlite_url: str) -> None:
    fundtrail = migrated(sqlite_url)
    database = Database(sqlite_url)
    for id in ("person:1", "person:2"):
        Identity(database).add_person(id, "王芳")
    database.close()

    assert fundtrail("token", "create", "--person", "王芳", "--role", "cashier") == 2
    assert "person:1, person:2" in fundtrail.err


def test_a_simulated_clock_is_moved_and_never_back(sqlite_url: str) -> None:
    fundtrail = migrated(sqlite_url, **SIMULATED)

    assert fundtrail.answer("tick", "--now", "2026-03-02") == {"taken": 0, "steps": {}}
    assert fundtrail("tick", "--now", "2026-03-01") == 1
    assert "2026-03-02T15:59:59" in fundtrail.err


def test_the_system_clock_is_not_moved(sqlite_url: str) -> None:
    fundtrail = migrated(sqlite_url)

    assert fundtrail("tick", "--now", "2999-01-01") == 1
    assert "2999-01-01" in fundtrail.err
    assert fundtrail("tick", "--now", "2026-01-01T09:00:00+08:00") == 0
    assert fundtrail("tick") == 0


@pytest.mark.parametrize("when", ["position:4", "soon", "2026-13-01", "2026-01-01T09:00"])
def test_what_is_no_moment_is_refused(sqlite_url: str, when: str) -> None:
    fundtrail = migrated(sqlite_url, **SIMULATED)

    assert fundtrail("tick", "--now", when) == 2
