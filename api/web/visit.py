"""A visit: who is looking at a page, in which language, and how the page is made for them."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException

from api.identity import cookie_name, house_of
from api.web.menu import Menu, menu
from api.words import Language, Words, language_of
from application.identity import Session
from application.kinds import NOUNS
from application.principals import Principal
from application.questions import House
from application.visibility import SEES, Sight, sight

LANGUAGE_COOKIE = "fundtrail_language"
FLASH_COOKIE = "fundtrail_flash"
YEAR_SECONDS = 365 * 24 * 3600

PARTS = {"costs": "cost", "contributions": "contribution", "roles": "role"}
"""Read models that show parts of things, with the word for one of them."""

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def word_noun(view: str) -> str:
    """The noun whose word names one row of a read model."""
    return NOUNS.get(view) or PARTS[view]


def sees_any(found: Sight) -> bool:
    """Whether somebody with this sight could see anything at all."""
    return any(
        (found.everything, found.places, found.organisations, found.own, found.named, found.public)
    )


class Visit:
    """One request for a page."""

    def __init__(self, request: Request, *, is_nobody: bool = False) -> None:
        self.request = request
        self.house: House = house_of(request)
        self.cookie = "" if is_nobody else request.cookies.get(cookie_name(self.house), "")
        self.session = self.find_session()
        self.language, self.chosen = self.find_language()
        self.words = Words(self.language)

    def find_session(self) -> Session | None:
        """Who has signed in with the cookie of the request."""
        if not self.cookie:
            return None
        return self.house.identity.by_session(self.cookie)

    def find_language(self) -> tuple[Language, bool]:
        """The language of the page, and whether the address has just chosen it."""
        asked = self.request.query_params.get("lang", "")
        if asked in ("zh", "en"):
            return ("en" if asked == "en" else "zh"), True
        kept = self.request.cookies.get(LANGUAGE_COOKIE, "")
        if kept in ("zh", "en"):
            return ("en" if kept == "en" else "zh"), False
        return language_of(self.request.headers.get("accept-language")), False

    @property
    def principal(self) -> Principal | None:
        """The person, if anybody has signed in."""
        return self.session.principal if self.session else None

    @cached_property
    def people(self) -> dict[str, str]:
        """The name of every person; nobody's to those who have not signed in."""
        return self.house.identity.names() if self.session else {}

    def sight(self, view: str) -> Sight:
        """How much of a read model the visitor sees."""
        return sight(view, self.principal)

    def may_list(self, view: str) -> bool:
        """Whether a list could show the visitor anything."""
        found = self.sight(view)
        return sees_any(found) or bool(found.assigned)

    def needs(self) -> Session:
        """The session; 401 for whoever has not signed in."""
        if self.session is None:
            raise HTTPException(401)
        return self.session

    def plural(self, view: str) -> str:
        """The name of a list."""
        if self.language == "zh":
            return self.words.word("noun", word_noun(view))
        return view.capitalize()

    def label(self, kind: str, identifier: str, noun: str = "") -> str:
        """A word as it stands at the head of something; points are shown as whole points."""
        if kind == "field" and identifier.endswith("_milli"):
            kind = "points"
        word = self.words.word(kind, identifier, noun)
        return word[:1].upper() + word[1:]

    def local(self, moment: datetime) -> str:
        """A moment as people here write it, with the time of day."""
        here = moment.astimezone(self.house.zone)
        return f"{self.words.day(here.date())} {here:%H:%M}"

    def other_language(self) -> str:
        """The address of this page in the other language."""
        pairs = [(n, v) for n, v in self.request.query_params.multi_items() if n != "lang"]
        path = self.request.url.path if self.request.method == "GET" else "/"
        return f"{path}?{urlencode([*pairs, ('lang', 'en' if self.language == 'zh' else 'zh')])}"

    def menu(self) -> Menu:
        """The navigation."""
        return menu(self)

    def render(self, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """The page, with what every page needs."""
        page = TEMPLATES.get_template(template).render(
            _=self.words.text, visit=self, flash=self.flash(), **context
        )
        headers = {"Content-Language": self.language, "Cache-Control": "no-store"}
        response = HTMLResponse(page, status, headers)
        if self.chosen:
            response.set_cookie(
                LANGUAGE_COOKIE, self.language, max_age=YEAR_SECONDS, samesite="lax", httponly=True
            )
        if FLASH_COOKIE in self.request.cookies:
            response.delete_cookie(FLASH_COOKIE)
        return response

    def flash(self) -> str:
        """What the last page left to be said on this one."""
        kind, _, rest = self.request.cookies.get(FLASH_COOKIE, "").partition(".")
        noun, _, verb = rest.partition(".")
        if kind not in FLASHES or noun not in SEES_NOUNS:
            return ""
        return self.words.text(FLASHES[kind], verb=self.label("verb", verb, noun))


FLASHES = {
    "done": "Done: {verb}.",
    "waits": "Prepared: {verb}. It is carried out when another person approves it.",
}
SEES_NOUNS = frozenset(NOUNS[view] for view in SEES if view in NOUNS)


def visit_of(request: Request) -> Visit:
    """The visit that a request is."""
    return Visit(request)


Visiting = Annotated[Visit, Depends(visit_of)]


def check_origin(request: Request) -> None:
    """Refuses forms that another site sends; browsers say where a form stands."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin", "")
    host = request.headers.get("host", "")
    if site not in ("same-origin", "none") or (origin and urlsplit(origin).netloc != host):
        raise HTTPException(403)


def check_form(visit: Visit, token: str) -> Session:
    """Refuses forms that were not made for this session."""
    check_origin(visit.request)
    session = visit.needs()
    if not secrets.compare_digest(token.encode(), session.form_token.encode()):
        raise HTTPException(403)
    return session
