"""What the pages of some things show beside that of all: a sheet, whom it concerns, a warning."""

from __future__ import annotations

from typing import Any

from api.web.offers import Offers
from api.web.sheets import rules_of, sheet
from api.web.visit import Visit
from application.questions import Found

WRITTEN = ("edit", "resubmit", "submit-optimised")
"""The forms in which an applicant writes what reviewers read."""


def beside(visit: Visit, view: str, found: Found, offered: Offers | None) -> dict[str, Any]:
    """What the template knows of such a thing."""
    id, round = found.values["id"], str(found.values.get("round", ""))
    forms = offered.forms if offered else ()
    blank: dict[str, Any] = {"parties": None, "sheet": None, "is_double_blind": False}
    if view == "reviews":
        return blank | {
            "parties": visit.house.questions.parties(id),
            "sheet": sheet(visit, id, round, forms),
        }
    if view == "proposals" and any(form.verb in WRITTEN for form in forms):
        return blank | {"is_double_blind": rules_of(visit, round).asks.double_blind}
    return blank
