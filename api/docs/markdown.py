"""Small pieces of Markdown, and names in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.words import Words

CHINESE, ENGLISH = Words("zh"), Words("en")

GENERATED = "<!-- Written by `make docs` from the tables in the code. Change those instead. -->"


def both(kind: str, identifier: str, noun: str = "") -> str:
    """The Chinese word, and the stored name as code."""
    return f"{CHINESE.word(kind, identifier, noun)} `{identifier}`"


def heading(noun: str, plural: str) -> str:
    """The heading of a noun's section."""
    chinese, english = CHINESE.word("noun", noun), ENGLISH.word("noun", noun)
    return f"## {chinese} {english[:1].upper()}{english[1:]} (`{plural}`)"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table, one line a row."""
    lines = [cells(columns), cells(["---"] * len(columns))]
    return [*lines, *(cells(row) for row in rows)]


def cells(values: Sequence[str]) -> str:
    """One row of a table."""
    return f"| {' | '.join(value.replace('|', '&#124;') for value in values)} |"


def joined(blocks: Iterable[str | Sequence[str]]) -> str:
    """Blocks as a page, an empty line between each two."""
    texts = (block if isinstance(block, str) else "\n".join(block) for block in blocks)
    return "\n\n".join(texts) + "\n"
