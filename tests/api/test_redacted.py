"""A document with a public copy: who reads which of the two files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from application.principals import Held
from tests.api.surface import Surface, a_surface, problem_of
from tests.application.refusing import refused, rules
from tests.district import District
from tests.played import Path, with_fund

ORIGINAL, COPY = b"name: Wang Fang", b"name: ------"


@pytest.fixture
def surface(sqlite_url: str) -> Iterator[Surface]:
    with a_surface(sqlite_url) as made:
        yield made


def store(path: Path, content: bytes, subject: str = "") -> str:
    """A stored file about the path's fund."""
    district = path.district
    district.system.files.put(content)
    return path.tell(
        "fund_manager", "documents", "store", sha256=hashlib.sha256(content).hexdigest(),
        media_type="text/plain", size=len(content), subject=subject or f"fund:{path.fund}",
    )  # fmt: skip


def redact(path: Path, document: str, copy: str) -> None:
    path.tell("oversight_officer", "documents", "redact", document, public_copy=copy)


def read(surface: Surface, document: str, name: str = "") -> bytes:
    """The file as somebody downloads it."""
    answer = surface.get(f"/v1/documents/{document}/content", name)
    assert answer.status_code == 200, answer.text
    return answer.content


def test_the_public_reads_the_copy_and_only_oversight_and_audit_the_original(
    surface: Surface,
) -> None:
    path = with_fund(surface.district)
    document, copy = store(path, ORIGINAL), store(path, COPY)
    problem_of(surface.get(f"/v1/documents/{document}/content"), 404)
    assert read(surface, document, "fund_manager") == ORIGINAL

    redact(path, document, copy)

    surface.lends("oversight elsewhere", Held("oversight_officer", "220103"))
    readers = ("", "applicant", "fund_manager", "leader", "oversight elsewhere")
    assert {name: read(surface, document, name) for name in readers} == dict.fromkeys(readers, COPY)
    assert read(surface, document, "oversight_officer") == ORIGINAL
    assert read(surface, document, "auditor") == ORIGINAL
    assert surface.district.system.files.read(hashlib.sha256(ORIGINAL).hexdigest()) == ORIGINAL


def test_the_public_does_not_learn_who_stored_a_redacted_document(surface: Surface) -> None:
    path = with_fund(surface.district)
    document = store(path, ORIGINAL)
    redact(path, document, store(path, COPY))
    seen = surface.get(f"/v1/documents/{document}").json()
    assert {"owner", "sha256"}.isdisjoint(seen)
    assert "owner" in surface.get(f"/v1/documents/{document}", "fund_manager").json()
    problem_of(surface.get(f"/v1/documents/{document}/timeline"), 401)


def test_a_document_is_redacted_by_the_rules_only(surface: Surface) -> None:
    district: District = surface.district
    path = with_fund(district)
    document, copy = store(path, ORIGINAL), store(path, COPY)
    elsewhere = store(path, b"other", f"organisation:{path.organisation}")
    again = store(path, ORIGINAL)
    telling = ("oversight_officer", "documents", "redact", document)
    assert rules(refused(district, *telling, public_copy=elsewhere)) == ["Y6.copy"]
    assert rules(refused(district, *telling, public_copy=again)) == ["Y6.differs"]
    assert rules(refused(district, "fund_manager", *telling[1:], public_copy=copy)) == ["Y6.who"]
    redact(path, document, copy)
    assert rules(refused(district, *telling, public_copy=copy)) == ["Y6.stage"]
