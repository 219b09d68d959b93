"""How long does it take to import a register of 5,000 organisations, beside a script for a table?

The script is what somebody writes who wants the rows in a table and no more: openpyxl reads the
workbook, every credit code is checked by the same library, every row becomes an object of
SQLAlchemy's ORM, and session.add_all writes them in one transaction. Ours reads the same workbook,
checks every row against what is recorded, decides and records 5,000 organisations as events with
their read model, and seals the names and numbers of their leaders with a key for each. Both write
to a new SQLite file with durable settings; the files are made before the clock runs.

Run: python -m benchmarks.organisations
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import sqlalchemy as sa
import xlsxwriter
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from stdnum.cn import uscc

from application.imports import RecordImport
from application.principals import Held, Principal
from application.rehearsing import foresee, leaders_of, sent_of
from benchmarks.measure import machine, write_section
from infrastructure.imports.organisations.columns import HEADINGS
from infrastructure.settings import Settings
from infrastructure.system import System

ROWS = 5_000
ROUNDS = 5
PLACE = "220102"
OPERATOR = Principal("operator", (Held("administrator", PLACE),))


class Base(DeclarativeBase):
    """What the tables of the script have in common."""


class Body(Base):
    """An organisation in a plain table."""

    __tablename__ = "bodies"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    uscc: Mapped[str | None] = mapped_column(unique=True)
    filing_no: Mapped[str | None] = mapped_column(unique=True)
    place: Mapped[str]
    leader: Mapped[str]
    phone: Mapped[str | None]
    identity_number: Mapped[str | None]
    account: Mapped[str | None]
    agent: Mapped[str | None]
    registered_on: Mapped[str | None]


def code_of(number: int) -> str:
    """A credit code that is valid."""
    body = f"5222010{2:01d}{number:09d}"
    return str(body + uscc.calc_check_digit(body))


def workbook(file: Path) -> None:
    """A register of which one half is registered, the other filed under an agent of the first."""
    with xlsxwriter.Workbook(str(file)) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, [names[0] for names in HEADINGS.values()])
        for number in range(1, ROWS + 1):
            person = [f"负责人{number}", f"1390000{number:04d}", f"22010219900307{number:04d}"]
            registered = [
                f"组织{number}", "登记", code_of(number), "", PLACE, *person, f"6222{number:012d}",
                "", "2020-01-02",
            ]  # fmt: skip
            filed = [
                f"队{number}", "备案", "", f"备-{number}", PLACE, *person, "", code_of(number - 1),
                "",
            ]  # fmt: skip
            sheet.write_row(number, 0, registered if number % 2 else filed)


def theirs(file: Path, folder: Path) -> float:
    """The script; how many seconds it takes."""
    engine = sa.create_engine(f"sqlite:///{folder / 'plain.db'}")
    Base.metadata.create_all(engine)
    began = time.perf_counter()
    sheet = openpyxl.load_workbook(file, read_only=True).active
    assert sheet is not None
    bodies = []
    for cells in sheet.iter_rows(min_row=2, max_col=len(HEADINGS), values_only=True):
        said = dict(zip((*HEADINGS,), (str(cell) if cell else None for cell in cells), strict=True))
        if said["uscc"]:
            uscc.validate(said["uscc"])
        bodies.append(Body(**said))
    with Session(engine) as session:
        session.add_all(bodies)
        session.commit()
    took = time.perf_counter() - began
    with Session(engine) as session:
        count = session.scalar(sa.select(sa.func.count()).select_from(Body))
    engine.dispose()
    check(count or 0)
    return took


def system_in(folder: Path) -> System:
    """A new system."""
    settings = Settings(
        database_url=f"sqlite:///{folder / 'ours.db'}", files=folder / "files", place=PLACE
    )
    return System(settings, migrating=True)


def ours(file: Path, folder: Path, *, previewing: bool = False) -> float:
    """The import, or its preview; how many seconds it takes."""
    system = system_in(folder)
    try:
        began = time.perf_counter()
        register = system.registers.read(file.read_bytes(), ".xlsx")
        rows = tuple(register.rows)
        command = RecordImport(
            file_sha=register.sha256, mapping="organisations xlsx", organisations=rows
        )
        if previewing:
            check(len(foresee(system, command, OPERATOR).new))
            return time.perf_counter() - began
        system.desk.send(sent_of(command, OPERATOR))
        kept = system.registers.keep_people(register, leaders_of(system, rows), OPERATOR.person)
        took = time.perf_counter() - began
        check(kept)
    finally:
        system.close()
    return took


def preview(file: Path, folder: Path) -> float:
    """What a preview takes."""
    return ours(file, folder, previewing=True)


def check(count: int) -> None:
    """Refuses to measure what did not take place."""
    if count != ROWS:
        raise ValueError(f"{count} organisations were taken over, not {ROWS}.")


WAYS: dict[str, Callable[[Path, Path], float]] = {
    "openpyxl and session.add_all": theirs,
    "import organisations": ours,
    "its preview": preview,
}


def main() -> None:
    """Measures each way in turn and writes the section of docs/performance.md."""
    found: dict[str, list[float]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.xlsx"
        workbook(file)
        for number in range(ROUNDS):
            for at, (name, way) in enumerate(WAYS.items()):
                alone = Path(folder) / f"{number}-{at}"
                alone.mkdir()
                found[name].append(way(file, alone))
                sys.stderr.write(f"\rround {number + 1} of {ROUNDS}: {name:40}")
    seconds = {name: statistics.median(taken) for name, taken in found.items()}
    base = seconds["openpyxl and session.add_all"]
    lines = [__doc__ or "", f"Measured with {machine()}", "", "## A register of 5,000", ""]
    lines += ["| | seconds | ratio |", "|---|---:|---:|"]
    lines += [f"| {name} | {took:.2f} | {took / base:.2f} |" for name, took in seconds.items()]
    write_section("organisations", [*lines, ""])


if __name__ == "__main__":
    main()
