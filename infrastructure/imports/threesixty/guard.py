"""Texts that a spreadsheet program would run as a formula, made harmless in a CSV and back again.

A text that begins with = + - @ (also full-width, also after blanks) or with a tab or a line break
is written with an apostrophe before it. So is one that already begins with apostrophes before
such a start, so that taking one apostrophe away gives back every text exactly.
"""

from __future__ import annotations

import re

RUNS = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")


def guarded(text: str) -> str:
    """The text as a CSV may hold it."""
    return f"'{text}" if RUNS.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given; every other text stays as it is."""
    return text[1:] if text.startswith("'") and RUNS.match(text) else text
