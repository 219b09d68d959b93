"""Importing a register on pages: a file is sent, looked at, and taken over or let go.

Between preview and confirmation the file is held sealed; the form has the only key to it, and its
SHA-256. What was confirmed is what was previewed, or nothing.
"""

from __future__ import annotations

import secrets
from pathlib import PurePath
from typing import Any, NamedTuple

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from api.web.typed import first, read_form
from api.web.visit import Visit, Visiting, check_form
from application.desk import Answer
from application.imports import RecordImport
from application.principals import Principal
from application.register_files import LARGEST_REGISTER, ReadRegister
from application.rehearsing import NOTHING_NEW, foresee, leaders_of, may_import, sent_of
from domain.errors import Reason, Refusal

router = APIRouter(include_in_schema=False)

AROUND = 10_000
"""How many bytes a form may have around the file."""

SHOWN = 200
"""How many rows of a preview are shown at most; the others are counted."""

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
COLUMNS = {
    "O9.place": ("街道/社区代码", "place"),
    "O9.recorded": ("街道/社区代码", "place"),
    "O9a.agent": ("代管方", "fiscal_agent"),
    "O9a.several": ("代管方", "fiscal_agent"),
    "O9.registered_on": ("登记日期", "registered_on"),
}
"""The column of a register that a reason of the rules speaks of, by its two headings."""

CONFIRMED_OTHERWISE = "This is not the file that was previewed. Send it again."
GONE = "The file is no longer kept. Send it again."
NO_FILE = "Choose a file."


class Wrong(NamedTuple):
    """What keeps a file from being taken over: a row (0 is the file), a column, a sentence."""

    row: int
    field: str
    sentence: str


def may(visit: Visit) -> bool:
    """Whether the visitor may import registers."""
    return visit.principal is not None and may_import(visit.principal)


def page(visit: Visit, status: int = 200, **context: Any) -> Response:
    """The page, with what is known of a file so far."""
    visit.needs()
    if not may(visit):
        raise HTTPException(403)
    empty: dict[str, Any] = {"wrong": [], "foreseen": None, "imported": None, "fault": ""}
    return visit.render("registers.html", status, shown=SHOWN, **{**empty, **context})


@router.get("/organisations/import")
def ask(visit: Visiting) -> Response:
    """The page on which a file is chosen."""
    return page(visit)


@router.get("/organisations/import/template.{form}")
def template(visit: Visiting, form: str) -> Response:
    """An empty register to fill in."""
    visit.needs()
    if form not in TYPES:
        raise HTTPException(404)
    if not may(visit):
        raise HTTPException(403)
    content = visit.house.registers.template(form)
    named = f'attachment; filename="organisations.{form}"'
    return Response(content, media_type=TYPES[form], headers={"Content-Disposition": named})


@router.post("/organisations/import")
async def send(visit: Visiting) -> Response:
    """Takes a file in and says what taking it over would do."""
    check_length(visit.request.headers.get("content-length", ""))
    async with visit.request.form(max_files=1, max_fields=10) as form:
        by = check_form(visit, str(form.get("_token", ""))).principal
        if not may(visit):
            raise HTTPException(403)
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            return await run_in_threadpool(page, visit, 422, fault=visit.words.text(NO_FILE))
        content = await file.read(LARGEST_REGISTER + 1)
        ending = PurePath(file.filename).suffix
    return await run_in_threadpool(previewed, visit, by, content, ending)


def check_length(text: str) -> None:
    """Refuses a body of unknown or too great a length."""
    if not (text.isascii() and text.isdigit()):
        raise HTTPException(411)
    if int(text) > LARGEST_REGISTER + AROUND:
        raise HTTPException(413)


def previewed(visit: Visit, by: Principal, content: bytes, ending: str) -> Response:
    """What the file would do, with the form that confirms it; or all that is wrong with it."""
    register = visit.house.registers.read(content, ending)
    if register.faults:
        return page(visit, 422, wrong=faults_in(visit, register))
    try:
        found = foresee(visit.house, command_of(register, ending), by)
        visit.house.registers.check()
        ticket = visit.house.registers.hold(by.person, content, ending)
    except Refusal as refused:
        return page(visit, 422, wrong=reasons_in(visit, refused))
    return page(visit, foreseen=found, ticket=ticket, sha256=register.sha256)


def command_of(register: ReadRegister, ending: str) -> RecordImport:
    """The command that takes a register over."""
    return RecordImport(
        file_sha=register.sha256,
        mapping=f"organisations {ending[1:].lower()}",
        organisations=tuple(register.rows),
    )


def faults_in(visit: Visit, register: ReadRegister) -> list[Wrong]:
    """What is wrong with the file itself, in the visitor's language."""
    english = visit.language == "en"
    return [
        Wrong(each.row, each.field, each.message_en if english else each.message_zh)
        for each in register.faults
    ]


def reasons_in(visit: Visit, refused: Refusal) -> list[Wrong]:
    """Why the rules refuse it, by row and column."""
    return sorted(wrong_of(visit, reason) for reason in refused.reasons)


def wrong_of(visit: Visit, reason: Reason) -> Wrong:
    """One reason of the rules."""
    row = reason.values.get("row", 0)
    fields = str(reason.values.get("fields", "")).split(", ")
    said = ", ".join(visit.label("field", each) for each in fields if each)
    column = COLUMNS.get(reason.rule, (said, said))[visit.language == "en"]
    return Wrong(row if isinstance(row, int) else 0, column, visit.words.sentence(reason))


@router.post("/organisations/import/confirm")
async def confirm(visit: Visiting) -> Response:
    """Takes over the file that was previewed, and no other one."""
    typed = await read_form(visit.request)
    by = check_form(visit, first(typed, "_token")).principal
    if not may(visit):
        raise HTTPException(403)
    ticket, sha256 = first(typed, "ticket"), first(typed, "sha256")
    return await run_in_threadpool(confirmed, visit, by, ticket, sha256)


def confirmed(visit: Visit, by: Principal, ticket: str, sha256: str) -> Response:
    """Records what is new in the held file, keeps its people, and lets it go."""
    registers = visit.house.registers
    held = registers.held(by.person, ticket)
    if held is None:
        return page(visit, 409, fault=visit.words.text(GONE))
    register = registers.read(held.content, held.form)
    if not secrets.compare_digest(register.sha256.encode(), sha256.encode()):
        return page(visit, 409, fault=visit.words.text(CONFIRMED_OTHERWISE))
    if register.faults:
        return page(visit, 422, wrong=faults_in(visit, register))
    command = command_of(register, held.form)
    key = f"{by.person} register {ticket.partition('.')[0]}"
    try:
        registers.check()
        answer = sent(visit, command, by, key)
    except Refusal as refused:
        return page(visit, 422, wrong=reasons_in(visit, refused))
    registers.keep_people(register, leaders_of(visit.house, command.organisations), by.person)
    registers.let_go(by.person, ticket)
    done = answer.id if answer else "none"
    return RedirectResponse(f"/organisations/import/done/{done}", 303)


def sent(visit: Visit, command: RecordImport, by: Principal, key: str) -> Answer | None:
    """The answer of the desk; None where everything was recorded already."""
    try:
        return visit.house.desk.send(sent_of(command, by, key))
    except Refusal as refused:
        if all(reason.rule == NOTHING_NEW for reason in refused.reasons):
            return None
        raise


@router.post("/organisations/import/discard")
async def discard(visit: Visiting) -> Response:
    """Lets a previewed file go."""
    typed = await read_form(visit.request)
    by = check_form(visit, first(typed, "_token")).principal
    await run_in_threadpool(visit.house.registers.let_go, by.person, first(typed, "ticket"))
    return RedirectResponse("/organisations/import", 303)


@router.get("/organisations/import/done/{id}")
def done(visit: Visiting, id: str) -> Response:
    """What became of a file."""
    if id == "none":
        return page(visit, imported={"id": "", "accepted": 0, "file_sha": ""})
    visit.needs()
    found = visit.house.questions.one("imports", visit.sight("imports"), id)
    if found is None:
        raise HTTPException(404)
    return page(visit, imported=found.values)
