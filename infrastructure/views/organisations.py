"""Organisations as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, number, text, view_table

table = view_table(
    "organisations",
    text("name"),
    text("uscc"),
    text("filing_no"),
    text("identifier"),
    text("fiscal_agent"),
    text("leader"),
    text("kind"),
    text("founder"),
    day("valid_from"),
    day("answer_by"),
    day("due"),
    text("pending_change"),
    text("new_ref"),
    text("name_key"),
    text("listings"),
    day("registered_on"),
    number("checked_year"),
    text("check_result"),
    text("grade"),
    day("grade_until"),
    number("capacity_score_milli"),
    day("abnormal_since"),
    text("incubator"),
    day("incubated_until"),
    index=("uscc", "identifier", "filing_no", "name_key"),
)

VIEW = View(
    "organisations",
    "organisation",
    table,
    search=("name", "uscc", "filing_no", "identifier"),
    kept_out=frozenset({"name_key"}),
)
