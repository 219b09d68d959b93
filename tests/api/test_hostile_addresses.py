"""Whatever stands in an address, a parameter, a header or an uploaded form is answered properly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from application.kinds import PLURALS
from domain.documents import LARGEST
from tests.api.attacked import World, a_world, assert_none
from tests.api.everyone import Direct
from tests.api.hostile import HEADERS, IDS, NAMES, TEXTS, operations
from tests.api.surface import problem_of
from tests.played_to_end import with_costs_accepted

LONG = "/v1/events"
"""Waits for news where there are none, so only positions with news are asked for."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A district in the middle of a grant."""
    file = tmp_path_factory.mktemp("addresses") / "fundtrail.db"
    with a_world(f"sqlite:///{file}", with_costs_accepted) as world:
        yield world


def all_addresses(world: World) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of everything the server answers."""
    for path, method, operation in operations(world.direct.app.openapi()):
        yield method, path, operation


def test_an_id_that_is_none_is_not_found(world: World) -> None:
    """Of each noun its questions, and one command for all of them, which are read alike."""
    shapes = {
        (method, path)
        for method, path, _ in all_addresses(world)
        if "{id}" in path and (method == "GET" or path.startswith("/v1/approvals"))
    }
    assert_none(
        world.fault(method, path.replace("{id}", id), id, content=body_of(method))
        for method, path in sorted(shapes)
        for id in IDS
    )


def body_of(method: str) -> bytes | None:
    return b"{}" if method == "POST" else None


@pytest.mark.parametrize("nouns", [*PLURALS.values(), "costs", "contributions"])
def test_a_filter_that_is_none_is_refused_or_finds_nothing(world: World, nouns: str) -> None:
    """Columns of one kind are compared alike, so one of each kind is tried."""
    questions = world.direct.path.district.system.questions
    columns = {column.kind: column.name for column in questions.columns(nouns)}.values()
    assert_none(
        world.fault("GET", f"/v1/{nouns}?{name}={value}", "a parameter")
        for name in (*columns, "limit", "starting_after", "q", "none", "%00", "facts")
        for value in TEXTS
    )


@pytest.mark.parametrize("name", ["as_of", "known_at", "fund", "grant", "none"])
def test_a_moment_that_is_none_is_refused(world: World, name: str) -> None:
    moments = (*TEXTS, "position:", "position:-1", "position:٣", "position:9" + "9" * 30,
               "0000-01-01", "9999-12-31", "0001-01-01T00:00:00%2B23:59", "2026-02-30",
               "2026-01-01T00:00:00", "2026-W01-1", "20260101", "position:1,2")  # fmt: skip
    round = world.ids["rounds"]
    assert_none(
        world.fault("GET", f"{path}?{name}={moment}", "a moment")
        for path in ("/v1/balances", f"/v1/rounds/{round}/timeline")
        for moment in moments
    )


def test_a_position_that_is_none_is_refused(world: World) -> None:
    assert_none(world.fault("GET", f"{LONG}?after={text}", "a position") for text in TEXTS[1:])
    problem_of(world.direct.send("GET", f"{LONG}?after=-1"), 422)


@pytest.mark.parametrize("header", NAMES)
def test_a_header_that_is_none_is_refused_or_ignored(world: World, header: str) -> None:
    fund, review = world.ids["funds"], world.ids["reviews"]
    assert_none(
        world.fault(method, path, f"{header}: {value!r}", headers={header: value}, content=b"{}")
        for method, path in (
            ("POST", "/v1/funds"),
            ("POST", f"/v1/funds/{fund}/start-closing"),
            ("POST", f"/v1/reviews/{review}/lock"),
            ("POST", "/v1/documents"),
            ("GET", f"/v1/funds/{fund}"),
            ("GET", f"/v1/funds/{fund}/actions"),
            ("GET", "/v1/balances"),
        )
        for value in HEADERS
    )


def form(*parts: bytes, boundary: bytes = b"B") -> dict[str, Any]:
    """A form of these parts, as it is sent."""
    body = b"".join(b"--B\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts)
    typed = {"Content-Type": b"multipart/form-data; boundary=" + boundary}
    return {"content": body + b"--B--\r\n", "headers": typed}


def file_of(content: bytes, kind: bytes = b"text/plain") -> bytes:
    return b'name="file"; filename="a.txt"\r\nContent-Type: ' + kind + b"\r\n\r\n" + content


def subject_of(world: World, prefix: str = "fund:") -> bytes:
    return f'name="subject"\r\n\r\n{prefix}{world.ids["funds"]}'.encode()


def test_a_form_that_is_whole_is_stored(world: World) -> None:
    answer = world.direct.send("POST", "/v1/documents", **form(file_of(b"x"), subject_of(world)))

    assert answer.status_code == 201, answer.text
    content = world.direct.send("GET", answer.headers["Location"] + "/content")
    assert (content.content, content.headers["Content-Disposition"]) == (b"x", "attachment")


FORMS = {
    "no file": (422, lambda w: form(subject_of(w)), "/file"),
    "no subject": (422, lambda w: form(file_of(b"x")), "/subject"),
    "an empty file": (409, lambda w: form(file_of(b""), subject_of(w)), "/size"),
    "a page": (409, lambda w: form(file_of(b"x", b"text/html"), subject_of(w)), "/media_type"),
    "an odd kind": (422, lambda w: form(file_of(b"x", b"a\x01b"), subject_of(w)), "/media_type"),
    "no kind": (422, lambda w: form(file_of(b"x", b""), subject_of(w)), "/media_type"),
    "another noun": (409, lambda w: form(file_of(b"x"), subject_of(w, "cat:")), "/subject"),
    "no thing": (404, lambda w: form(file_of(b"x"), subject_of(w, "fund:9")), "/subject"),
    "NUL": (422, lambda w: form(file_of(b"x"), subject_of(w, "fund:\0")), "/subject"),
    "not UTF-8": (404, lambda w: form(file_of(b"x"), subject_of(w) + b"\xff"), "/subject"),
    "long": (422, lambda w: form(file_of(b"x"), subject_of(w) + b"x" * 200), "/subject"),
    "two files": (400, lambda w: form(file_of(b"x"), file_of(b"y"), subject_of(w)), None),
    "no form": (400, lambda w: form() | {"content": b"nothing of the kind"}, None),
    "another boundary": (400, lambda w: form(file_of(b"x"), boundary=b"C"), None),
    "an odd boundary": (400, lambda w: form(file_of(b"x"), boundary=b'"\xff'), None),
    "no boundary": (
        400,
        lambda w: form() | {"headers": {"Content-Type": "multipart/form-data"}},
        None,
    ),
    "too large": (413, lambda w: form(file_of(b"x" * (LARGEST + 1)), subject_of(w)), None),
    "far too large": (413, lambda w: form(file_of(b"x" * LARGEST * 2), subject_of(w)), None),
}


@pytest.mark.parametrize(("status", "sent", "pointer"), FORMS.values(), ids=FORMS)
def test_a_form_that_is_not_is_refused(
    world: World, status: int, sent: Any, pointer: str | None
) -> None:
    before = world.direct.position

    problem = problem_of(world.direct.send("POST", "/v1/documents", **sent(world)), status)

    assert world.direct.position == before
    assert pointer is None or [error["pointer"] for error in problem["errors"]] == [pointer]


@pytest.mark.parametrize("charset", ["utf-16", "idna", "base64", "none", "\\", '"'])
def test_a_form_of_an_odd_charset_is_answered(world: World, charset: str) -> None:
    sent = form(file_of(b"x"), subject_of(world), boundary=f"B; charset={charset}".encode())

    assert_none([world.fault("POST", "/v1/documents", charset, **sent)])


def test_nothing_is_read_from_somebody_unknown(world: World) -> None:
    direct: Direct = world.direct
    sent = form(file_of(b"x"), subject_of(world))
    sent["headers"]["Authorization"] = "Bearer nobody"

    problem_of(direct.send("POST", "/v1/documents", **sent), 401)
