"""Proposals as they are listed."""

from __future__ import annotations

from infrastructure.views.kit import View, day, money, number, text, view_table

table = view_table(
    "proposals",
    text("no"),
    text("title"),
    text("round"),
    text("fund"),
    text("award_no"),
    text("drafter"),
    text("partners"),
    money("requested_minor"),
    money("match_minor"),
    money("amount_minor"),
    number("score_milli"),
    number("rank"),
    number("waits_at"),
    day("due"),
    day("until"),
    text("appeal"),
    index=("round", "stage"),
)

VIEW = View(
    "proposals",
    "proposal",
    table,
    search=("no", "title"),
    kept_out=frozenset({"source", "judges", "recusals"}),
)
