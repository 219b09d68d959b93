"""Passwords: chosen by whoever is invited, guessed by nobody, changed by whoever knows the old."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from pwdlib.hashers.argon2 import Argon2Hasher

from infrastructure.credentials import passwords
from infrastructure.hashing import Cost, Hashing
from tests.security.site import PASSWORD, Site


def kept(site: Site, name: str) -> Any:
    """The stored line of a sign-in name."""
    with site.system.database.reading() as connection:
        return connection.execute(sa.select(passwords).where(passwords.c.name == name)).one()


def test_whoever_is_invited_sets_a_password_and_signs_in_with_it(site: Site) -> None:
    site.with_password("invited")

    elsewhere = site.browser()
    answer = elsewhere.sign_in("INVITED ")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert elsewhere.is_in
    row = kept(site, "invited")
    assert row.hash.startswith("$argon2id$")
    assert PASSWORD not in row.hash
    names = [record.event_name for record in site.events("person:invited")]
    assert names.count("person.credentials_changed") == 1
    assert names.count("person.signed_in") == 2
    stored = str([record.event for record in site.events("person:invited")])
    assert "127.0.0.1" not in stored
    assert PASSWORD not in stored


def test_an_invitation_works_once(site: Site) -> None:
    secret = site.system.credentials.invite(site.person("once"), "test").secret
    first, second = site.browser(), site.browser()
    for browser in (first, second):
        assert browser.post("/invitation", {"secret": secret.lower()}).status_code == 303
    chosen = {"name": "once", "password": PASSWORD, "again": PASSWORD}

    assert first.post("/invitation/accept", chosen).headers["location"] == "/"
    again = second.post("/invitation/accept", {**chosen, "name": "stolen"})

    assert again.headers["location"] == "/invitation"
    assert second.post("/invitation", {"secret": secret}).status_code == 422
    assert site.browser().sign_in("stolen").status_code == 422


def test_a_new_invitation_ends_the_one_before(site: Site) -> None:
    person = site.person("twice")
    first, second = (site.system.credentials.invite(person, "test").secret for _ in range(2))

    assert site.system.credentials.invited(first) == ""
    assert site.system.credentials.invited(second) == person


@pytest.mark.parametrize(
    ("name", "password", "again", "told"),
    [
        ("short", "elevenchars", "elevenchars", "12 to 200 characters"),
        ("common", "password1234", "password1234", "somebody would try"),
        ("all-the-same-name", "All-The-Same-Name", "All-The-Same-Name", "somebody would try"),
        ("ones", "111111111111", "111111111111", "somebody would try"),
        ("twofold", PASSWORD, PASSWORD + "x", "not the same"),
        ("a b", PASSWORD, PASSWORD, "no spaces"),
        ("x", PASSWORD, PASSWORD, "no spaces"),
    ],
)
def test_an_unfit_choice_is_refused_and_the_invitation_stays_good(
    site: Site, name: str, password: str, again: str, told: str
) -> None:
    person = site.person(f"unfit {name}")
    secret = site.system.credentials.invite(person, "test").secret
    browser = site.browser()
    browser.post("/invitation", {"secret": secret})

    answer = browser.post(
        "/invitation/accept", {"name": name, "password": password, "again": again}
    )

    assert answer.status_code == 422
    assert told in answer.text
    assert site.system.credentials.invited(secret) == person


def test_a_sign_in_name_belongs_to_one_person(site: Site) -> None:
    site.with_password("taken")
    secret = site.system.credentials.invite(site.person("late"), "test").secret
    browser = site.browser()
    browser.post("/invitation", {"secret": secret})

    chosen = {"name": "Taken", "password": PASSWORD, "again": PASSWORD}
    assert "Somebody else has this" in browser.post("/invitation/accept", chosen).text


def test_an_unknown_name_is_answered_and_takes_as_long_as_a_wrong_password(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.with_password("known")
    compared: list[str] = []
    right = Hashing.is_right

    def noted(self: Hashing, password: str, hash: str) -> tuple[bool, str | None]:
        compared.append(hash)
        return right(self, password, hash)

    monkeypatch.setattr(Hashing, "is_right", noted)
    wrong = site.browser().sign_in("known", "wrong password")
    unknown = site.browser().sign_in("nobody", "wrong password")

    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.text == unknown.text
    # Each was one whole comparison, at the same cost.
    costs = [hash.split("$")[3] for hash in compared]
    assert len(costs) == 2
    assert costs[0] == costs[1]


def test_a_changed_password_ends_every_session_but_gives_this_browser_a_new_one(
    site: Site,
) -> None:
    here = site.with_password("changer")
    elsewhere = site.browser()
    elsewhere.sign_in("changer")
    before, new = here.cookie, "another long sentence"
    said = {"password": new, "again": new}

    refused = here.form("/password", {**said, "old": "not the old one"})
    assert refused.status_code == 422
    assert "not your password" in refused.text
    assert elsewhere.is_in

    assert here.form("/password", {**said, "old": PASSWORD}).status_code == 303
    assert here.is_in
    assert here.cookie != before
    assert not elsewhere.is_in
    assert site.browser().sign_in("changer").status_code == 422
    assert site.browser().sign_in("changer", new).status_code == 303


def test_a_hash_of_other_parameters_is_made_anew_at_the_next_sign_in(site: Site) -> None:
    site.with_password("rehashed")
    before = kept(site, "rehashed").hash
    hashing = site.system.credentials.hashing
    site.system.credentials.hashing = Hashing(Cost(passes=2, memory_kib=64, lanes=1))
    try:
        assert site.browser().sign_in("rehashed").status_code == 303
    finally:
        site.system.credentials.hashing = hashing

    after = kept(site, "rehashed").hash
    assert ("t=1" in before, "t=2" in after) == (True, True)
    assert Argon2Hasher(2, 64, 1).verify(PASSWORD, after)


def test_whoever_is_let_go_is_out_at_once_and_cannot_come_in_again(site: Site) -> None:
    browser = site.with_password("leaver")

    site.district.tell("administrator", "people", "release", "leaver", reason="离职。")

    assert not browser.is_in
    assert site.browser().sign_in("leaver").status_code == 422
