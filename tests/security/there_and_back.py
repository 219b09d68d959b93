"""Going to a provider of identities and coming back from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from httpx2 import Client as Http
from httpx2 import Response

from infrastructure.openid import Client, OpenId
from tests.security.provider import CLIENT, SECRET
from tests.security.site import Browser, Site


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
