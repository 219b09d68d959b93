"""What is typed is kept as it is and shown as text; what nobody asked for changes nothing."""

from __future__ import annotations

import hashlib

import pytest

from api.door import LARGEST
from application.principals import Held
from tests.district import DISTRICT
from tests.security.site import FORM_KEY, HOSTILE, Site

OWN_AFFAIRS = {
    "stage": "approved",
    "version": 99,
    "actor": {"id": "person:leader", "role": "leader"},
    "roles": ["leader"],
    "recorded_at": "2020-01-01T00:00:00Z",
    "id": "of-my-choice",
    "set_aside": ["S3.cap"],
    "interests": [],
}
"""What the system says of things by itself."""

DRAFT = {"title": "普通项目"}


def applicant(site: Site) -> str:
    """A token of whoever handles the organisation's proposals."""
    return site.token("applicant", site.district.people["applicant"].held[0])


def fresh(site: Site) -> str:
    """A draft of the applicant."""
    body = {"round": site.path.round, "organisation": site.path.organisation, "title": "草稿"}
    made = site.api(applicant(site), "POST", "/v1/proposals", body)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


@pytest.mark.parametrize("name", OWN_AFFAIRS)
def test_a_field_that_is_the_systems_own_is_refused_over_the_api(site: Site, name: str) -> None:
    draft = fresh(site)
    before, head = site.api(applicant(site), "GET", f"/v1/proposals/{draft}").json(), site.head

    answer = site.api(
        applicant(site), "POST", f"/v1/proposals/{draft}/edit", {**DRAFT, name: OWN_AFFAIRS[name]}
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{name}"
    assert site.head == head
    assert site.api(applicant(site), "GET", f"/v1/proposals/{draft}").json() == before


def test_fields_of_the_systems_own_do_nothing_in_a_form(site: Site) -> None:
    draft, browser = fresh(site), site.browser()
    browser.post("/sign-in", {"token": applicant(site)})
    page = browser.get(f"/proposals/{draft}").text
    key = FORM_KEY.search(page)
    assert key
    fields = {name: str(value) for name, value in OWN_AFFAIRS.items() if name != "version"}

    answer = browser.form(
        f"/proposals/{draft}/edit", {"_key": key[1], "title": "表单", **fields}, on="/"
    )

    assert answer.status_code in (303, 422), answer.text
    after = site.api(applicant(site), "GET", f"/v1/proposals/{draft}").json()
    assert after["stage"] == "draft"
    assert after["id"] == draft
    last = site.events(f"proposal:{draft}")[-1]
    assert last.actor.id == "person:applicant"
    assert last.recorded_at.year >= 2026


def test_nobody_writes_into_a_new_person_what_they_are(site: Site) -> None:
    token = site.token("administrator", Held("administrator", DISTRICT))

    for name in ("stage", "held", "sign_ins", "password"):
        answer = site.api(token, "POST", "/v1/people", {name: "x"})
        assert answer.status_code == 422, name


def test_a_hostile_text_is_stored_verbatim_and_shown_as_text(site: Site) -> None:
    token = applicant(site)
    body = {"round": site.path.round, "organisation": site.path.organisation, "title": HOSTILE}
    made = site.api(token, "POST", "/v1/proposals", body)
    assert made.status_code == 201
    id = made.json()["id"]
    edited = site.api(
        token,
        "POST",
        f"/v1/proposals/{id}/edit",
        {"title": HOSTILE, "summary": HOSTILE, "budget": [{"line": HOSTILE, "amount": "1.00"}]},
    )
    withdrawn = site.api(token, "POST", f"/v1/proposals/{id}/withdraw", {"reason": HOSTILE})

    shown = site.api(token, "GET", f"/v1/proposals/{id}").json()
    assert shown["title"] == HOSTILE
    browser = site.browser()
    browser.post("/sign-in", {"token": token})
    for path in (f"/proposals/{id}", "/proposals", "/"):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert 'onx="1"' not in page
        assert "{{49}}" not in page
    page = browser.get(f"/proposals/{id}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{7*7}}" in page
    reasons = [record.reason for record in site.events(f"proposal:{id}")]
    if withdrawn.is_success:
        assert HOSTILE in reasons
    assert edited.is_success or edited.status_code in (409, 422)


def test_a_hostile_search_finds_nothing_and_breaks_nothing(site: Site) -> None:
    browser = site.browser()
    browser.post("/sign-in", {"token": applicant(site)})

    for parameter in ("q", "stage", "title"):
        page = browser.get("/proposals", params={parameter: HOSTILE})
        assert page.status_code < 500
        assert "<script>alert" not in page.text
    assert (
        site.api(applicant(site), "GET", "/v1/proposals", params={"q": HOSTILE}).status_code < 500
    )
    assert site.head > 0


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "a\x00b"]
)
def test_a_files_name_leads_nowhere(site: Site, name: str) -> None:
    content = f"内容 {name!r}".encode()
    answer = site.api(
        applicant(site),
        "POST",
        "/v1/documents",
        files={"file": (name, content, "text/plain")},
        data={"subject": f"proposal:{site.path.proposal}"},
    )

    assert answer.status_code == 201, answer.text
    kept = site.system.files.find(hashlib.sha256(content).hexdigest())
    assert kept is not None
    assert kept.is_relative_to(site.system.settings.files)
    got = site.api(applicant(site), "GET", f"/v1/documents/{answer.json()['id']}/content")
    assert "passwd" not in got.headers.get("content-disposition", "")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../main.py",
        "/static/%2e%2e/%2e%2e/main.py",
        "/static/..%2f..%2fmain.py",
        "/static//etc/passwd",
        "/v1/documents/..%2f..%2fetc%2fpasswd/content",
        "/v1/uploads/..%2f..%2ffundtrail.db",
        "/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    ],
)
def test_an_address_with_dots_leads_nowhere(site: Site, path: str) -> None:
    answer = site.api(applicant(site), "GET", path, headers={"tus-resumable": "1.0.0"})

    assert answer.status_code in (401, 404, 405), answer.text
    assert "import" not in answer.text
    assert "root:" not in answer.text


def test_a_body_over_the_limit_is_not_taken(site: Site) -> None:
    large, head = b'{"title": "' + b"x" * LARGEST + b'"}', site.head
    browser = site.browser()

    told = site.api(
        applicant(site),
        "POST",
        "/v1/proposals",
        content=large,
        headers={"content-type": "application/json"},
    )
    formed = browser.post("/sign-in", {"name": "x" * (LARGEST + 1), "password": "y"})

    assert (told.status_code, formed.status_code) == (413, 413)
    assert site.head == head
