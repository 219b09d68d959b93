"""Looks for traces of somebody in every byte of every file of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def encoded(texts: Iterable[str]) -> dict[str, bytes]:
    """Every text in every encoding in which it may lie about, also as JSON writes it."""
    found = {
        f"{text} ({encoding})": text.encode(encoding) for text in texts for encoding in ENCODINGS
    }
    escaped = {f"{text} (escaped)": text.encode("unicode_escape") for text in texts}
    return {**found, **escaped}


def traces(folder: Path, wanted: dict[str, bytes]) -> set[tuple[str, str]]:
    """The files in which something wanted stands, and what it is."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert files, folder
    return {
        (path.name, name)
        for path in files
        for content in [path.read_bytes()]
        for name, needle in wanted.items()
        if needle in content
    }
