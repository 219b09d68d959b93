"""Score sheets that are saved before they are handed in: by a button, or by the page itself."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.v1 import asking
from api.web import sheets, things
from api.web.offers import Attempt
from api.web.typed import Typed, first, read_form
from api.web.visit import Visit, Visiting, check_form
from application.drafts import Draft, check_open, check_own, typed_of
from application.principals import Principal
from application.questions import Found
from domain.errors import Refusal, Stale

router = APIRouter(include_in_schema=False)

JSON = "application/json"


@router.post("/reviews/{id}/draft")
async def save(visit: Visiting, id: str) -> Response:
    """Keeps what stands in the form; a page that saves by itself is answered in few words."""
    typed = await read_form(visit.request)
    session = check_form(visit, first(typed, "_token"))
    return await run_in_threadpool(answered, visit, id, session.principal, typed)


def answered(visit: Visit, id: str, by: Principal, typed: Typed) -> Response:
    """What the browser gets: the page again, or when the draft was kept and what it comes to."""
    found = asking.find(visit.house, "reviews", id, by)
    is_by_itself = JSON in visit.request.headers.get("accept", "")
    check_own(found.values, by.person)
    try:
        draft = kept(visit, found, by, typed)
    except Refusal as refused:
        return told(visit, id, typed, refused, is_by_itself)
    if not is_by_itself:
        return RedirectResponse(f"/reviews/{id}?do={sheets.VERB}#do-{sheets.VERB}", 303)
    rubric = sheets.rules_of(visit, found.values["round"]).asks.rubric
    return JSONResponse(
        {
            "version": draft.version,
            "said": sheets.saved(visit, draft),
            "total": sheets.total_so_far(sheets.typed_points(typed), rubric),
        },
        headers={"Cache-Control": "no-store"},
    )


def kept(visit: Visit, found: Found, by: Principal, typed: Typed) -> Draft:
    """The draft as it is kept now; refused where another window was quicker."""
    check_open(found.values)
    said = typed_of({name: texts[0] for name, texts in typed.items() if name[:1] != "_"})
    seen = first(typed, "_draft")
    is_known = seen.isascii() and seen.isdigit() and len(seen) < 10
    return visit.house.drafts.keep(
        by.person, found.values["id"], said, int(seen) if is_known else None
    )


def told(visit: Visit, id: str, typed: Typed, refused: Refusal, is_by_itself: bool) -> Response:
    """Why nothing was kept; what was typed stays in the form."""
    status = 412 if isinstance(refused, Stale) else 409
    if is_by_itself:
        said = " ".join(visit.words.sentence(reason) for reason in refused.reasons)
        return JSONResponse({"said": said}, status)
    attempt = Attempt(verb=sheets.VERB, typed=typed, reasons=refused.reasons)
    return things.page(visit, "reviews", id, attempt, status)
