"""Personal data over HTTP: who may keep, read and correct them, and who learns of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from application.decide import Sent
from application.people import RecordSignIn
from application.principals import CLOCK, Grounds
from tests.api.keeping import ADDRESS, NAME, PHONE, WHOLE, an_office, kept, read, rules
from tests.api.surface import Surface, problem_of


@pytest.fixture
def surface(sqlite_url: str, tmp_path: Path) -> Iterator[Surface]:
    with an_office(sqlite_url, tmp_path / "files") as surface:
        yield surface


def test_the_administrator_keeps_and_reads_and_the_person_and_the_auditor_learn_of_it(
    surface: Surface,
) -> None:
    kept(surface)

    assert read(surface) == {"person": "person:reviewer", **WHOLE}

    mine, changed = surface.get("/v1/people/me/reads", "reviewer").json()["data"]
    assert (changed["reader"], changed["purpose"]) == ("person:administrator", "kept")
    assert mine["reader"] == "person:administrator"
    assert (mine["person"], mine["purpose"]) == ("person:reviewer", "核对发票")
    assert mine["fields"] == ["name", "phone", "id_number", "notes"]
    assert surface.get("/v1/people/reads", "auditor").json()["data"] == [mine, changed]
    assert surface.get("/v1/people/me/reads", "leader").json() == {"data": []}


@pytest.mark.parametrize("who", ["leader", "fund_manager", "district_officer", "auditor"])
def test_a_curious_officer_gets_no_phone_and_it_is_not_told_to_them_who_read_it(
    surface: Surface, who: str
) -> None:
    kept(surface)
    problem_of(surface.get(ADDRESS, who, params={"purpose": "看看"}), 403)
    problem_of(surface.send("PUT", ADDRESS, who, json=WHOLE), 403)
    if who != "auditor":
        problem_of(surface.get("/v1/people/reads", who), 403)
    problem_of(surface.get(ADDRESS, params={"purpose": "看看"}), 401)
    noted = surface.get("/v1/people/reads", "auditor").json()["data"]
    assert [one["purpose"] for one in noted] == ["kept"]


def test_whoever_reads_says_what_for(surface: Surface) -> None:
    kept(surface)
    for purpose in ("", "  ", "x" * 201):
        answer = surface.get(ADDRESS, "administrator", params={"purpose": purpose})
        problem_of(answer, 422)
        assert rules(answer) == ["vault.purpose"]
    noted = surface.get("/v1/people/reads", "auditor").json()["data"]
    assert [one["purpose"] for one in noted] == ["kept"]


def test_people_correct_how_they_are_reached_and_no_more(surface: Surface) -> None:
    kept(surface)
    path = "/v1/people/me/personal"
    answer = surface.send("PUT", path, "reviewer", json={"phone": "0431-85550000"})
    assert answer.status_code == 204
    assert surface.get(path, "reviewer").json()["phone"] == "0431-85550000"
    assert surface.get(path, "reviewer").json()["name"] == NAME
    for other in ({"name": "别人"}, {"id_number": "1"}, {"notes": ""}):
        problem_of(surface.send("PUT", path, "reviewer", json=other), 422)
    assert {one["reader"] for one in surface.get("/v1/people/me/reads", "reviewer").json()["data"]}


def test_nobody_keeps_anything_of_somebody_who_was_never_let_in_or_was_erased(
    surface: Surface,
) -> None:
    kept(surface)
    nobody = surface.send("PUT", "/v1/people/nobody/personal", "administrator", json=WHOLE)
    problem_of(nobody, 404)
    fields = {"authority_ref": "〔2026〕3号"}
    assert surface.post("/v1/people/reviewer/erase", "administrator", fields).status_code == 200
    surface.district.system.tick()
    answer = surface.send("PUT", ADDRESS, "administrator", json=WHOLE)
    problem_of(answer, 409)
    assert rules(answer) == ["vault.erased"]


def test_nothing_personal_goes_into_records_receipts_errors_or_logs(
    surface: Surface, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    kept(surface)
    read(surface)
    wrong = surface.send("PUT", ADDRESS, "administrator", json={**WHOLE, "telephone": PHONE})
    assert PHONE not in problem_of(wrong, 422)["detail"]
    questions = surface.district.system.questions
    assert PHONE.encode() not in b"".join(line for _, line in questions.behind(0, 10_000))
    assert NAME not in caplog.text
    assert PHONE not in caplog.text
    content = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert PHONE.encode() not in content


@pytest.mark.parametrize("verb", ["consent", "withdraw-consent"])
def test_people_consent_for_themselves_alone(surface: Surface, verb: str) -> None:
    given = {"purpose": "contact", "version": "2026-1"}
    fields = given if verb == "consent" else {"purpose": "contact"}
    if verb == "withdraw-consent":
        assert surface.post("/v1/people/reviewer/consent", "reviewer", given).status_code == 200
    row = "J8" if verb == "consent" else "J9"
    for other in ("administrator", "leader"):
        answer = surface.post(f"/v1/people/reviewer/{verb}", other, fields)
        problem_of(answer, 409)
        assert rules(answer) == [f"{row}.self"]
    assert surface.post(f"/v1/people/reviewer/{verb}", "reviewer", fields).status_code == 200
    again = surface.post(f"/v1/people/reviewer/{verb}", "reviewer", fields)
    assert rules(again) == ["J8.once" if verb == "consent" else "J9.given"]
    consents = surface.get("/v1/people/me", "reviewer").json()["consents"]
    assert [one["purpose"] for one in consents] == (["contact"] if verb == "consent" else [])


def test_a_new_version_of_a_consent_takes_the_place_of_the_older_one(surface: Surface) -> None:
    for version in ("2026-1", "2026-2"):
        fields = {"purpose": "contact", "version": version}
        assert surface.post("/v1/people/reviewer/consent", "reviewer", fields).status_code == 200
    (consent,) = surface.get("/v1/people/me", "reviewer").json()["consents"]
    assert consent == {"purpose": "contact", "version": "2026-2", "day": "2026-03-02"}


def test_papers_about_somebody_are_closed_when_they_are_erased_and_their_keepers_see_them(
    surface: Surface,
) -> None:
    file = ("身份证.txt", "某某的证件".encode(), "text/plain")
    subject = {"subject": "person:reviewer"}
    told = surface.send(
        "POST", "/v1/documents", "administrator", files={"file": file}, data=subject
    )
    document = told.json()["id"]
    path = f"/v1/documents/{document}"
    assert surface.get(path, "administrator").status_code == 200
    fields = {"authority_ref": "〔2026〕3号"}

    assert surface.post("/v1/people/reviewer/erase", "administrator", fields).status_code == 200

    problem_of(surface.get(path, "administrator"), 404)
    problem_of(surface.get(f"{path}/content", "leader"), 404)
    found = surface.get(path, "auditor").json()
    assert (found["stage"], found["kept_until"]) == ("closed", "2056-12-31")
    assert surface.get(f"{path}/content", "auditor").status_code == 200


def test_oversight_closes_a_document_by_an_authority_and_nobody_else_does(
    surface: Surface,
) -> None:
    file = ("证明.txt", "证明".encode(), "text/plain")
    subject = {"subject": "place:220102"}
    surface.post("/v1/places", "administrator", {"code": "220102", "name": "南关区"})
    told = surface.send("POST", "/v1/documents", "leader", files={"file": file}, data=subject)
    path = f"/v1/documents/{told.json()['id']}"
    fields = {"reason": "涉及个人信息"}
    problem_of(surface.post(f"{path}/close", "leader", fields), 403)
    answer = surface.post(f"{path}/close", "oversight_officer", fields)
    assert rules(answer) == ["Y7.authority"]
    fields["authority_ref"] = "〔2026〕4号"
    assert surface.post(f"{path}/close", "oversight_officer", fields).status_code == 200
    problem_of(surface.get(path, "leader"), 404)
    assert surface.get(path, "oversight_officer").status_code == 200


def test_a_sign_in_is_recorded_of_a_person_who_is_erased_never_again(surface: Surface) -> None:
    district = surface.district
    grounds = Grounds(authority_ref="〔2026〕3号")
    district.tell("administrator", "people", "erase", "reviewer", grounds=grounds)
    command = RecordSignIn(method="token")
    sent = Sent(noun="person", verb="sign-in", command=command, by=CLOCK, id="reviewer")
    with pytest.raises(Exception, match="erased"):
        district.system.desk.send(sent)
