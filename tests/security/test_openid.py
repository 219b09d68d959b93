"""Signing in at a provider: who it says they are is believed only where everything fits."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from httpx2 import Client as Http
from httpx2 import HTTPError, Response

from api.demo.starting import bound
from infrastructure.openid import Client, OpenId, attempts
from tests.security.provider import CLIENT, KEYS, SECRET, Provider, providing
from tests.security.site import Browser, Site


@pytest.fixture
def provider(site: Site) -> Iterator[Provider]:
    """A provider that can be bent, at which the server lets people sign in."""
    with providing() as provider, at(site, provider.issuer):
        yield provider


@contextmanager
def at(site: Site, issuer: str, secret: str = SECRET) -> Iterator[None]:
    """The server lets people sign in at that provider."""
    client = Client(issuer, CLIENT, secret, "openid", "District Identity")
    openid = OpenId(client, site.system.database, site.system.identity.now)
    site.system.openid = openid
    try:
        yield
    finally:
        site.system.openid = None
        openid.close()


def sent(browser: Browser, path: str = "/sign-in/openid") -> str:
    """The address at the provider to which the browser is sent."""
    answer = browser.get(path)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def through(browser: Browser, path: str = "/sign-in/openid", **others: str) -> Response:
    """Goes to the provider and comes back, with other values than it gave where some are named."""
    with Http() as http:
        back = urlsplit(http.get(sent(browser, path)).headers["location"])
    said = {name: values[0] for name, values in parse_qs(back.query).items()}
    return browser.get(back.path, params={**said, **others})


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


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A provider that others have written, as a process of its own."""
    with bound(0) as free:
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("oidc-provider-mock")
    log = (tmp_path_factory.mktemp("provider") / "said.txt").open("wb")
    process = subprocess.Popen(
        [program, "--port", str(port), "--require-nonce", "true", "--user", "alice"],
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/.well-known/openid-configuration")
        yield address
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def wait_for(address: str) -> None:
    """Returns when somebody answers there."""
    end = time.monotonic() + 30
    while True:
        try:
            with Http() as http:
                http.get(address)
            return
        except HTTPError:
            assert time.monotonic() < end
            time.sleep(0.1)


def at_the_mock(browser: Browser, path: str) -> Response:
    """Signs in as alice at the provider that others have written, and comes back."""
    address = sent(browser, path)
    with Http() as http:
        form = http.post(address, data={"sub": "alice"})
        back = form.headers["location"]
    parts = urlsplit(back)
    return browser.get(f"{parts.path}?{parts.query}")


def test_from_start_to_end_with_a_provider_that_others_have_written(
    site: Site, running: str
) -> None:
    with Http() as http:
        issuer = http.get(f"{running}/.well-known/openid-configuration").json()["issuer"]
    with at(site, issuer):
        secret = site.system.credentials.invite(site.person("alice"), "test").secret
        browser = site.browser()
        assert at_the_mock(site.browser(), "/sign-in/openid").status_code == 403
        browser.post("/invitation", {"secret": secret})
        answer = at_the_mock(browser, "/sign-in/openid?invited=1")
        assert answer.status_code == 303, re.sub(r"<[^>]+>", "", answer.text)
        again = site.browser()
        assert at_the_mock(again, "/sign-in/openid").status_code == 303
        assert again.is_in
        with site.system.database.reading() as connection:
            assert (
                connection.execute(sa.select(sa.func.count()).select_from(attempts)).scalar() == 0
            )
