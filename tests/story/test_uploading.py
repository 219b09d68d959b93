"""A large scan over a bad line: dropped three times, taken up again, and whole in the end."""

from __future__ import annotations

import base64
import hashlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from httpx2 import Client

from application.principals import Held
from tests.district import DISTRICT
from tests.story.server import a_system, serving

LENGTH = 18 * 1024 * 1024
PIECE = "application/offset+octet-stream"
PATIENCE_SECONDS = 20


@pytest.fixture
def line(sqlite_url: str, tmp_path: Path) -> Iterator[Client]:
    """A client of a real server, signed in as a fund manager who has proposed a fund."""
    with a_system(sqlite_url, tmp_path / "files") as system, serving(system) as client:
        held = Held("fund_manager", DISTRICT)
        system.admit("person:manager", "经办人", held)
        secret = system.identity.create_token("t", "person:manager", held, system.clock.now())
        client.headers.update({"Authorization": f"Bearer {secret}", "Tus-Resumable": "1.0.0"})
        yield client


def dropped(client: Client, at: str, offset: int, content: bytes, broken_off: int) -> None:
    """Sends a piece as far as the line holds, and lets the connection fall."""
    host, port = urlsplit(str(client.base_url)).netloc.split(":")
    head = [
        f"PATCH {at} HTTP/1.1", f"Host: {host}:{port}", f"Upload-Offset: {offset}",
        f"Content-Type: {PIECE}", f"Content-Length: {len(content)}", "Tus-Resumable: 1.0.0",
        f"Authorization: {client.headers['Authorization']}",
    ]  # fmt: skip
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall("\r\n".join([*head, "", ""]).encode() + content[:broken_off])


def standing(client: Client, at: str, least: int) -> int:
    """How much has come, once the server has seen that the line is broken."""
    last = time.monotonic() + PATIENCE_SECONDS
    while True:
        offset = int(client.head(at).headers["Upload-Offset"])
        probe = client.patch(at, headers={"Upload-Offset": str(offset), "Content-Type": PIECE})
        if offset >= least and probe.status_code == 204:
            return offset
        assert time.monotonic() < last, (offset, probe.status_code)
        time.sleep(0.05)


def finish(client: Client, at: str, offset: int, content: bytes) -> None:
    """Sends what is missing, with its checksum."""
    digest = base64.b64encode(hashlib.sha256(content[offset:]).digest()).decode()
    rest = client.patch(
        at, content=content[offset:],
        headers={
            "Upload-Offset": str(offset), "Content-Type": PIECE,
            "Upload-Checksum": f"sha256 {digest}",
        },
    )  # fmt: skip
    assert (rest.status_code, rest.headers["Upload-Offset"]) == (204, str(LENGTH))


def test_a_large_upload_survives_three_broken_connections(line: Client) -> None:
    content = b"%PDF-1.7\n" + Random(4).randbytes(LENGTH - 9)
    fund = line.post(
        "/v1/funds", headers={"Idempotency-Key": "1"},
        json={
            "name": "专项", "kind": "dedicated", "place": DISTRICT, "year": 2026,
            "currency": "CNY", "purposes": ["创投"], "reuse": True,
        },
    )  # fmt: skip
    assert fund.status_code == 201, fund.text
    kind = base64.b64encode(b"application/pdf").decode()
    begun = line.post(
        "/v1/uploads", headers={"Upload-Length": str(LENGTH), "Upload-Metadata": f"filetype {kind}"}
    )
    at, offset = begun.headers["Location"], 0
    for part in (5, 4, 3):
        sent = part * 1024 * 1024 + 321
        dropped(line, at, offset, content[offset:], sent)
        before, offset = offset, standing(line, at, offset + 1)
        assert before < offset <= before + sent
    finish(line, at, offset, content)

    said = {"upload": at.rpartition("/")[2], "subject": f"fund:{fund.json()['id']}"}
    stored = line.post("/v1/documents", headers={"Idempotency-Key": "2"}, json=said)
    assert stored.status_code == 201, stored.text
    document = f"/v1/documents/{stored.json()['id']}"
    assert line.get(document).json()["sha256"] == hashlib.sha256(content).hexdigest()
    assert line.get(f"{document}/content").content == content
