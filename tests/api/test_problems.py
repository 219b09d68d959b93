"""Every row of the table of statuses: what is wrong, said in Chinese or in English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.door import LARGEST
from api.v1 import funds
from tests.api.surface import Surface, a_surface, problem_of
from tests.district import DISTRICT
from tests.played import with_fund

FUND = funds.EXAMPLES["propose"]
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9"}


@pytest.fixture(scope="module")
def surface(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surface]:
    """A district with an open fund."""
    file = tmp_path_factory.mktemp("problems") / "fundtrail.db"
    with a_surface(f"sqlite:///{file}") as surface:
        yield surface


@pytest.fixture(scope="module")
def fund(surface: Surface) -> str:
    return with_fund(surface.district).fund


UNREADABLE = {
    "no JSON": (b'{"name": ', "不是 JSON", "no JSON: line 1, column"),
    "not UTF-8": (b'{"name": "\xff"}', "UTF-8", "not UTF-8: byte 10"),
    "a key twice": (b'{"year": 1, "year": 2}', "重复", "twice"),
    "too deep": (b"[" * 100_000, "嵌套", "nested too deeply"),
}


@pytest.mark.parametrize(("body", "zh", "en"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_body_that_cannot_be_read_is_400(surface: Surface, body: bytes, zh: str, en: str) -> None:
    typed = {"Content-Type": "application/json"}

    chinese = surface.send("POST", "/v1/funds", "fund_manager", content=body, headers=typed)
    english = surface.send(
        "POST", "/v1/funds", "fund_manager", content=body, headers={**typed, **ENGLISH}
    )

    assert zh in problem_of(chinese, 400)["detail"]
    assert en in problem_of(english, 400)["detail"]
    assert chinese.headers["Content-Language"] == "zh"
    assert english.headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    "authorization", [None, "Bearer wrong", "Bearer ", "Basic YTpi", "Bearer", ""]
)
def test_a_command_by_nobody_is_401(surface: Surface, authorization: str | None) -> None:
    answer = surface.post("/v1/funds", fields=FUND, headers={"Authorization": authorization})

    assert problem_of(answer, 401)["code"] == "not-signed-in"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_wrong_token_is_401_even_where_anybody_may_read(surface: Surface) -> None:
    problem_of(surface.get("/v1/funds", headers={"Authorization": "Bearer wrong"}), 401)


def test_a_revoked_token_is_401(surface: Surface) -> None:
    identity, now = surface.district.system.identity, surface.district.system.clock.now()
    assert surface.get("/v1/balances", "observer").status_code == 200

    assert identity.revoke_token("observer", now)

    problem_of(surface.get("/v1/balances", "observer"), 401)


def test_a_command_in_the_wrong_role_is_403_and_names_the_right_one(
    surface: Surface, fund: str
) -> None:
    chinese = surface.post(f"/v1/funds/{fund}/start-closing", "cashier")
    english = surface.post(f"/v1/funds/{fund}/start-closing", "cashier", headers=ENGLISH)

    (reason,) = problem_of(chinese, 403)["errors"]
    assert reason["rule"] == "F11.who"
    assert "财务审批人" in reason["message"]
    assert "finance approver" in problem_of(english, 403)["detail"]


def test_books_in_the_wrong_role_are_403_and_name_the_right_ones(surface: Surface) -> None:
    problem = problem_of(surface.get("/v1/events", "cashier", headers=ENGLISH), 403)

    assert "auditor" in problem["detail"]


def test_a_thing_that_is_not_there_is_404(surface: Surface) -> None:
    for answer in (
        surface.get("/v1/funds/nowhere", "auditor"),
        surface.get("/v1/funds/nowhere/timeline", "auditor"),
        surface.get("/v1/funds/nowhere/actions", "auditor"),
        surface.post("/v1/funds/nowhere/start-closing", "finance_approver"),
        surface.get("/v1/cats", "auditor"),
        surface.get("/nowhere"),
    ):
        assert problem_of(answer, 404)["code"] == "not-found"


def test_what_a_command_names_and_is_not_there_is_404_with_its_place(surface: Surface) -> None:
    answer = surface.post(
        "/v1/panels",
        "round_secretary",
        {"round": "nowhere", "pool_id": "nowhere", "pool_version": 1, "size": 1},
    )

    assert [error["pointer"] for error in problem_of(answer, 404)["errors"]] == ["/round"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_method_that_an_address_does_not_take_is_405(
    surface: Surface, fund: str, method: str
) -> None:
    answer = surface.send(method, f"/v1/funds/{fund}", "fund_manager")

    assert problem_of(answer, 405)["code"] == "method"
    assert answer.headers["Allow"] == "GET"


def test_an_address_of_two_methods_names_both(surface: Surface) -> None:
    answer = surface.send("DELETE", "/v1/funds", "fund_manager")

    assert problem_of(answer, 405)["code"] == "method"
    assert answer.headers["Allow"] == "GET, POST"


def test_what_the_rules_refuse_is_409_with_rule_and_sentence(surface: Surface, fund: str) -> None:
    chinese = surface.post(f"/v1/funds/{fund}/open", "finance_approver")
    english = surface.post(f"/v1/funds/{fund}/open", "finance_approver", headers=ENGLISH)

    (reason,) = problem_of(chinese, 409)["errors"]
    assert reason["rule"] == "F1.stage"
    assert "资金" in reason["message"]
    assert problem_of(english, 409)["errors"][0]["message"].startswith("Fund in stage")


def test_a_refusal_gives_all_its_reasons_at_once(surface: Surface, fund: str) -> None:
    wrong = {**APPROPRIATION, "year": 2025, "doc_no": "南财〔2026〕1号"}

    answer = surface.post(f"/v1/funds/{fund}/record-appropriation", "fund_manager", wrong)

    found = [(error["rule"], error["pointer"]) for error in problem_of(answer, 409)["errors"]]
    assert found == [("F2.document", "/doc_no"), ("F2.year", "/year")]


APPROPRIATION = {"doc_no": "南财〔2026〕2号", "amount": "1.00", "year": 2026}


def test_a_version_that_is_not_current_is_412_and_says_which_is(
    surface: Surface, fund: str
) -> None:
    current = surface.get(f"/v1/funds/{fund}", "auditor").headers["ETag"]

    stale = surface.post(
        f"/v1/funds/{fund}/record-appropriation",
        "fund_manager",
        APPROPRIATION,
        headers={"If-Match": '"1"'},
    )

    assert problem_of(stale, 412)["code"] == "stale"
    assert stale.headers["ETag"] == current


def test_a_body_that_is_too_large_is_413(surface: Surface) -> None:
    answer = surface.post("/v1/funds", "fund_manager", {**FUND, "name": "大" * LARGEST})

    problem_of(answer, 413)


@pytest.mark.parametrize("media", ["text/plain", "application/xml", "multipart/form-data", "", "é"])
def test_a_body_that_is_no_json_by_its_type_is_415(surface: Surface, media: str) -> None:
    typed = {"Content-Type": media.encode("latin-1")}

    answer = surface.send("POST", "/v1/funds", "fund_manager", content=b"{}", headers=typed)

    problem_of(answer, 415)


def test_fields_that_do_not_fit_are_422_each_with_its_place(surface: Surface) -> None:
    wrong: dict[str, Any] = {**FUND, "year": "2026", "purposes": [1, "b"], "place": "1", "x/y": 1}
    del wrong["kind"]

    problem = problem_of(surface.post("/v1/funds", "fund_manager", wrong, headers=ENGLISH), 422)

    places = [error["pointer"] for error in problem["errors"]]
    assert sorted(places) == ["/kind", "/place", "/purposes/0", "/x~1y", "/year"]
    assert "This is missing." in problem["detail"]


@pytest.mark.parametrize(
    "text", ["1654646400", "20260331", "2026-3-31", "2026-03-31 ", "٢٠٢٦-٠٣-٣١"]
)
@pytest.mark.parametrize(("verb", "field"), [("edit", "ends"), ("take-back", "effective_at")])
def test_a_day_or_moment_that_is_not_written_as_one_is_422(
    surface: Surface, verb: str, field: str, text: str
) -> None:
    """A bare number would otherwise be read as seconds since 1970."""
    answer = surface.post(f"/v1/proposals/nowhere/{verb}", "applicant", {field: text})

    assert [error["pointer"] for error in problem_of(answer, 422)["errors"]] == [f"/{field}"]


def test_a_command_without_a_key_is_428(surface: Surface) -> None:
    answer = surface.post("/v1/funds", "fund_manager", FUND, headers={"Idempotency-Key": None})

    assert problem_of(answer, 428)["code"] == "key-missing"


@pytest.mark.parametrize("key", ["", "a b", "é".encode(), "x" * 256])
def test_a_key_that_cannot_be_kept_is_422(surface: Surface, key: str | bytes) -> None:
    answer = surface.post("/v1/funds", "fund_manager", FUND, headers={"Idempotency-Key": key})

    assert problem_of(answer, 422)["errors"][0]["rule"] == "idempotency"


def test_a_key_that_comes_again_with_another_command_is_422(surface: Surface) -> None:
    used = {"Idempotency-Key": "used"}
    assert surface.post("/v1/funds", "fund_manager", FUND, headers=used).status_code == 201

    answer = surface.post(
        "/v1/funds", "fund_manager", {**FUND, "place": f"{DISTRICT}006"}, headers=used
    )

    assert problem_of(answer, 422)["code"] == "key-reused"
    assert surface.post("/v1/funds", "fund_manager", FUND, headers=used).status_code == 201
