"""A running server with people who sign in, and the browsers and programs that come to it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from httpx2 import Client, Response

from application.principals import Held
from infrastructure.system import System
from tests.district import DISTRICT, District
from tests.played import Path

PASSWORD = "三月的雨下在净月潭上 a12"
HOSTILE = '\'; DROP TABLE events;-- {{7*7}} ${7*7} <script>alert(1)</script> %s %(x)s " onx="1'
"""What would harm SQL, templates, pages or formats that took it for their own."""
FORM_TOKEN = re.compile(r'name="_token" value="([^"]+)"')
FORM_KEY = re.compile(r'name="_key" value="([^"]+)"')


class Browser:
    """Somebody at a browser: keeps cookies, follows nothing by itself."""

    def __init__(self, address: str, **headers: str) -> None:
        shown = {"accept": "text/html", "accept-language": "en", **headers}
        self.client = Client(base_url=address, headers=shown)

    def get(self, path: str, **said: Any) -> Response:
        """A page."""
        return self.client.get(path, **said)

    def post(self, path: str, fields: dict[str, str], **said: Any) -> Response:
        """A form that is sent."""
        return self.client.post(path, data=fields, **said)

    def form(self, path: str, fields: dict[str, str], *, on: str = "/", **said: Any) -> Response:
        """A form with the secret that the page has given to it."""
        return self.post(path, {"_token": self.token(on), **fields}, **said)

    def token(self, on: str = "/") -> str:
        """The secret of this session's forms."""
        found = FORM_TOKEN.search(self.get(on).text)
        assert found, on
        return found[1]

    def sign_in(self, name: str, password: str = PASSWORD, **others: str) -> Response:
        """Tries a name and a password."""
        return self.post("/sign-in", {"name": name, "password": password, **others})

    @property
    def cookie(self) -> str:
        """The secret of the session."""
        return self.client.cookies.get("fundtrail_session") or ""

    @property
    def is_in(self) -> bool:
        """Whether pages for people who have signed in are shown."""
        return self.get("/sessions").status_code == 200

    def text(self, path: str) -> str:
        """What a page says, its markup decoded."""
        return html.unescape(self.get(path).text)


@dataclass
class Site:
    """The district behind the server, and where the server is."""

    district: District
    path: Path
    address: str
    keys: count[int] = field(default_factory=lambda: count(1))
    browsers: list[Browser] = field(default_factory=list)

    @property
    def system(self) -> System:
        """The system behind the server."""
        return self.district.system

    def browser(self, address: str = "", **headers: str) -> Browser:
        """Another browser; `address` is where it says that it comes from."""
        forwarded = {"x-forwarded-for": address} if address else {}
        self.browsers.append(Browser(self.address, **forwarded, **headers))
        return self.browsers[-1]

    def close(self) -> None:
        """Closes every browser."""
        while self.browsers:
            self.browsers.pop().client.close()

    def person(self, name: str, *held: Held) -> str:
        """A new person with roles; a cashier where none is named."""
        self.district.person(name, *(held or (Held("cashier", DISTRICT),)))
        return f"person:{name}"

    def with_password(self, name: str, *held: Held) -> Browser:
        """A new person, who has come in by invitation and is signed in at a browser."""
        secret = self.system.credentials.invite(self.person(name, *held), "test").secret
        browser = self.browser()
        assert browser.post("/invitation", {"secret": secret}).status_code == 303
        chosen = {"name": name, "password": PASSWORD, "again": PASSWORD}
        answer = browser.post("/invitation/accept", chosen)
        assert answer.status_code == 303, answer.text
        assert browser.is_in
        return browser

    def token(self, name: str, held: Held, **limits: Any) -> str:
        """A token of somebody in a role."""
        id, now = f"token-{next(self.keys)}", self.system.clock.now()
        return self.system.identity.create_token(id, f"person:{name}", held, now, **limits)

    def api(self, token: str, method: str, path: str, fields: Any = None, **said: Any) -> Response:
        """A request of a program."""
        signed = {"idempotency-key": f"k{next(self.keys)}"}
        if token:
            signed["authorization"] = f"Bearer {token}"
        if method == "POST" and not {"content", "data", "files"} & set(said):
            said["json"] = fields or {}
        headers = {**signed, **said.pop("headers", {})}
        with Client(base_url=self.address) as client:
            return client.request(method, path, headers=headers, **said)

    @property
    def head(self) -> int:
        """How far the chronicle goes."""
        return self.system.questions.head()

    def events(self, person: str) -> list[Any]:
        """What is recorded of somebody."""
        decode = self.system.store.chronicle.lines.decode
        scan = self.system.store.recorder.scan()
        return [r for r in (decode(line) for _, line, _ in scan) if r.originator_id == person]
