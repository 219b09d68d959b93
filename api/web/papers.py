"""Working papers as tables: what an allocation gives, what an assignment asks of whom."""

from __future__ import annotations

from typing import Any

from api.web.names import Names
from api.web.visit import Visit
from domain.money import HOME_CURRENCY, percent_of, written
from domain.values import covers

Paper = dict[str, Any]
Pairs = list[tuple[str, str]]


def points(milli: int) -> str:
    """Thousandths of a point as points."""
    return f"{milli // 1000}.{milli % 1000:03d}".rstrip("0").rstrip(".")


def money(minor: int) -> str:
    """An amount with its digits in groups."""
    whole, _, rest = written(minor, HOME_CURRENCY).partition(".")
    return f"{int(whole):,}.{rest}"


def allocation_rows(visit: Visit, names: Names, paper: Paper) -> dict[str, Any]:
    """Every scored proposal with its points, what it asked for, and what it is given."""
    problem, solution = paper["problem"], paper["solution"]
    given = {item["proposal"]: item["percent"] for item in solution["given"]}
    order = sorted(
        problem["asked"], key=lambda a: (-given.get(a["proposal"], 0), -a["score_milli"])
    )
    amounts = {
        a["proposal"]: percent_of(a["most_minor"], given.get(a["proposal"], 0)) for a in order
    }
    for asked in order:
        names.want("proposals", asked["proposal"])
    return {
        "facts": facts_of_allocation(visit, paper, amounts),
        "is_best": solution["value"] == solution["bound"],
        "head": head_of_allocation(visit),
        "rows": [
            {
                "view": "proposals",
                "id": asked["proposal"],
                "cells": [
                    points(asked["score_milli"]),
                    money(asked["most_minor"]),
                    f"{given.get(asked['proposal'], 0)}%",
                    money(amounts[asked["proposal"]]),
                ],
            }
            for asked in order
        ],
    }


def head_of_allocation(visit: Visit) -> list[str]:
    """What stands above the columns."""
    words = visit.words
    return [
        words.text("Points"),
        words.text("Asked for"),
        words.text("Share"),
        words.text("Amount"),
    ]


def facts_of_allocation(visit: Visit, paper: Paper, amounts: dict[str, int]) -> Pairs:
    """What an allocation comes to."""
    problem, solution = paper["problem"], paper["solution"]
    words = visit.words
    return [
        (words.text("To be given"), money(problem["budget_minor"])),
        (words.text("Given"), money(sum(amounts.values()))),
        (words.text("Proposals that get something"), f"{len(solution['given'])} / {len(amounts)}"),
        (words.text("Value"), f"{solution['value']:,}"),
        (words.text("Nothing can be worth more than"), f"{solution['bound']:,}"),
        *least_shares(visit, problem, amounts),
    ]


def least_shares(visit: Visit, problem: Paper, amounts: dict[str, int]) -> Pairs:
    """What each place and theme gets, beside what it gets at least."""
    shown = []
    for share in problem["least_shares"]:
        key, is_theme = share["key"], share["kind"] == "theme"
        reached = sum(
            amounts[a["proposal"]]
            for a in problem["asked"]
            if (a["theme"] == key if is_theme else covers(key, a["place"]))
        )
        least = money(share["amount_minor"])
        label = visit.words.text("{key} gets, at least {least}", key=key, least=least)
        shown.append((label, money(reached)))
    return shown


def assignment_rows(visit: Visit, names: Names, paper: Paper) -> dict[str, Any]:
    """Every member of the panel with what they are to read."""
    load, plan = paper["load"], paper["plan"]
    read: dict[int, list[str]] = {number: [] for number in range(len(load["members"]))}
    for reading in plan["readings"]:
        names.want("proposals", reading["proposal"])
        for member in reading["members"]:
            read[member].append(reading["proposal"])
    held = load["held"] or [0] * len(load["members"])
    return {
        "facts": facts_of_assignment(visit, paper),
        "is_best": plan["fitting"] == plan["bound"],
        "proposals": load["proposals"],
        "head": [visit.words.text("Reads then"), visit.words.text("Proposals")],
        "rows": [
            {
                "view": "people",
                "id": member,
                "cells": [str(held[number] + len(read[number]))],
                "things": read[number],
            }
            for number, member in enumerate(load["members"])
        ],
    }


def facts_of_assignment(visit: Visit, paper: Paper) -> Pairs:
    """What an assignment comes to."""
    load, plan = paper["load"], paper["plan"]
    words = visit.words
    return [
        (words.text("Proposals that wait for reviewers"), str(len(load["proposals"]))),
        (words.text("Reviewers for each"), str(load["each"])),
        (words.text("Pairs barred by a conflict"), str(len(load["barred"]))),
        (words.text("Loads differ by at most"), str(plan["spread"])),
        (words.text("Readings in the reader's field"), str(plan["fitting"])),
        (words.text("Nothing can be worth more than"), str(plan["bound"])),
    ]
