"""Resumable uploads: the protocol's promises, whose they are, and how many."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path as Folder

import pytest

from application.uploads import MOST_BYTES, MOST_UPLOADS
from domain.documents import LARGEST
from tests.api.surface import problem_of
from tests.api.uploading import PDF, PIECE, TUS, Desk, a_desk, rule_of


@pytest.fixture
def desk(tmp_path: Folder) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        yield desk


def test_a_server_says_what_it_speaks(desk: Desk) -> None:
    answer = desk.surface.send("OPTIONS", "/v1/uploads")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Max-Size"] == str(LARGEST)
    assert answer.headers["Tus-Extension"] == "creation,checksum,expiration,termination"
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_pieces_become_a_document(desk: Desk) -> None:
    at = desk.begun()
    assert desk.piece(at, 0, PDF[:40]).headers["Upload-Offset"] == "40"
    assert desk.offset(at) == 40
    assert desk.piece(at, 40, PDF[40:]).headers["Upload-Offset"] == str(len(PDF))

    stored = desk.document(at)
    assert stored.status_code == 201, stored.text
    one = desk.surface.get(f"/v1/documents/{stored.json()['id']}", "cashier").json()
    assert one["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert (one["media_type"], one["size"]) == ("application/pdf", len(PDF))
    content = desk.surface.get(f"/v1/documents/{stored.json()['id']}/content", "cashier")
    assert content.content == PDF


def test_a_repeated_command_about_an_upload_is_the_same_document(desk: Desk) -> None:
    at = desk.whole()
    first, again = desk.document(at, key="k1"), desk.document(at, key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert len(desk.surface.district.all("documents")) == 1


def test_an_upload_that_has_not_wholly_come_is_no_document(desk: Desk) -> None:
    at = desk.begun()
    desk.piece(at, 0, PDF[:-1])
    assert rule_of(desk.document(at)) == ["Y5.upload"]
    desk.piece(at, len(PDF) - 1, PDF[-1:])
    assert desk.document(at).status_code == 201


@pytest.mark.parametrize("offset", [1, 39, 41, 400])
def test_a_piece_begins_where_the_upload_ends(desk: Desk, offset: int) -> None:
    at = desk.begun()
    desk.piece(at, 0, PDF[:40])
    problem_of(desk.piece(at, offset, b"x"), 409)
    assert desk.offset(at) == 40


def test_more_than_was_announced_is_not_taken(desk: Desk) -> None:
    at = desk.begun(10)
    problem_of(desk.piece(at, 0, b"x" * 11), 413)
    assert desk.offset(at) == 0
    assert desk.piece(at, 0, b"x" * 10).status_code == 204


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_garbled_piece_is_thrown_away(desk: Desk, algorithm: str) -> None:
    at = desk.begun()
    digest = base64.b64encode(hashlib.new(algorithm, PDF[:40]).digest()).decode()
    said = {"Upload-Checksum": f"{algorithm} {digest}"}
    problem_of(desk.piece(at, 0, PDF[:39] + b"?", **said), 460)
    assert desk.offset(at) == 0
    assert desk.piece(at, 0, PDF[:40], **said).status_code == 204


@pytest.mark.parametrize("checksum", ["md5 AAAA", "sha1", "sha1 ???", ""])
def test_an_unknown_checksum_is_refused(desk: Desk, checksum: str) -> None:
    at = desk.begun()
    problem_of(desk.piece(at, 0, PDF, **{"Upload-Checksum": checksum}), 400)


@pytest.mark.parametrize("spoken", [None, "0.2.2", "2.0.0"])
def test_another_version_of_the_protocol_is_refused(desk: Desk, spoken: str | None) -> None:
    said = {"Tus-Resumable": spoken, "Upload-Length": "10"}
    answer = desk.surface.send("POST", "/v1/uploads", "cashier", headers=said)
    problem_of(answer, 412)
    assert answer.headers["Tus-Version"] == "1.0.0"


@pytest.mark.parametrize("length", ["", "-1", "x", "1.5", "²", "9" * 16])
def test_a_length_is_a_whole_number(desk: Desk, length: str) -> None:
    said = {**TUS, "Upload-Length": length.encode() if length else ""}
    problem_of(desk.surface.send("POST", "/v1/uploads", "cashier", headers=said), 400)


@pytest.mark.parametrize("metadata", ["a b c", "名 YQ==", "a ?", "a Y", "x" * 2_001, "a YQ==,"])
def test_metadata_that_cannot_be_read_is_refused(desk: Desk, metadata: str) -> None:
    said = {**TUS, "Upload-Length": "1", "Upload-Metadata": metadata.encode()}
    problem_of(desk.surface.send("POST", "/v1/uploads", "cashier", headers=said), 400)


def test_the_largest_file_may_be_announced_and_nothing_larger(desk: Desk) -> None:
    assert desk.begin(LARGEST).status_code == 201
    problem_of(desk.begin(LARGEST + 1), 413)


def test_a_piece_says_that_it_is_one(desk: Desk) -> None:
    at = desk.begun()
    problem_of(desk.piece(at, 0, PDF, **{"Content-Type": "application/pdf"}), 415)


def test_an_upload_is_there_for_who_began_it_and_for_nobody_else(desk: Desk) -> None:
    at = desk.whole()
    for name in ("reconciler", "administrator", "auditor"):
        problem_of(desk.piece(at, len(PDF), b"", name), 404)
        assert desk.surface.send("HEAD", at, name, headers=TUS).status_code == 404
        problem_of(desk.surface.send("DELETE", at, name, headers=TUS), 404)
    assert rule_of(desk.document(at, "reconciler")) == ["Y5.upload"]
    problem_of(desk.surface.send("PATCH", at, headers=PIECE), 401)
    assert desk.document(at).status_code == 201


@pytest.mark.parametrize(
    "id", ["..", "../files", "%2e%2e%2fetc", "A" * 32, "0" * 31, "0" * 32, "0" * 32 + ".json"]
)
def test_no_name_leads_out_of_the_folder(desk: Desk, id: str) -> None:
    desk.begun()
    answer = desk.surface.send("HEAD", f"/v1/uploads/{id}", "cashier", headers=TUS)
    assert answer.status_code in (404, 405)
    if "/" not in id:
        assert rule_of(desk.document(f"/v1/uploads/{id}")) == ["Y5.upload"]


def test_an_upload_can_be_ended(desk: Desk) -> None:
    at = desk.begun()
    assert desk.surface.send("DELETE", at, "cashier", headers=TUS).status_code == 204
    assert desk.surface.send("HEAD", at, "cashier", headers=TUS).status_code == 404
    assert list((desk.surface.district.system.uploads.folder).glob("*.part")) == []


def test_a_client_without_the_methods_says_them_in_a_header(desk: Desk) -> None:
    at = desk.begun()
    said = {**PIECE, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    answer = desk.surface.send("POST", at, "cashier", headers=said, content=PDF)
    assert answer.status_code == 204
    said = {**TUS, "X-HTTP-Method-Override": "DELETE"}
    assert desk.surface.send("POST", at, "cashier", headers=said).status_code == 204


def test_a_person_has_so_many_uploads_and_so_many_bytes_under_way(desk: Desk) -> None:
    began = [desk.begun(1) for _ in range(MOST_UPLOADS)]
    assert rule_of(desk.begin(1)) == ["upload.count"]
    assert desk.begin(1, "reconciler").status_code == 201
    desk.surface.send("DELETE", began[0], "cashier", headers=TUS)
    assert desk.begin(1).status_code == 201

    for _ in range(MOST_BYTES // LARGEST - 1):
        desk.begun(LARGEST, name="auditor")
    desk.begun(LARGEST - 1, name="auditor")
    assert rule_of(desk.begin(2, "auditor")) == ["upload.bytes"]
    assert desk.begin(1, "auditor").status_code == 201


def test_two_pieces_at_once_are_not_mixed(desk: Desk) -> None:
    at = desk.begun()
    uploads = desk.surface.district.system.uploads
    now = desk.surface.district.system.clock.now() + timedelta(seconds=1)
    upload = uploads.find(at.rpartition("/")[2], "person:cashier", now)
    assert upload is not None
    with uploads.writing(upload, 0):
        problem_of(desk.piece(at, 0, PDF), 423)
    assert desk.piece(at, 0, PDF).status_code == 204
