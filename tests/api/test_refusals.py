"""Refused commands about money: which are kept, what of them, and who may read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from api.docs import postings
from api.v1 import policies
from application.kinds import KINDS
from application.principals import Held
from application.refusals import MONEY, NOUNS
from tests.api.refusing import AWAY, FREEZE, NOBODY, Office, an_office
from tests.api.surface import problem_of
from tests.architecture.sources import modules
from tests.district import DISTRICT
from tests.web.workbench import pages

FIELDS = {"doc_no": "南财〔2026〕9号", "amount_minor": 100, "year": 2026}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("refusals")) as office:
        yield office


@pytest.fixture
def office(made: Office) -> Office:
    """The office, with nothing refused yet."""
    made.forget()
    return made


def test_whatever_posts_to_the_ledger_is_about_money() -> None:
    posting = {
        noun
        for noun, kind in KINDS.items()
        if any(postings.of_step(step) for step in kind.lifecycle.steps)
    }

    assert set(MONEY) == posting


def test_every_way_to_the_desk_notes_what_is_refused_or_leads_to_no_money() -> None:
    ways = {s.name for s in modules("api") if re.search(r"desk\.post\(|messenger\.tell\(", s.text)}
    noting = {s.name for s in modules("api") if "noting(" in s.text} - {"api/refused.py"}
    within = {"api/crossing.py", "api/demo/district.py"}
    others = {
        "api/web/files.py": "document",
        "api/web/personal.py": "person",
        "api/v1/documents.py": "document",
    }

    assert noting == {"api/v1/telling.py", "api/web/doing.py", "api/web/working.py"}
    assert ways == noting | within | others.keys()
    assert not set(NOUNS) & set(others.values())


def test_an_approval_in_the_preparers_own_hand_is_kept_and_that_of_another_is_not(
    office: Office,
) -> None:
    prepared = office.post(f"/v1/funds/{office.fund}/record-appropriation", "fund_manager", FIELDS)
    approval = prepared.json()["approval"]

    own = office.post(f"/v1/approvals/{approval}/approve", "fund_manager")
    other = office.post(f"/v1/approvals/{approval}/approve", "finance_approver")
    assert other.status_code == 200

    (row,) = office.listed()
    assert (row["person"], row["roles"]) == ("person:fund_manager", ["fund_manager"])
    assert (row["noun"], row["verb"], row["target"]) == ("approval", "approve", approval)
    assert row["rules"] == sorted({error["rule"] for error in own.json()["errors"]})
    assert (row["place"], row["count"]) == (DISTRICT, 1)
    assert row["sort"] == {403: "permission", 409: "rule"}[own.status_code]


def test_an_approval_of_something_else_is_not_kept(office: Office) -> None:
    example = policies.EXAMPLES["publish"]
    approval = office.post("/v1/policies", "district_officer", example).json()["approval"]
    problem_of(office.post(f"/v1/approvals/{approval}/approve", "fund_manager"), 403)
    problem_of(office.post(f"/v1/approvals/{NOBODY}/approve", "fund_manager"), 404)
    problem_of(office.post("/v1/places", "fund_manager", {"code": "220104", "name": "某区"}), 403)

    assert office.listed() == []


def test_a_step_of_somebody_elses_role_is_kept_with_the_role_in_which_it_was_tried(
    office: Office,
) -> None:
    for _ in range(3):
        problem_of(office.freezes("applicant"), 403)
    assert office.freezes("oversight_officer").status_code == 200
    ended = office.post(f"/v1/funds/{office.fund}/unfreeze", "leader", {"reason": "核查结束"})
    assert ended.status_code == 200

    (row,) = office.listed()
    assert (row["sort"], row["roles"], row["count"]) == ("permission", ["applicant"], 3)
    assert (row["noun"], row["verb"], row["target"]) == ("fund", "freeze", office.fund)
    assert row["place"] == DISTRICT


def test_what_a_token_is_too_narrow_for_is_kept(office: Office) -> None:
    identity, now = office.system.identity, office.system.clock.now()
    held = Held("oversight_officer", DISTRICT)
    secret = identity.create_token("narrow", "person:oversight_officer", held, now, scope=("read",))
    office.surface.secrets["narrow"] = secret

    problem_of(office.freezes("narrow"), 403)
    problem_of(office.post("/v1/places", "narrow", {}), 403)

    (row,) = office.listed()
    assert (row["rules"], row["verb"], row["target"]) == (["scope"], "freeze", office.fund)


def test_a_form_on_a_page_leaves_the_same_trace(office: Office) -> None:
    client = office.browser("cashier")
    token = client.get("/me").text.split('name="_token" value="')[1].split('"')[0]
    said = {"_token": token, "_key": "k-page-1", "_version": "", **FREEZE}

    refused = client.post(f"/funds/{office.fund}/freeze", data=said)
    unseen = client.post(f"/custody-accounts/{NOBODY}/pay-out", data=said)

    assert (refused.status_code, unseen.status_code) == (403, 404)
    second, first = office.listed()
    assert (first["person"], first["verb"], first["sort"]) == (
        "person:cashier", "freeze", "permission",
    )  # fmt: skip
    assert (second["noun"], second["target"], second["sort"]) == (
        "custody_account", NOBODY, "absence",
    )  # fmt: skip


def test_overseers_read_their_place_auditors_all_and_nobody_else_reads_any(office: Office) -> None:
    office.freezes("cashier")
    place = {"purposes": ["创投"], "name": "另一专项", "kind": "dedicated", "place": AWAY}
    more = {"year": 2026, "currency": "CNY", "reuse": True}
    office.surface.lends("manager_away", Held("cashier", AWAY))
    problem_of(office.post("/v1/funds", "manager_away", {**place, **more}), 403)
    problem_of(office.post("/v1/funds", "applicant", {**place, **more}), 403)

    whole = [
        ("person:applicant", f"{DISTRICT}006"),
        ("person:manager_away", AWAY),
        ("person:cashier", DISTRICT),
    ]
    for who, seen in [
        ("auditor", whole),
        ("oversight_officer", [whole[0], whole[2]]),
        ("watcher_away", [whole[1]]),
    ]:
        assert [(row["person"], row["place"]) for row in office.listed(who)] == seen, who
    for who in ("reviewer", "applicant", "administrator", "leader", "cashier"):
        problem = problem_of(office.surface.get("/v1/refusals", who), 403)
        assert [error["rule"] for error in problem["errors"]] == ["refusals.who"], who
    problem_of(office.surface.get("/v1/refusals"), 401)


@pytest.mark.parametrize(
    ("language", "title", "why"),
    [("zh-CN", "拒绝记录", "无权办理"), ("en", "Refused commands", "no role for it")],
)
def test_the_page_is_for_the_same_people_and_stands_in_their_menu_alone(
    office: Office, language: str, title: str, why: str
) -> None:
    office.freezes("cashier")

    for who in ("auditor", "oversight_officer"):
        client = office.browser(who, language)
        page = client.get("/refusals").text
        assert f"<h1>{title}</h1>" in page
        assert why in page
        assert f'href="/funds/{office.fund}"' in page
        assert "F7.who" in page
        assert 'href="/refusals" aria-current="true"' in page
        assert 'href="/refusals"' in client.get("/findings").text
    for who in ("reviewer", "applicant", "administrator", "leader"):
        client = office.browser(who, language)
        assert client.get("/refusals").status_code == 403
        assert 'href="/refusals"' not in client.get("/me").text + client.get("/findings").text
    strangers = pages(office.system).get("/refusals")
    assert strangers.url.path == "/sign-in"
    assert office.fund not in strangers.text


def test_the_list_goes_on_and_is_narrowed_and_says_what_it_does_not_know(office: Office) -> None:
    for who in ("cashier", "leader", "reviewer"):
        office.freezes(who)
        office.post("/v1/overrides", who, {"rule": "S6.due", "subject": "x:y", "reason": "x"})
    whole = office.listed()
    first = office.surface.get("/v1/refusals", "auditor", params={"limit": 4}).json()
    rest = office.listed(limit=4, starting_after=first["next"])

    assert first["has_more"]
    assert [*first["data"], *rest] == whole
    assert len(whole) == len({row["id"] for row in whole}) >= 5
    assert {row["noun"] for row in office.listed(noun="fund")} == {"fund"}
    assert {row["person"] for row in office.listed(person="person:leader")} == {"person:leader"}
    assert len(office.listed(target=office.fund, verb="freeze")) == 3
    assert office.listed(target=NOBODY) == []
    for wrong in ({"colour": "red"}, {"limit": "0"}, {"starting_after": "x"}):
        problem_of(office.surface.get("/v1/refusals", "auditor", params=wrong), 422)
