"""What is kept of signing in, on PostgreSQL under the application's own rights."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from application.entering import Chosen, Proof, change_password, enter, link, set_password
from domain.errors import Refusal
from infrastructure.departures import DEPARTURES
from infrastructure.followers.following import Following
from infrastructure.schema import bring_up
from infrastructure.settings import Settings
from tests.district import District
from tests.infrastructure.roles import two_roles
from tests.security.conftest import CHEAP
from tests.security.site import PASSWORD


@pytest.fixture
def district(postgresql_server: sa.URL, monkeypatch: pytest.MonkeyPatch) -> Iterator[District]:
    """A district whose application's role has the rights of the table of rights and no more."""
    for name, value in CHEAP.items():
        monkeypatch.setenv(name, value)
    with two_roles(postgresql_server) as roles:
        both = {"database_url": roles.application, "owner_database_url": roles.owner}
        bring_up(Settings.model_validate(both))
        made = District(roles.application)
        made.officers()
        yield made
        made.close()


def test_people_come_in_change_what_they_have_and_go(district: District) -> None:
    house, person = district.system, "person:cashier"
    secret = house.credentials.invite(person, "test").secret
    set_password(house, person, Chosen("cashier", PASSWORD, PASSWORD), secret=secret)
    proved = house.credentials.by_password("Cashier", PASSWORD, "192.0.2.1").result()
    assert proved == person
    first = enter(house, person, Proof("password"), browser="Firefox · Linux")
    second = enter(house, person, Proof("password"), instead=first)
    assert house.identity.by_session(first) is None
    assert house.identity.by_session(second) is not None
    assert len(house.identity.sessions.listed(person, second)) == 1

    new = "another long sentence"
    change_password(house, person, PASSWORD, Chosen("", new, new), "192.0.2.1")
    assert house.identity.by_session(second) is None
    with pytest.raises(Refusal, match="Somebody else"):
        set_password(house, "person:leader", Chosen("cashier", PASSWORD, PASSWORD))

    again = house.credentials.invite(person, "test").secret
    assert link(house, "https://id.example", "s", again) == person
    assert house.credentials.by_subject("https://id.example", "s") == person
    assert house.credentials.able() == {person}
    assert house.credentials.by_password("a\x00b", PASSWORD, "192.0.2.1").result() == ""

    district.tell("administrator", "people", "release", "cashier", reason="离职。")
    Following(house.database, DEPARTURES).catch_up()
    assert house.credentials.able() == frozenset()
