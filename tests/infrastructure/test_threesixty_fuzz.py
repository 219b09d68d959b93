"""Whatever stands in a 360Giving file: the answer is rows or faults, and nothing is ever raised."""

import copy
import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from infrastructure.imports.threesixty import ReadResult, fingerprint
from tests.infrastructure.threesixty import (
    CELLS,
    GRANT,
    HEADER,
    read_bytes,
    read_csv,
    read_grants,
    read_workbook,
)

anything = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats()
    | some.text(alphabet=some.characters(exclude_categories=()), max_size=30)
    | some.sampled_from(["2020-01-01", "12.50", "GBP", "=1+1", "\0", "9" * 400, "1e400", ""]),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)

many = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of every value in the grant, those of objects and lists included."""
    keys = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else ()
    below = [inner for key, item in [*keys, *items] for inner in paths_of(item, (*path, key))]
    return [path, *below] if path else below


def answers(result: ReadResult) -> None:
    """Either rows or faults, and whatever is said can be printed and stored."""
    assert bool(result.rows) is not bool(result.faults)
    for row in result.rows:
        json.dumps(row.source, allow_nan=False).encode()
        assert len(fingerprint(row)) == 64
        assert 0 <= row.awarded_minor < 2**53
    for fault in result.faults:
        said = (fault.field, fault.message_en, fault.message_zh)
        assert all(text.isprintable() for text in said)
        fault.case.encode()


@many
@given(path=some.sampled_from(paths_of(GRANT)), value=anything)
def test_any_value_in_any_field(tmp_path: Path, path: tuple[Any, ...], value: object) -> None:
    grant = copy.deepcopy(GRANT)
    holder: Any = grant
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = value

    answers(read_grants(tmp_path, grant, date_format=None))
    answers(read_grants(tmp_path, grant, date_format="%d/%m/%Y"))


@many
@given(grants=some.lists(anything, max_size=3))
def test_anything_for_a_grant(tmp_path: Path, grants: list[object]) -> None:
    answers(read_grants(tmp_path, *grants))


@many
@given(document=anything)
def test_anything_for_a_document(tmp_path: Path, document: object) -> None:
    answers(read_bytes(tmp_path, "grants.json", json.dumps(document).encode()))


@many
@given(name=some.sampled_from(["a.json", "a.csv", "a.xlsx"]), data=some.binary(max_size=200))
def test_any_bytes(tmp_path: Path, name: str, data: bytes) -> None:
    answers(read_bytes(tmp_path, name, data))


@many
@given(
    column=some.integers(min_value=0, max_value=len(HEADER) - 1),
    text=some.text(max_size=30),
    in_header=some.booleans(),
)
def test_any_text_in_a_csv(tmp_path: Path, column: int, text: str, in_header: bool) -> None:
    rows = [list(HEADER), list(CELLS)]
    rows[0 if in_header else 1][column] = text

    answers(read_csv(tmp_path, *rows))


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_workbook(tmp_path: Path, seed: int) -> None:
    read_workbook(tmp_path, HEADER, CELLS)
    damage = random.Random(seed)
    with zipfile.ZipFile(tmp_path / "grants.xlsx") as whole:
        parts = {name: bytearray(whole.read(name)) for name in whole.namelist()}
    part = parts[damage.choice([name for name in parts if name.startswith("xl/")])]
    for _ in range(damage.randint(1, 5)):
        start = damage.randrange(len(part))
        part[start : start + damage.choice((0, 1, 8))] = damage.choice(
            (b"9", b"", b'"', b"<f>", b"A")
        )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as damaged:
        for name, content in parts.items():
            damaged.writestr(name, bytes(content))

    answers(read_bytes(tmp_path, "grants.xlsx", file.getvalue()))


@pytest.mark.parametrize("seed", range(200))
def test_a_damaged_archive(tmp_path: Path, seed: int) -> None:
    read_workbook(tmp_path, HEADER, CELLS)
    damage = random.Random(seed)
    data = bytearray((tmp_path / "grants.xlsx").read_bytes())
    for _ in range(damage.randint(1, 4)):
        data[damage.randrange(len(data))] = damage.randrange(256)

    answers(read_bytes(tmp_path, "grants.xlsx", bytes(data[: damage.randint(1, 2 * len(data))])))
