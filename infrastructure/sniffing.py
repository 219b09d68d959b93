"""The kind of a file, told from its bytes: never from its name or from what a sender says."""

from __future__ import annotations

import io
import re
import zipfile

import puremagic

BY_MAGIC = frozenset({"application/pdf", "image/png", "image/jpeg"})
"""Kinds that are known by how their bytes begin."""

OFFICE = "application/vnd.openxmlformats-officedocument."
BY_PART = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
}
"""Kinds that are archives, by the part that each of them must have."""

MACROS = "vbaProject.bin"
"""The part of an archive that holds a program; a document of the plain kinds has none."""

PROGRAM = b"#!"
"""How a text begins that is carried out by the machine it lies on."""

TEXTS = frozenset({"text/plain", "text/csv"})
ENCODINGS = ("utf-8-sig", "gb18030")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
ACTIVE = re.compile(r"html|xml|svg|script|x-sh|x-python|x-php|rtf|pdf|postscript")
"""Kinds that are text, and are carried out or drawn by the programs that open them."""


def kinds_of(content: bytes) -> frozenset[str]:
    """The kinds that the bytes may be called; none where they are of no kind that is stored."""
    known = magic_of(content)
    if content.startswith(b"PK\x03\x04"):
        return archive_of(content)
    if found := known & BY_MAGIC:
        return found
    if content.startswith(PROGRAM):
        return frozenset()
    if is_text(content) and not any(ACTIVE.search(kind) for kind in known):
        return TEXTS
    return frozenset()


def magic_of(content: bytes) -> frozenset[str]:
    """The kinds whose marks the bytes bear."""
    try:
        return frozenset(match.mime_type for match in puremagic.magic_string(content))
    except (puremagic.PureError, ValueError):
        return frozenset()


def archive_of(content: bytes) -> frozenset[str]:
    """The kind of document that an archive is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return frozenset()
    if any(name.endswith(MACROS) for name in names):
        return frozenset()
    return frozenset(kind for part, kind in BY_PART.items() if part in names)


def is_text(content: bytes) -> bool:
    """Whether the bytes are text in an encoding that is used here, without control characters."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not CONTROL.search(text)
    return False
