"""What a solver worked out, on a page: looked at, and adopted with one button."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.refused import noting
from api.shapes import read_command
from api.v1 import asking
from api.v1.documents import keep
from api.v1.telling import digest_of
from api.web.doing import key_of, moved_on, reasons_of
from api.web.names import Names
from api.web.papers import allocation_rows, assignment_rows
from api.web.typed import Typed, first, read_form
from api.web.visit import Visit, Visiting, check_form
from application import workings
from application.decide import Sent
from application.desk import Answer, Unavailable
from application.documents import StoreDocument
from application.handlers import HANDLERS
from application.kinds import NOUNS
from application.originals import file_for
from application.principals import Principal
from application.questions import House
from domain.errors import Refusal
from domain.money import HOME_CURRENCY

router = APIRouter(include_in_schema=False)


class Kind(NamedTuple):
    """What is worked out for a thing of a list, and the verb that adopts it."""

    view: str
    part: str
    verb: str
    work_out: Callable[[House, Principal, str], bytes]
    adopting: Callable[[bytes], dict[str, Any]]
    rows: Callable[[Visit, Names, Any], dict[str, Any]]


KINDS = (
    Kind(
        "rounds",
        "allocation",
        "allocate",
        workings.allocated,
        workings.adopting_allocation,
        allocation_rows,
    ),
    Kind(
        "panels",
        "assignment",
        "assign-reviews",
        workings.assigned,
        workings.adopting_assignment,
        assignment_rows,
    ),
)
SWAPS = 3
"""How many changes by hand the page has room for; a program may send more."""


def page(
    visit: Visit,
    kind: Kind,
    id: str,
    reasons: Any = (),
    status: int = 200,
    typed: Typed | None = None,
) -> Response:
    """The paper that was worked out, if there is one yet, and what may be done with it."""
    found = asking.find(visit.house, kind.view, id, visit.needs().principal)
    names = Names(visit)
    names.know(kind.view, found.values)
    paper = visit.request.query_params.get("paper", "") or first(typed or {}, "working")
    content = read_paper(visit, paper) if paper else b""
    shown = kind.rows(visit, names, msgspec.json.decode(content)) if content else None
    names.load()
    return visit.render(
        "working.html",
        status,
        kind=kind,
        id=id,
        names=names,
        paper=paper,
        shown=shown,
        swaps=SWAPS,
        key=secrets.token_urlsafe(16),
        version=found.values["version"],
        faults=[("", visit.words.sentence(reason)) for reason in reasons],
    )


def read_paper(visit: Visit, id: str) -> bytes:
    """The bytes of a stored paper that the visitor may read; 404 where they are none."""
    found = asking.find(visit.house, "documents", id, visit.principal)
    content = visit.house.files.read(file_for(found, visit.principal).sha256)
    if content is None or not content.startswith((b'{"problem":', b'{"load":')):
        raise HTTPException(404)
    return content


async def work_out(visit: Visit, kind: Kind, id: str) -> Response:
    """Works it out, keeps the paper as a document of the thing, and shows it."""
    typed = await read_form(visit.request)
    by = check_form(visit, first(typed, "_token")).principal
    try:
        content = await run_in_threadpool(kind.work_out, visit.house, by, id)
        await run_in_threadpool(keep, visit.house, content, "text/plain")
        answer = await asyncio.wrap_future(visit.house.desk.post(storing(kind, id, content, by)))
    except (Refusal, Unavailable) as refused:
        return await run_in_threadpool(page, visit, kind, id, reasons_of(refused), 409)
    return RedirectResponse(f"/{kind.view}/{id}/{kind.part}?paper={answer.id}", 303)


def storing(kind: Kind, id: str, content: bytes, by: Principal) -> Sent:
    """The command that stores a paper for the thing that it is about."""
    sha256 = hashlib.sha256(content).hexdigest()
    subject = f"{NOUNS[kind.view]}:{id}"
    command = StoreDocument(
        sha256=sha256, media_type="text/plain", size=len(content), subject=subject
    )
    key = f"{by.person} {secrets.token_urlsafe(16)}"
    return Sent(noun="document", verb="store", command=command, by=by, key=key)


async def adopt(visit: Visit, kind: Kind, id: str) -> Response:
    """Sends the command that adopts the paper on the page."""
    typed = await read_form(visit.request)
    by = check_form(visit, first(typed, "_token")).principal
    try:
        with noting(visit.house, by, NOUNS[kind.view], kind.verb, id):
            sent = await run_in_threadpool(adopting, visit, kind, id, typed, by)
            answer: Answer = await asyncio.wrap_future(visit.house.desk.post(sent))
    except (Refusal, Unavailable) as refused:
        return await run_in_threadpool(page, visit, kind, id, reasons_of(refused), 409, typed)
    return await run_in_threadpool(moved_on, visit, sent.noun, sent.verb, answer, None)


def adopting(visit: Visit, kind: Kind, id: str, typed: Typed, by: Principal) -> Sent:
    """The command: what the paper says, and what the visitor adds to it."""
    noun, paper = NOUNS[kind.view], first(typed, "working")
    asking.find(visit.house, kind.view, id, by)
    value = kind.adopting(read_paper(visit, paper)) | {"working": paper}
    if first(typed, "keeps_waiting"):
        value["keeps_waiting"] = True
    if swaps := [swap for number in range(SWAPS) if (swap := swap_of(typed, number))]:
        value["swaps"] = swaps
    for name in ("reason", "authority_ref"):
        if said := first(typed, name).strip():
            value[name] = said
    command, grounds = read_command(HANDLERS[noun][kind.verb][0], value, currency=HOME_CURRENCY)
    return Sent(
        noun=noun,
        verb=kind.verb,
        command=command,
        by=by,
        id=id,
        grounds=grounds,
        key=f"{by.person} {key_of(typed)}",
        digest=digest_of(noun, kind.verb, id, value),
    )


def swap_of(typed: Typed, number: int) -> dict[str, Any]:
    """A change by hand as it was typed; nothing where its row is empty."""
    said = {name: first(typed, f"{name}-{number}").strip() for name in SWAP}
    whole = {
        name: int(text) for name in ("former", "instead") if (text := said.pop(name)).isdecimal()
    }
    return {**{name: text for name, text in said.items() if text}, **whole}


SWAP = ("proposal", "former", "instead", "reason")


def add(kind: Kind) -> None:
    """The addresses of what is worked out for the things of a list."""

    def ask(visit: Visiting, id: str) -> Response:
        return page(visit, kind, id)

    async def work(visit: Visiting, id: str) -> Response:
        return await work_out(visit, kind, id)

    async def take(visit: Visiting, id: str) -> Response:
        return await adopt(visit, kind, id)

    address = f"/{kind.view}/{{id}}/{kind.part}"
    router.add_api_route(address, ask, methods=["GET"])
    router.add_api_route(address, work, methods=["POST"])
    router.add_api_route(f"{address}/adopt", take, methods=["POST"])


for each in KINDS:
    add(each)
