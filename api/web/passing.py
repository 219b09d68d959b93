"""Letting simulated days pass, from the notice at the head of every page of a demonstration."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.web.entry import next_of
from api.web.typed import first, read_form
from api.web.visit import Visiting, check_form
from domain.errors import Invalid, Reason

router = APIRouter(include_in_schema=False)

MOST_DAYS = 366
"""How many days may pass at once."""


@router.post("/clock/advance")
async def advance(visit: Visiting) -> Response:
    """Moves the simulated clock by whole days, and does what falls due on the way."""
    typed = await read_form(visit.request)
    check_form(visit, first(typed, "_token"))
    if not visit.house.is_simulated:
        raise HTTPException(404)
    to = visit.house.clock.now() + timedelta(days=days_of(first(typed, "days")))
    await run_in_threadpool(visit.house.advance, to)
    return RedirectResponse(next_of(visit, first(typed, "next")), 303)


def days_of(text: str) -> int:
    """How many days are to pass."""
    days = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(
            Reason(
                "clock.days",
                "Between 1 and {most} days may pass at once.",
                {"most": MOST_DAYS},
                "/days",
            )
        )
    return days
