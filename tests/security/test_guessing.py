"""Guesses: stopped soon, told when to come again, and no weapon against whoever is guessed at."""

from __future__ import annotations

from limits import parse

from application.principals import Held
from tests.district import DISTRICT
from tests.security.site import Browser, Site


def test_guesses_are_limited_and_the_right_password_still_works_from_elsewhere(
    site: Site,
) -> None:
    site.with_password("guessed")
    guesser = site.browser("203.0.113.9")

    answers = [guesser.sign_in("guessed", f"wrong guess {n}") for n in range(12)]

    assert [answer.status_code for answer in answers] == [422] * 10 + [429] * 2
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 15 * 60
    assert "Nothing is locked" in answers[-1].text
    assert guesser.sign_in("guessed").status_code == 429
    assert site.browser("203.0.113.10").sign_in("guessed").status_code == 303


def test_guesses_from_many_addresses_are_limited_by_name(site: Site) -> None:
    site.with_password("besieged")
    guesser, said = site.browser(), {"name": "besieged", "password": "a wrong guess"}

    codes = [
        guesser.post("/sign-in", said, headers={"x-forwarded-for": f"198.51.100.{n}"}).status_code
        for n in range(101)
    ]

    assert codes == [422] * 100 + [429]


def test_one_password_tried_for_many_names_is_limited_by_address(site: Site) -> None:
    sprayer = site.browser("203.0.113.77")

    codes = [sprayer.sign_in(f"name{n}", "summer sunshine").status_code for n in range(61)]

    assert codes == [422] * 60 + [429]


def test_wrong_tokens_are_limited_too(site: Site) -> None:
    guesser: Browser = site.browser("203.0.113.11")

    codes = [guesser.post("/sign-in", {"token": f"guess{n}"}).status_code for n in range(11)]

    assert codes == [422] * 10 + [429]


def test_commands_are_limited_by_token(site: Site) -> None:
    token = site.token("cashier", Held("cashier", DISTRICT))
    other = site.token("leader", Held("leader", DISTRICT))
    site.system.limits.rates["command"] = parse("3 per minute")

    codes = [site.api(token, "POST", "/v1/funds/none/open").status_code for _ in range(4)]
    last = site.api(token, "POST", "/v1/funds/none/open")

    assert codes == [404, 404, 404, 429]
    assert last.headers["content-type"] == "application/problem+json"
    assert int(last.headers["retry-after"]) >= 1
    assert site.api(token, "GET", "/v1/funds").status_code == 200
    assert site.api(other, "POST", "/v1/funds/none/open").status_code == 404
