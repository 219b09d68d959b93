"""Says something on the command line in the language of the environment."""

from __future__ import annotations

import os

from api.cli.messages import MESSAGES
from api.words import Language, Words


def language() -> Language:
    """The language of the environment: Chinese unless it says English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"


def say(key: str, **values: object) -> str:
    """A message in the language of the environment."""
    chinese, english = MESSAGES[key]
    return (english if language() == "en" else chinese).format(**values)


def words() -> Words:
    """Stored names and refusals in the language of the environment."""
    return Words(language())
