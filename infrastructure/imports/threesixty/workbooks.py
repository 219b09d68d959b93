"""Opens a workbook that a stranger sent: sizes, formulas and errors are known before it is read."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, XmlError, ZipError

from infrastructure.imports.threesixty.faults import unreadable
from infrastructure.imports.threesixty.rows import RawRow
from infrastructure.imports.threesixty.sheets import Sheet, cell_name, sheet_rows

MOST_BYTES = 256 * 1024 * 1024
MOST_PARTS = 2_000
MOST_CELLS = 5_000_000
MOST_CHARACTERS = MOST_BYTES
"""All texts of a sheet together; one text that many cells share is read as often as they are."""

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
SHARED_TEXTS = "xl/sharedStrings.xml"
ADDRESS = re.compile("([A-Z]+)([0-9]+)", re.ASCII | re.IGNORECASE)

OnElement = Callable[[str, dict[str, str]], None]
OnText = Callable[[str], None]


def workbook_rows(data: bytes) -> list[RawRow]:
    """The grants of a workbook: of its sheet "grants", else of its first sheet."""
    return sheet_rows(workbook_sheet(data))


def workbook_sheet(data: bytes) -> Sheet:
    """The sheet "grants" of a workbook, else its first sheet, once it is known to be safe."""
    parts = _unpacked(data)
    try:
        with CalamineWorkbook.from_filelike(_packed(parts)) as workbook:
            sheet = _chosen(workbook)
            survey = _surveyed(parts, sheet)
            rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (CalamineError, XmlError, ZipError, LookupError, ValueError, expat.ExpatError) as broken:
        raise unreadable("workbook_broken", reason=broken) from None
    if not rows:
        raise unreadable("no_grants")
    return Sheet(rows[0], enumerate(rows[1:], start=2), survey.unfit)


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of the archive, none of which is unpacked before all of them are known to fit."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
                raise unreadable("workbook_too_large", limit=MOST_BYTES)
            if any(part.compress_type not in METHODS for part in parts):
                raise unreadable("workbook_broken", reason="it is packed in an unusual way")
            return {part.filename: archive.read(part) for part in parts}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as broken:
        raise unreadable("workbook_broken", reason=broken) from None


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    """The parts as an archive again, so that what is read is what was measured."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    archive.seek(0)
    return archive


def _chosen(workbook: CalamineWorkbook) -> str:
    sheets = [
        sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    if not sheets:
        raise unreadable("no_grants")
    return next((name for name in sheets if name.strip().casefold() == "grants"), sheets[0])


@dataclass
class Survey:
    """What the source of a sheet tells about its cells, before any of them is read."""

    lengths: list[int]
    """Of the texts that cells share."""
    unfit: dict[tuple[int, int], str] = field(default_factory=dict)
    row: int = 0
    column: int = -1
    last_row: int = 0
    last_column: int = 0
    is_shared: bool = False
    is_value: bool = False
    characters: int = 0

    def note(self, element: str, attributes: dict[str, str]) -> None:
        """Takes in one element of the sheet."""
        if element == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = -1
        elif element == "c":
            self._move_to(attributes.get("r", ""))
            self.is_shared = attributes.get("t") == "s"
            if attributes.get("t") == "e":
                self.unfit[self.row, self.column] = "cell_error"
        elif element == "f":
            self.unfit[self.row, self.column] = "formula"
        self.is_value = element == "v"

    def note_text(self, text: str) -> None:
        """Takes in what stands in an element: for a shared text its place among them."""
        if not (self.is_shared and self.is_value):
            return
        self.is_value = False
        self.characters += self.lengths[int(text)]
        if self.characters > MOST_CHARACTERS:
            raise unreadable("workbook_too_large", limit=MOST_CHARACTERS)

    def _move_to(self, address: str) -> None:
        self.column += 1
        if match := ADDRESS.fullmatch(address):
            self.column, self.row = _column_number(match[1].upper()), int(match[2])
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        if self.last_row * (self.last_column + 1) > MOST_CELLS:
            cell = cell_name(self.last_row, self.last_column)
            raise unreadable("sheet_too_large", cell=cell, limit=MOST_CELLS)


def _surveyed(parts: dict[str, bytes], sheet: str) -> Survey:
    survey = Survey(_shared_lengths(parts))
    _walk(parts[_part_of(parts, sheet)], survey.note, survey.note_text)
    return survey


def _shared_lengths(parts: dict[str, bytes]) -> list[int]:
    lengths: list[int] = []

    def on_text(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    def on_element(element: str, attributes: dict[str, str]) -> None:
        if element == "si":
            lengths.append(0)

    if SHARED_TEXTS in parts:
        _walk(parts[SHARED_TEXTS], on_element, on_text)
    return lengths


def _part_of(parts: dict[str, bytes], sheet: str) -> str:
    """The part that holds a sheet, as the workbook's table of relations names it."""
    relation, target = "", ""

    def on_sheet(element: str, attributes: dict[str, str]) -> None:
        nonlocal relation
        if element == "sheet" and attributes.get("name") == sheet:
            relation = attributes.get("id", "")

    def on_relation(element: str, attributes: dict[str, str]) -> None:
        nonlocal target
        if element == "Relationship" and attributes.get("Id") == relation:
            target = attributes.get("Target", "")

    _walk(parts[WORKBOOK], on_sheet)
    _walk(parts[RELATIONS], on_relation)
    return target.lstrip("/") if target.startswith(("/", "xl/")) else posixpath.join("xl", target)


def _walk(xml: bytes, on_element: OnElement, on_text: OnText | None = None) -> None:
    """Tells the local name and attributes of each element, and texts; refuses XML entities."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.CharacterDataHandler = on_text

    def on_start(name: str, attributes: dict[str, str]) -> None:
        on_element(_local(name), {_local(key): value for key, value in attributes.items()})

    def on_entity(*_: object) -> None:
        raise unreadable("workbook_broken", reason="it declares XML entities")

    parser.StartElementHandler = on_start
    parser.EntityDeclHandler = on_entity
    parser.Parse(xml, True)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
