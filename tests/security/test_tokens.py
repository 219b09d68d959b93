"""Tokens: they do what they are limited to, for as long as their holder's role lasts, in secret."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from api.cli.serving import WithoutQuestion
from application.principals import Held
from application.scopes import scope_of
from domain.errors import Invalid
from tests.district import DISTRICT
from tests.security.site import Site

OFFICER = Held("district_officer", DISTRICT)
BESIDE = f"{DISTRICT}007"
"""The subdistrict next to that of the officer."""


def rule(answer: object) -> str:
    """The rule that refused."""
    errors = answer.json()["errors"]  # type: ignore[attr-defined]
    return str(errors[0]["rule"]) if errors else ""


def test_a_token_for_reading_tells_nothing(site: Site) -> None:
    token = site.token("district_officer", OFFICER, scope={"read"})
    head = site.head

    answer = site.api(token, "POST", f"/v1/proposals/{site.path.proposal}/take-intake")

    assert (answer.status_code, rule(answer)) == (403, "scope")
    assert answer.json()["detail"] == "此令牌仅限用于：read。"
    assert site.head == head
    assert site.api(token, "GET", "/v1/proposals").status_code == 200
    assert site.api(token, "GET", "/v1/balances").status_code in (200, 403)


def test_a_token_for_some_nouns_knows_no_other(site: Site) -> None:
    token = site.token("district_officer", OFFICER, scope={"proposals", "grants"})

    assert site.api(token, "GET", "/v1/proposals").status_code == 200
    for path in ("/v1/funds", "/v1/people", "/v1/balances", "/v1/events"):
        answer = site.api(token, "GET", path)
        assert (answer.status_code, rule(answer)) == (403, "scope"), path
        assert "grants" in answer.json()["detail"]
    told = site.api(token, "POST", "/v1/funds/none/open")
    assert (told.status_code, rule(told)) == (403, "scope")


def test_a_limited_token_opens_no_session(site: Site) -> None:
    browser = site.browser()
    token = site.token("district_officer", OFFICER, scope={"read"})

    assert browser.post("/sign-in", {"token": token}).status_code == 422
    assert not browser.is_in


def test_a_scope_of_what_there_is_not_is_refused() -> None:
    assert scope_of(["read", " grants", ""]) == {"read", "grants"}
    with pytest.raises(Invalid, match="everything"):
        scope_of(["everything"])


def test_a_token_is_over_after_its_last_day(site: Site) -> None:
    today = site.district.today
    good = site.token("leader", Held("leader", DISTRICT), until=today)
    over = site.token("leader", Held("leader", DISTRICT), until=today - timedelta(days=1))

    assert site.api(good, "GET", "/v1/funds").status_code == 200
    assert site.api(over, "GET", "/v1/funds").status_code == 401


def test_a_token_opens_a_session_in_its_role_alone_that_ends_with_it(site: Site) -> None:
    both = (Held("reconciler", DISTRICT), Held("cashier", DISTRICT))
    person = site.person("two roles", *both)
    token = site.token("two roles", both[0])
    browser = site.browser()

    assert browser.post("/sign-in", {"token": token}).status_code == 303
    session = site.system.identity.by_session(browser.cookie)
    assert session is not None
    assert session.principal.roles == {"reconciler"}

    identity = site.system.identity
    (kept,) = identity.list_tokens(person)
    assert identity.revoke_token(kept.id, site.system.clock.now())
    assert not browser.is_in


def test_people_see_their_tokens_and_end_them_and_nobody_elses(site: Site) -> None:
    browser = site.with_password("holder", Held("leader", DISTRICT))
    mine = site.token("holder", Held("leader", DISTRICT), scope={"read"})
    theirs = site.token("leader", Held("leader", DISTRICT))
    ids = [one.id for one in site.system.identity.list_tokens("person:holder")]
    (other, *_) = [
        one.id for one in site.system.identity.list_tokens("person:leader") if not one.revoked_at
    ][-1:]

    page = browser.text("/tokens")
    assert "read" in page
    assert mine not in page

    browser.form("/tokens", {"id": other})
    assert site.api(theirs, "GET", "/v1/funds").status_code == 200
    browser.form("/tokens", {"id": ids[0]})
    assert site.api(mine, "GET", "/v1/funds").status_code == 401


def test_a_role_that_is_withdrawn_stops_page_and_token_at_once(site: Site) -> None:
    browser = site.with_password("demoted", Held("auditor", DISTRICT))
    token = site.token("demoted", Held("auditor", DISTRICT))
    assert site.api(token, "GET", "/v1/people").status_code == 200
    assert "Invite" not in browser.text("/")
    seen = browser.get("/people").status_code

    site.district.tell(
        "administrator", "people", "withdraw-role", "demoted", no=1, reason="调离岗位。"
    )

    assert seen == 200
    assert site.api(token, "GET", "/v1/people").status_code == 401
    session = site.system.identity.by_session(browser.cookie)
    assert session is not None
    assert session.principal.held == ()


def test_a_role_is_over_after_its_last_day_for_page_and_token(site: Site) -> None:
    browser = site.with_password("temporary", Held("reviewer", DISTRICT))
    until = site.district.today
    site.district.tell(
        "administrator", "people", "grant-role", "temporary",
        role="leader", place=DISTRICT, until=until,
    )  # fmt: skip
    token = site.token("temporary", Held("leader", DISTRICT))

    def roles() -> set[str]:
        session = site.system.identity.by_session(browser.cookie)
        assert session is not None
        return set(session.principal.roles)

    assert roles() == {"reviewer", "leader"}
    assert site.api(token, "GET", "/v1/funds").status_code == 200
    site.district.wait(days=1)
    assert roles() == {"reviewer"}
    assert site.api(token, "GET", "/v1/funds").status_code == 401


def test_the_role_of_the_next_subdistrict_does_nothing_here(site: Site) -> None:
    browser = site.with_password("neighbour", Held("round_secretary", BESIDE))
    token = site.token("neighbour", Held("round_secretary", BESIDE))
    address, head = f"proposals/{site.path.proposal}", site.head

    told = site.api(token, "POST", f"/v1/{address}/take-intake")
    formed = browser.form(f"/{address}/take-intake", {"_key": "k"})

    assert (told.status_code, formed.status_code) in ((403, 403), (404, 404), (403, 404))
    assert site.head == head


def test_no_secret_stands_in_a_log_or_an_address(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    token = site.token("leader", Held("leader", DISTRICT))
    wrong = "a-token-that-was-mistyped"
    browser = site.browser()
    invitation = site.system.credentials.invite(site.person("quiet"), "test").secret
    with capture_logs() as logged, caplog.at_level(logging.DEBUG):
        answers = [
            browser.post("/sign-in", {"token": token}),
            browser.post("/sign-in", {"token": wrong}),
            browser.sign_in("leader", "a password that is wrong"),
            browser.post("/invitation", {"secret": invitation}),
            site.api(token, "GET", "/v1/funds"),
        ]
    said = str(logged) + str(
        [record.getMessage() for record in caplog.records if "httpcore" not in record.name]
    )
    said += "".join(answer.headers.get("location", "") for answer in answers)

    assert "sign_in_refused" in said
    secrets = (token, wrong, "a password that is wrong", invitation, browser.cookie)
    assert [secret for secret in secrets if secret in said] == []


def test_the_access_log_keeps_nothing_behind_the_question_mark() -> None:
    line = logging.LogRecord(
        "uvicorn.access", logging.INFO, "", 0, '%s - "%s %s HTTP/%s" %d',
        ("127.0.0.1:1", "GET", "/sign-in/openid/back?code=c&state=s", "1.1", 303), None,
    )  # fmt: skip

    assert WithoutQuestion().filter(line)
    assert line.getMessage() == '127.0.0.1:1 - "GET /sign-in/openid/back HTTP/1.1" 303'
