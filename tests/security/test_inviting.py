"""Inviting: by administrators, for whoever cannot sign in yet; the first one comes otherwise."""

from __future__ import annotations

from application.principals import Held
from tests.district import DISTRICT
from tests.security.site import Site


def test_only_an_administrator_invites_and_only_whoever_cannot_sign_in_yet(site: Site) -> None:
    person = site.person("newcomer")
    administrator = site.token("administrator", Held("administrator", DISTRICT))
    cashier = site.token("cashier", Held("cashier", DISTRICT))

    assert site.api(cashier, "POST", "/v1/invitations", {"person": person}).status_code == 403
    made = site.api(administrator, "POST", "/v1/invitations", {"person": person})
    assert made.status_code == 201
    assert site.system.credentials.invited(made.json()["secret"]) == person

    site.with_password("settled")
    again = site.api(administrator, "POST", "/v1/invitations", {"person": "person:settled"})
    assert again.status_code == 409
    assert again.json()["errors"][0]["rule"] == "sign-in.has"
    nobody = site.api(administrator, "POST", "/v1/invitations", {"person": "person:none"})
    assert nobody.status_code == 409


def test_an_administrator_invites_on_a_page(site: Site) -> None:
    boss = site.with_password("boss", Held("administrator", DISTRICT))
    person = site.person("greenhorn")

    shown = boss.form("/invitations", {"person": person})

    assert shown.status_code == 200
    secret = shown.text.split("<code>")[1].split("</code>")[0]
    assert site.system.credentials.invited(secret) == person
    assert site.with_password("clerk").get("/invitations").status_code == 403


def test_nobody_becomes_the_first_administrator_over_http(site: Site) -> None:
    token = site.token("leader", Held("leader", DISTRICT))
    body = {"roles": [{"role": "administrator", "place": DISTRICT}]}

    assert site.api(token, "POST", "/v1/people", body).status_code == 403
    assert site.api("", "POST", "/v1/people", body).status_code == 401
