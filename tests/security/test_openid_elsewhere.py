"""Signing in at a provider that others have written, from start to end."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from httpx2 import Client as Http
from httpx2 import HTTPError, Response

from api.demo.starting import bound
from infrastructure.openid import attempts
from tests.security.site import Browser, Site
from tests.security.there_and_back import at, sent


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
