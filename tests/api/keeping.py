"""An office in which personal data of a reviewer are kept and read, for the tests of that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from infrastructure.files import FileStore
from tests.api.surface import Surface
from tests.district import District

NAME, PHONE = "欧阳靖曦", "13948825617"
WHOLE = {"name": NAME, "phone": PHONE, "id_number": "220102199003076639", "notes": "联系人"}
ADDRESS = "/v1/people/reviewer/personal"


def kept(surface: Surface, **fields: Any) -> None:
    answer = surface.send("PUT", ADDRESS, "administrator", json={**WHOLE, **fields})
    assert answer.status_code == 204, answer.text


def read(surface: Surface, purpose: str = "核对发票") -> Any:
    answer = surface.get(ADDRESS, "administrator", params={"purpose": purpose})
    assert answer.status_code == 200, answer.text
    return answer.json()


def rules(answer: Any) -> list[str]:
    return [error["rule"] for error in answer.json()["errors"]]


@contextmanager
def an_office(url: str, files: Path) -> Iterator[Surface]:
    """A surface on a district with its officers."""
    district = District(url)
    district.system.files = FileStore(files)
    district.officers()
    yield Surface(district)
    district.close()
