"""What the tables of the domain say about who may take a step, read from their text."""

from __future__ import annotations

from typing import NamedTuple

from tests.permissions.rows_of_money import MONEY
from tests.permissions.rows_of_selection import SELECTION

CODES = {
    "APP": "applicant",
    "LEG": "legal_representative",
    "CHI": "chief",
    "COM": "community_officer",
    "SUB": "subdistrict_officer",
    "DIS": "district_officer",
    "SEC": "round_secretary",
    "REV": "reviewer",
    "CHR": "panel_chair",
    "LDR": "leader",
    "FM": "fund_manager",
    "FIN": "finance_approver",
    "CSH": "cashier",
    "REC": "reconciler",
    "FA": "fiscal_agent",
    "EVL": "evaluator",
    "OVS": "oversight_officer",
    "DEP": "department_officer",
    "AUD": "auditor",
    "OBS": "observer",
    "RES": "resident",
    "ADM": "administrator",
    "SYS": "clock",
}
"""The stored role that each code of the tables stands for."""

CHANGES_NOTHING = frozenset({"auditor", "observer"})
"""Who reads only. What an auditor writes, findings, names the auditor in its row."""

ANYBODY = frozenset({"anybody"})
"""Whoever has signed in, with a role or with none: they speak for themselves."""

ANY_ROLE = frozenset(CODES.values()) - CHANGES_NOTHING
"""Where a table says any, owner or preparer: the rules of the row say which person it is."""

WORDS = {"any": ANY_ROLE, "owner": ANY_ROLE, "preparer": ANY_ROLE, "anybody": ANYBODY}

SECOND = frozenset({"second"})
"""Whoever the pair names that waits."""

DELIBERATE = {
    "O9a": "a filed organisation is taken in from a list as a registered one is",
    "S3b": "a partner of a joint proposal says in its own name that it takes part",
    "U1": "an override stands among the ground rules: a leader and an overseer",
    "B1": "an objection is anybody's, an auditor's too, who then speaks as a resident",
    "O1": "nobody holds a role for what does not exist yet: whoever starts speaks for it",
    "O1a": "for somebody else an officer of the community starts, for whom the place decides",
    "O7c": "an agent agrees by its own representative before money is led to it",
    "O17": "a street or the district takes an organisation under its wing for a time",
    "O17a": "a street or the district takes an organisation under its wing for a time",
    "J1": "people and their roles are the administrator's, as the ground rules say",
    "J2": "people and their roles are the administrator's, as the ground rules say",
    "J3": "people and their roles are the administrator's, as the ground rules say",
    "J4": "the system sees by itself that somebody signs in",
    "J5": "the system sees by itself that somebody changes what they sign in with",
    "J8": "what one agrees to is said by oneself, whatever role one has",
    "J9": "what one agrees to is said by oneself, whatever role one has",
    "Y7": "papers about somebody who is erased are closed by whoever blacks them out",
    "J6": "people and their roles are the administrator's, as the ground rules say",
    "J7": "people and their roles are the administrator's, as the ground rules say",
    "V0": "whoever prepares the draws of a place keeps its list, and the witness does not",
    "V0a": "whoever prepares the draws of a place keeps its list, and the witness does not",
    "V0b": "whoever prepares the draws of a place keeps its list, and the witness does not",
    "V0c": "whoever prepares the draws of a place keeps its list, and the witness does not",
    "V0d": "whoever prepares the draws of a place keeps its list, and the witness does not",
    "Q1a": "a fee is drafted by whoever drafts the other orders of a round",
    "L1": "the places that roles are held for are entered with the roles",
    "L2": "the places that roles are held for are entered with the roles",
    "L3": "the places that roles are held for are entered with the roles",
    "R7a": "an allocation is many awards at once, and an award is a chair's and a leader's",
    "V1b": "whoever draws the panel, and whoever watches the draw, also say who reads what",
    "V3": "an applicant asks of a proposal, so that nobody learns from it who has the review",
    "V3c": "an applicant asks of a proposal, so that nobody learns from it who has the review",
    "V3d": "the clock takes what an applicant asked to the review",
    "D1": "a tip is anybody's, as an objection is",
}
"""Rows that the tables do not have, or say in other words, and why they are as they are here."""


class Who(NamedTuple):
    """A row: its number, its verb, who may tell it, and who may be asked to approve it.

    `seconds` has one set of roles for every way in which the row goes; an empty one where a
    single hand is enough.
    """

    row: str
    verb: str
    first: frozenset[str]
    seconds: frozenset[frozenset[str]]


def roles(text: str) -> frozenset[str]:
    """The roles that a part of a cell names, divided by commas."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if len(words) == 1 and words[0] in WORDS:
        return WORDS[words[0]]
    return SECOND if words == ["second"] else frozenset(CODES[word] for word in words)


def read(line: str) -> Who:
    """A row from its line; ways in which it goes are divided by a stroke."""
    head, _, cell = line.partition(":")
    row, verb = head.split()
    ways = [way.partition("→") for way in cell.split("|")]
    first = frozenset(role for way, _, _ in ways for role in roles(way))
    return Who(row, verb, first, frozenset(roles(second) for _, _, second in ways))


WHO = {
    who.row: who
    for line in (SELECTION + MONEY).splitlines()
    if line.strip()
    for who in (read(line),)
}
"""Every row that somebody tells, by its number."""
