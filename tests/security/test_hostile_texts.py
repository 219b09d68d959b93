"""Texts that would harm SQL, templates or pages: kept as they are typed, and shown as text."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from httpx2 import Client

from api.main import ROUTERS
from application.kinds import NOUNS
from application.permissions import PERMISSIONS
from tests.district import DISTRICT
from tests.security.site import HOSTILE, Site

LEAST = 12
"""So many commands at least have to take such a text, so that the test is one."""


def texts_of(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every text inside a value, with the way to it."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from texts_of(part, (*way, name))
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from texts_of(part, (*way, index))
    elif isinstance(value, str):
        yield way, value


def replaced(example: Any, way: tuple[Any, ...]) -> Any:
    """The example with the hostile text at one place."""
    body = copy.deepcopy(example)
    inside = body
    for step in way[:-1]:
        inside = inside[step]
    inside[way[-1]] = HOSTILE
    return body


def commands(site: Site) -> Iterator[tuple[str, str, str, Any]]:
    """Plural, verb, address and example of every command, said to a thing there is."""
    things = {
        "rounds": site.path.round,
        "proposals": site.path.proposal,
        "funds": site.path.fund,
        "organisations": site.path.organisation,
        "people": "cashier",
    }
    for module in ROUTERS:
        plural = module.router.prefix.removeprefix("/v1/")
        routes = {route.path for route in module.router.routes if "POST" in route.methods}
        for verb, example in getattr(module, "EXAMPLES", {}).items():
            head = f"/v1/{plural}"
            known = (path for path in (f"{head}/{{id}}/{verb}", f"{head}/{verb}") if path in routes)
            address = next(known, head).replace("{id}", things.get(plural, "none"))
            yield plural, verb, address, fitted(site, example)


def fitted(site: Site, example: Any) -> Any:
    """The example with the ids of things there are."""
    own = {
        "round": site.path.round,
        "organisation": site.path.organisation,
        "fund": site.path.fund,
        "place": DISTRICT,
    }
    return {name: own.get(name, value) for name, value in example.items()}


def tokens(site: Site) -> dict[str, str]:
    """A token for every role of a person, by role."""
    found: dict[str, str] = {}
    for person in site.district.people.values():
        for held in person.held:
            if held.role not in found:
                name = person.person.removeprefix("person:")
                found[held.role] = site.token(name, held)
    return found


def test_hostile_texts_are_taken_as_texts_by_every_command(own_site: Site) -> None:
    site, taken = own_site, set()
    held = tokens(site)
    with Client(base_url=site.address) as client:
        for plural, verb, address, example in commands(site):
            first = PERMISSIONS[NOUNS[plural]][verb].first
            token = next((held[role] for role in first if role in held), None)
            for way, _ in texts_of(example) if token else ():
                head = site.head
                headers = {
                    "authorization": f"Bearer {token}",
                    "idempotency-key": f"{plural}{verb}{way}".replace(" ", ""),
                }
                body = replaced(example, way)
                answer = client.post(address, json=body, headers=headers)
                assert answer.status_code < 500, (address, way, answer.text)
                if answer.is_success:
                    records = site.system.questions.behind(head, 20)
                    kept = [msgspec.json.decode(line) for _, line in records]
                    assert any(HOSTILE in text for _, text in inner(kept)), (address, way)
                    taken.add((plural, verb))
    assert len(taken) >= LEAST, sorted(taken)
    assert shown_as_text(site) >= LEAST


def inner(value: Any) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Every text of records; what waits for a second hand is JSON inside them."""
    for way, text in texts_of(value):
        yield way, text
        if text.startswith("{") and HOSTILE not in text and "DROP" in text:
            yield from texts_of(msgspec.json.decode(text))


def shown_as_text(site: Site) -> int:
    """Every list and every thing of these lists shows the text as text; how many do."""
    shown = 0
    for officer in ("fund_manager", "round_secretary", "district_officer", "administrator"):
        browser = site.browser()
        browser.client.cookies.set(
            "fundtrail_session", site.system.identity.sign_in(f"person:{officer}")
        )
        pages = {"/", "/approvals"}
        for plural in ("funds", "rounds", "organisations", "proposals", "people", "places"):
            listed = browser.get(f"/{plural}").text
            pages |= {f"/{plural}", *re.findall(rf'href="(/{plural}/[^"?#]+)"', listed)[:5]}
        for page in pages:
            answer = browser.get(page)
            assert answer.status_code in (200, 403, 404), (page, answer.status_code)
            assert "<script>" not in answer.text, page
            assert 'onx="1' not in answer.text, page
            assert "DROP TABLE events;-- 49" not in answer.text, page
            shown += "{{7*7}} ${7*7} &lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    return shown
