"""Somebody who uploads, for the tests of uploads and files."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path as Folder
from typing import Any

from httpx2 import Response

from infrastructure.files import FileStore
from infrastructure.uploads import UploadStore
from tests.api.surface import Surface, a_surface, problem_of
from tests.played import Path, with_fund

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = {**TUS, "Content-Type": "application/offset+octet-stream"}
PDF = b"%PDF-1.7\n" + b"0123456789" * 10


class Desk:
    """Somebody who uploads as a certain person."""

    def __init__(self, surface: Surface, path: Path) -> None:
        self.surface = surface
        self.path = path

    def begin(self, length: int, name: str = "cashier", kind: str = "application/pdf") -> Response:
        filetype = base64.b64encode(kind.encode()).decode()
        said = {**TUS, "Upload-Length": str(length), "Upload-Metadata": f"filetype {filetype}"}
        return self.surface.send("POST", "/v1/uploads", name, headers=said)

    def begun(self, length: int = len(PDF), **said: str) -> str:
        answer = self.begin(length, **said)
        assert answer.status_code == 201, answer.text
        return str(answer.headers["Location"])

    def piece(
        self, at: str, offset: int, content: bytes, name: str = "cashier", **said: str
    ) -> Any:
        headers = {**PIECE, "Upload-Offset": str(offset), **said}
        return self.surface.send("PATCH", at, name, headers=headers, content=content)

    def offset(self, at: str, name: str = "cashier") -> int:
        answer = self.surface.send("HEAD", at, name, headers=TUS)
        assert answer.status_code == 200
        return int(answer.headers["Upload-Offset"])

    def whole(self, content: bytes = PDF, **said: str) -> str:
        at = self.begun(len(content), **said)
        assert self.piece(at, 0, content).status_code == 204
        return at

    def document(self, at: str, name: str = "cashier", **said: Any) -> Response:
        fields = {"upload": at.rpartition("/")[2], "subject": f"fund:{self.path.fund}"}
        key = {"Idempotency-Key": said.pop("key")} if "key" in said else {}
        return self.surface.post("/v1/documents", name, {**fields, **said}, headers=key)


@contextmanager
def a_desk(folder: Folder) -> Iterator[Desk]:
    """A surface with folders of its own for files and uploads."""
    with a_surface(f"sqlite:///{folder / 'fundtrail.db'}") as surface:
        system = surface.district.system
        system.files = FileStore(folder / "files")
        system.uploads = UploadStore(folder / "files-uploads")
        yield Desk(surface, with_fund(surface.district))


def rule_of(answer: Response, status: int = 409) -> list[str]:
    return [error["rule"] for error in problem_of(answer, status)["errors"]]
