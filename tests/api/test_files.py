"""Files: what they are by their bytes, to whom they are served and how, and when they go."""

from __future__ import annotations

import hashlib
import io
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path as Folder
from typing import Any

import openpyxl
import pytest
from httpx2 import Response

from domain.documents import TYPES
from infrastructure.sniffing import OFFICE
from infrastructure.sweep import sweep
from tests.api.neighbours import Neighbourhood, a_neighbourhood
from tests.api.surface import a_surface, problem_of
from tests.api.uploading import PDF, TUS, Desk, a_desk, rule_of

WORD, SHEET = f"{OFFICE}wordprocessingml.document", f"{OFFICE}spreadsheetml.sheet"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0"


@pytest.fixture
def desk(tmp_path: Folder) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        yield desk


def workbook() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


DOCUMENT = archive("[Content_Types].xml", "word/document.xml")

TRUE = [
    (PDF, "application/pdf"),
    (PNG, "image/png"),
    (JPEG, "image/jpeg"),
    ("姓名,金额\n张三,1\n".encode("gb18030"), "text/csv"),
    ("BMW 捐赠一台车".encode(), "text/plain"),
    (workbook(), SHEET),
    (DOCUMENT, WORD),
]
FALSE = [
    (PDF, "image/png"),
    (PNG, "application/pdf"),
    (JPEG, "text/plain"),
    (workbook(), WORD),
    (DOCUMENT, SHEET),
    (archive("xl/workbook.xml", "xl/vbaProject.bin"), SHEET),
    (archive("evil.exe"), WORD),
    (b"PK\x03\x04 broken", WORD),
    (b"MZ\x90\x00\x03\x00", "application/pdf"),
    (b"<!DOCTYPE html><script>alert(1)</script>", "text/plain"),
    (b"<?xml version='1.0'?><svg onload='x'/>", "text/plain"),
    (b"#!/bin/sh\nrm -rf x\n", "text/plain"),
    (b"\x00\x01\x02", "text/csv"),
]


def as_form(desk: Desk, content: bytes, kind: str) -> Response:
    return desk.surface.send(
        "POST", "/v1/documents", "cashier", data={"subject": f"fund:{desk.path.fund}"},
        files={"file": ("a", content, kind)},
    )  # fmt: skip


@pytest.mark.parametrize(("content", "kind"), TRUE, ids=[kind for _, kind in TRUE])
def test_a_file_that_is_what_it_says_is_stored(desk: Desk, content: bytes, kind: str) -> None:
    assert as_form(desk, content, kind).status_code == 201
    assert desk.document(desk.whole(content, kind=kind)).status_code == 201


@pytest.mark.parametrize(("content", "kind"), FALSE)
def test_a_file_that_is_not_what_it_says_is_refused_and_not_kept(
    desk: Desk, content: bytes, kind: str
) -> None:
    assert rule_of(as_form(desk, content, kind)) == ["Y5.kind"]
    assert rule_of(desk.document(desk.whole(content, kind=kind))) == ["Y5.kind"]
    assert desk.surface.district.system.files.find(hashlib.sha256(content).hexdigest()) is None
    assert desk.surface.district.all("documents") == []


def test_every_kind_that_may_be_stored_is_tried() -> None:
    assert {kind for _, kind in TRUE} == set(TYPES)


def test_a_kind_that_is_not_stored_is_named_as_such(desk: Desk) -> None:
    assert rule_of(as_form(desk, b"x", "application/x-msdownload")) == ["Y5.type"]


def stored(desk: Desk) -> str:
    answer = desk.document(desk.whole())
    assert answer.status_code == 201, answer.text
    return f"/v1/documents/{answer.json()['id']}/content"


def test_a_file_is_a_download_that_no_browser_guesses_at(desk: Desk) -> None:
    answer = desk.surface.get(stored(desk), "cashier")
    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["ETag"] == f'"{hashlib.sha256(PDF).hexdigest()}"'


def test_a_file_that_the_caller_has_is_not_sent_again(desk: Desk) -> None:
    at = stored(desk)
    tag = desk.surface.get(at, "cashier").headers["ETag"]
    again = desk.surface.get(at, "cashier", headers={"If-None-Match": tag})
    other = desk.surface.get(at, "cashier", headers={"If-None-Match": '"other"'})
    assert (again.status_code, again.content) == (304, b"")
    assert (other.status_code, other.content) == (200, PDF)


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [("bytes=0-8", 206, PDF[:9]), ("bytes=-10", 206, PDF[-10:]), ("bytes=9999-", 416, None)],
)
def test_a_part_of_a_file_is_sent(desk: Desk, asked: str, status: int, content: Any) -> None:
    answer = desk.surface.get(stored(desk), "cashier", headers={"Range": asked})
    assert answer.status_code == status
    if content is not None:
        assert answer.content == content


def test_an_upload_expires_and_is_swept(desk: Desk) -> None:
    system = desk.surface.district.system
    old = desk.begun()
    desk.surface.district.wait(hours=23)
    new = desk.begun()
    assert desk.offset(old) == 0
    desk.surface.district.wait(hours=1)
    assert desk.surface.send("HEAD", old, "cashier", headers=TUS).status_code == 404
    assert sweep(system).uploads == 1
    assert desk.offset(new) == 0
    assert len(list(system.uploads.folder.glob("*.part"))) == 1


def test_a_sweep_takes_what_no_event_names_after_a_day_and_nothing_else(desk: Desk) -> None:
    system = desk.surface.district.system
    named = desk.document(desk.whole())
    refused = desk.document(desk.whole(PDF + b"1"), subject="fund:none")
    problem_of(refused, 404)
    cited = system.files.put(b"cited as evidence only")
    grounds = {"evidence": [{"document": "d:1", "sha256": cited}]}
    frozen = {"decision": "1", "reason": "x", **grounds}
    answer = desk.surface.post(f"/v1/funds/{desk.path.fund}/freeze", "oversight_officer", frozen)
    assert answer.status_code == 200, answer.text
    files = [path for path in system.files.folder.glob("??/??/*") if path.is_file()]
    assert len(files) == 3
    assert sweep(system).files == 0
    yesterday = time.time() - 25 * 3_600
    for path in files:
        os.utime(path, (yesterday, yesterday))
    again = system.files.put(PDF + b"1")
    assert sweep(system).files == 0
    os.utime(system.files.path_of(again), (yesterday, yesterday))
    assert sweep(system).files == 1
    assert system.files.find(again) is None
    assert system.files.find(cited) is not None
    content = desk.surface.get(f"/v1/documents/{named.json()['id']}/content", "cashier")
    assert content.content == PDF


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbourhood]:
    file = tmp_path_factory.mktemp("files") / "fundtrail.db"
    with a_surface(f"sqlite:///{file}") as surface:
        yield a_neighbourhood(surface)


def content_of(town: Neighbourhood, subject: str, who: str) -> str:
    answer = town.surface.send(
        "POST", "/v1/documents", who, data={"subject": subject},
        files={"file": ("a.pdf", PDF, "application/pdf")},
    )  # fmt: skip
    assert answer.status_code == 201, answer.text
    return f"/v1/documents/{answer.json()['id']}/content"


def test_a_file_is_served_to_those_who_may_see_its_thing(town: Neighbourhood) -> None:
    at = content_of(town, f"proposal:{town.ours}", "ours_applicant")
    reviewers = ("reviewer", "second_reviewer")
    for name in ("ours_applicant", "ours_legal", "officer", "auditor", *reviewers):
        assert town.surface.get(at, name).content == PDF
    for name in ("theirs_applicant", "theirs_legal", "next_officer"):
        problem_of(town.surface.get(at, name), 404)
    problem_of(town.surface.get(at), 404)


def test_a_file_of_a_fund_is_not_for_applicants_or_reviewers(town: Neighbourhood) -> None:
    at = content_of(town, f"fund:{town.fund}", "officer")
    assert town.surface.get(at, "officer").status_code == 200
    for name in ("ours_applicant", "theirs_applicant", "reviewer", ""):
        problem_of(town.surface.get(at, name), 404)
