"""Signing in at a provider: who it says they are is believed only where everything fits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Client as Http

from infrastructure.openid import attempts
from tests.security.provider import CLIENT, KEYS, Provider, providing
from tests.security.site import Browser, Site
from tests.security.there_and_back import at, sent, through


@pytest.fixture
def provider(site: Site) -> Iterator[Provider]:
    """A provider that can be bent, at which the server lets people sign in."""
    with providing() as provider, at(site, provider.issuer):
        yield provider


def linked(site: Site, name: str, provider: Provider) -> Browser:
    """A new person whom an invitation has linked to a subject of the provider."""
    secret = site.system.credentials.invite(site.person(name), "test").secret
    provider.subject = f"subject of {name}"
    browser = site.browser()
    assert browser.post("/invitation", {"secret": secret}).status_code == 303
    assert "District Identity" in browser.get("/invitation/accept").text
    answer = through(browser, "/sign-in/openid?invited=1")
    assert answer.status_code == 303, answer.text
    return browser


def test_an_invitation_links_an_account_and_from_then_on_it_signs_in(
    site: Site, provider: Provider
) -> None:
    assert linked(site, "linked", provider).is_in

    again = site.browser()
    answer = through(again, "/sign-in/openid?next=/funds")

    assert answer.headers["location"] == "/funds"
    assert again.is_in
    methods = [getattr(r.event, "method", "") for r in site.events("person:linked")]
    assert methods.count("openid") == 3
    assert "subject" not in str([r.event for r in site.events("person:linked")])
    scope = provider.asked
    assert scope["code_challenge_method"] == "S256"
    assert {"state", "nonce", "code_challenge"} <= set(scope)


def test_an_account_that_is_linked_to_nobody_is_told_what_to_do(
    site: Site, provider: Provider
) -> None:
    """Not even where its e-mail address is that of somebody here."""
    provider.subject = "stranger"
    provider.claims = {"email": "leader", "preferred_username": "leader"}
    browser = site.browser()

    answer = through(browser)

    assert answer.status_code == 403
    assert "Ask the administrator for an invitation" in answer.text
    assert not browser.is_in


def test_an_account_belongs_to_one_person(site: Site, provider: Provider) -> None:
    linked(site, "owner of it", provider)
    secret = site.system.credentials.invite(site.person("taker"), "test").secret
    browser = site.browser()
    browser.post("/invitation", {"secret": secret})

    answer = through(browser, "/sign-in/openid?invited=1")

    assert answer.status_code == 403
    assert "belongs to another person" in answer.text


HOUR = 3600
BENT: dict[str, dict[str, Any]] = {
    "another nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"claims": {"nonce": None}},
    "another issuer": {"claims": {"iss": "https://elsewhere.example"}},
    "another audience": {"claims": {"aud": "another"}},
    "an audience beside us that is meant": {"claims": {"aud": [CLIENT, "x"], "azp": "x"}},
    "several audiences and none that is meant": {"claims": {"aud": [CLIENT, "x"]}},
    "no audience": {"claims": {"aud": None}},
    "over": {"claims": {"exp": 1}},
    "over for ever": {"claims": {"exp": None}},
    "an expiry that is no time": {"claims": {"exp": "tomorrow"}},
    "made in an hour": {"claims": {"iat": int(time.time()) + HOUR}},
    "nobody": {"claims": {"sub": ""}},
    "a number for a subject": {"claims": {"sub": 7}},
    "no signature": {"token": "unsigned"},
    "a shared secret": {"token": "shared"},
    "another key": {"token": "by_another"},
    "a changed token": {"token": "changed"},
    "another sender": {"back": {"iss": "https://elsewhere.example"}},
    "no sender where one is promised": {
        "says": {"authorization_response_iss_parameter_supported": True}
    },
    "an algorithm that is not the provider's": {
        "says": {"id_token_signing_alg_values_supported": ["ES256"]}
    },
}


@pytest.mark.parametrize("what", BENT)
def test_an_answer_in_which_something_does_not_fit_opens_nothing(
    site: Site, provider: Provider, what: str
) -> None:
    linked(site, what, provider)
    bent = dict(BENT[what])
    if "token" in bent:
        provider.token = getattr(provider, bent.pop("token"))
    for name, value in bent.items():
        setattr(provider, name, value)
    openid = site.system.openid
    assert openid is not None
    openid.said = {}
    browser, head = site.browser(), site.head

    answer = through(browser)

    assert answer.status_code == 422, answer.text
    assert "could not be accepted" in answer.text
    assert not browser.is_in
    assert site.head == head


@pytest.mark.parametrize("state", ["", "another"])
def test_an_answer_with_another_state_opens_nothing(
    site: Site, provider: Provider, state: str
) -> None:
    linked(site, f"stated {state}", provider)
    browser = site.browser()

    assert through(browser, state=state).status_code == 422
    assert not browser.is_in


def test_an_answer_is_bound_to_the_browser_that_asked_and_taken_once(
    site: Site, provider: Provider
) -> None:
    linked(site, "bound", provider)
    attacker, victim = site.browser(), site.browser()
    with Http() as http:
        back = http.get(sent(attacker)).headers["location"].removeprefix(site.address)

    bond = attacker.client.cookies["fundtrail_openid"]
    assert victim.get(back).status_code == 422
    assert attacker.get(back).status_code == 303
    attacker.client.cookies.set("fundtrail_openid", bond)
    assert attacker.get(back).status_code == 422


def test_a_code_without_its_verifier_is_worth_nothing(site: Site, provider: Provider) -> None:
    linked(site, "verified", provider)
    browser = site.browser()
    with Http() as http:
        back = http.get(sent(browser)).headers["location"].removeprefix(site.address)
    with site.system.database.writing() as connection:
        connection.execute(attempts.update().values(verifier="another"))

    assert browser.get(back).status_code == 422
    assert not browser.is_in


def test_a_key_that_the_provider_has_changed_is_asked_for(site: Site, provider: Provider) -> None:
    linked(site, "turned", provider)
    provider.key = KEYS[1]

    # Keys are not asked for again and again, whatever a token names.
    assert through(site.browser()).status_code == 422
    assert site.system.openid is not None
    site.system.openid.keys.asked_at -= 60
    assert through(site.browser()).status_code == 303


def test_without_a_provider_there_is_no_such_page(site: Site) -> None:
    assert site.browser().get("/sign-in/openid").status_code == 404
    assert "/sign-in/openid" not in site.browser().get("/sign-in").text
