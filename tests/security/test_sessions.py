"""Sessions: new at every sign-in, seen and ended by their owner, and no other site's tool."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from infrastructure import sessions
from infrastructure.departures import DEPARTURES
from infrastructure.followers.following import Following
from infrastructure.sessions import Lasting, Sessions
from tests.security.site import Browser, Site
from tests.web.workbench import pages

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def test_a_session_that_was_planted_before_the_sign_in_is_worth_nothing(site: Site) -> None:
    attacker = site.with_password("attacker")
    site.with_password("victim")
    planted = attacker.cookie
    victim = site.browser()
    victim.client.cookies.set("fundtrail_session", planted)

    victim.client.cookies.delete("fundtrail_session")
    answer = victim.client.post(
        "/sign-in",
        data={"name": "victim", "password": "三月的雨下在净月潭上 a12"},
        headers={"cookie": f"fundtrail_session={planted}"},
    )

    assert answer.status_code == 303
    assert victim.cookie not in ("", planted)
    assert not attacker.is_in


def test_a_made_up_cookie_is_not_taken_over(site: Site) -> None:
    browser = site.browser()
    site.with_password("chooser")
    browser.client.cookies.set("fundtrail_session", "of-my-own-choice")

    assert not browser.is_in
    browser.client.cookies.clear()
    browser.sign_in("chooser")
    assert browser.cookie != "of-my-own-choice"


def test_sessions_are_listed_by_kind_of_browser_and_ended_one_by_one(site: Site) -> None:
    here = site.with_password("lister")
    there = site.browser(**{"user-agent": FIREFOX})
    there.sign_in("lister")

    assert "Firefox · Linux" in here.text("/sessions")
    with site.system.database.reading() as connection:
        rows = connection.execute(sa.select(sessions.table)).all()
    assert "Gecko" not in str(rows)
    assert "127.0.0.1" not in str(rows)
    assert there.cookie not in str(rows)

    listed = site.system.identity.sessions.listed("person:lister", here.cookie)
    (other,) = (one for one in listed if not one.is_this)
    stranger = site.with_password("stranger")
    stranger.form("/sessions", {"id": other.id})
    assert there.is_in
    here.form("/sessions", {"id": other.id})
    assert (here.is_in, there.is_in) == (True, False)


def test_all_other_sessions_or_all_end_at_once(site: Site) -> None:
    here = site.with_password("ender")
    others = [site.browser(), site.browser()]
    for browser in others:
        browser.sign_in("ender")

    here.form("/sessions", {"but": "1"})
    assert [here.is_in, *(browser.is_in for browser in others)] == [True, False, False]
    assert here.form("/sessions", {}).headers["location"] == "/sign-in"
    assert not here.is_in


@pytest.mark.parametrize(("column", "text"), [("expires_at", "2020"), ("seen_at", "2020")])
def test_a_session_ends_by_its_age_and_by_not_being_used(
    site: Site, column: str, text: str
) -> None:
    browser = site.with_password(f"aged {column}".replace(" ", "-"))
    assert browser.is_in
    change = sessions.table.update().where(sessions.table.c.person == f"person:aged-{column}")
    with site.system.database.writing() as connection:
        connection.execute(change.values({column: text}))

    assert not browser.is_in


def test_using_a_session_is_noted_but_not_with_every_request(site: Site) -> None:
    browser = site.with_password("active")
    hour_ago = "2020-01-01T00:00:00+00:00"
    kept = Sessions(site.system.database, site.system.identity.now, Lasting(12, 10**8))
    change = sessions.table.update().where(sessions.table.c.person == "person:active")
    with site.system.database.writing() as connection:
        connection.execute(change.values(seen_at=hour_ago))

    def seen() -> str:
        query = sa.select(sessions.table.c.seen_at).where(
            sessions.table.c.person == "person:active"
        )
        with site.system.database.reading() as connection:
            return str(connection.execute(query).scalar_one())

    kept.find(browser.cookie)
    first = seen()
    kept.find(browser.cookie)
    assert first > hour_ago
    assert seen() == first


def test_a_form_without_this_sessions_secret_is_refused(site: Site) -> None:
    mine, theirs = site.with_password("mine"), site.with_password("theirs")
    head = site.head

    for token in ("", "made-up", theirs.token()):
        answer = mine.post("/sessions", {"_token": token})
        assert answer.status_code == 403
        password = {"old": "x", "password": "y", "again": "y"}
        assert mine.post("/password", {"_token": token, **password}).status_code == 403
    assert mine.is_in
    assert site.head == head


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
    ],
)
def test_a_form_that_stands_on_another_site_is_refused(site: Site, headers: dict[str, str]) -> None:
    name = f"crossed{abs(hash(str(headers)))}"
    browser = site.with_password(name)
    token = browser.token()

    answer = browser.post("/sessions", {"_token": token}, headers=headers)
    signing = site.browser().post("/sign-in", {"name": name, "password": "x"}, headers=headers)

    assert (answer.status_code, signing.status_code) == (403, 403)
    assert browser.is_in


def test_commands_of_the_api_are_not_taken_from_a_cookie(site: Site) -> None:
    browser = site.with_password("cookied")

    answer = browser.client.post("/v1/funds", json={}, headers={"idempotency-key": "c"})

    assert answer.status_code == 401


@pytest.mark.parametrize(
    "next",
    [
        "//elsewhere.example",
        "https://elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "/ok\r\nSet-Cookie: stolen=1",
        "/ok\nX-Injected: 1",
        "/" + "x" * 600,
    ],
)
def test_signing_in_leads_to_this_site_alone_and_into_no_header(site: Site, next: str) -> None:
    name = "led"
    if not site.system.identity.names().get("person:led"):
        site.with_password(name)

    answer = site.browser().sign_in(name, next=next)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "x-injected" not in answer.headers
    assert "stolen" not in str(answer.headers)


def test_over_tls_the_cookie_belongs_to_this_very_host(site: Site) -> None:
    site.with_password("hosted")
    site.system.secure_cookies = True
    try:
        client = pages(site.system)
        said = {"name": "hosted", "password": "三月的雨下在净月潭上 a12"}
        answer = client.post("/sign-in", data=said, follow_redirects=False)
    finally:
        site.system.secure_cookies = False

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-fundtrail_session=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=lax"):
        assert part in cookie
    assert "Domain" not in cookie


def test_what_somebody_could_come_in_with_is_removed_when_they_have_gone(site: Site) -> None:
    site.with_password("goner")
    site.district.tell("administrator", "people", "release", "goner", reason="离职。")
    assert site.system.credentials.of("person:goner").name == "goner"

    Following(site.system.database, DEPARTURES).catch_up()

    assert site.system.credentials.of("person:goner").name == ""
    with site.system.database.reading() as connection:
        people = connection.execute(sa.select(sessions.table.c.person)).scalars().all()
    assert "person:goner" not in people


def test_a_demonstrations_click_is_recorded_as_such(site: Site) -> None:
    site.system.is_demonstration = True
    browser: Browser = site.browser()

    assert browser.post("/sign-in", {"person": "person:leader"}).status_code == 303
    assert browser.is_in
    assert site.events("person:leader")[-1].event.method == "demonstration"


def test_an_id_that_is_none_ends_nothing(site: Site) -> None:
    browser = site.with_password("careful")

    for id in ("", "\x00", "none", "x" * 300):
        assert browser.form("/sessions", {"id": id}).status_code == 303
    assert browser.is_in
    for name in ("", "\x00", "\u202e", "x" * 300):
        assert site.browser().sign_in(name).status_code == 422
