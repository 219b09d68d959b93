"""The system's words and sentences in the languages it speaks: Chinese, and English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from babel.messages.pofile import read_po

from application.kinds import KINDS
from domain.errors import Reason, Word

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

LOCALE = Path(__file__).parent / "locale"

UNITS = re.compile(r"_(minor|milli)$")
"""The unit at the end of a stored name, which a reader sees at the number instead."""

WEIGHT = re.compile(r"q\s*=\s*([01](?:\.[0-9]{0,3})?)", re.ASCII)


@cache
def texts(language: Language) -> dict[tuple[str, str], str]:
    """The catalogue of a language: by context (empty for a sentence) and message id."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    return {
        (message.context or "", str(message.id)): str(message.string)
        for message in catalogue
        if message.id and message.string
    }


@cache
def nouns() -> dict[str, str]:
    """The noun that each row of the lifecycle tables belongs to."""
    return {step.row: noun for noun, kind in KINDS.items() for step in kind.lifecycle.steps}


class Words:
    """Says stored names and refusals in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.texts = texts(language)

    def word(self, kind: str, identifier: str, noun: str = "") -> str:
        """The word for a stored name of a kind, such as a stage or a verb.

        `noun` says whose stage or verb it is, where the word depends on that. The account of one
        line of a budget is followed by the line.
        """
        account, _, line = identifier.partition("/")
        if kind == "account" and line:
            return f"{self.word(kind, account)} ({self.word('choice', line)})"
        for name in (f"{noun}.{identifier}", identifier):
            if (kind, name) in self.texts:
                return self.texts[kind, name]
        return UNITS.sub("", identifier).replace("_", " ").replace("-", " ").replace(".", " ")

    def sentence(self, reason: Reason) -> str:
        """Why something is refused, as a whole sentence."""
        template = self.texts.get(("", reason.text), reason.text)
        noun = str(reason.values.get("noun") or nouns().get(reason.rule.partition(".")[0], ""))
        values = {name: self.shown(value, noun) for name, value in reason.values.items()}
        sentence = template.format(**values)
        return sentence[:1].upper() + sentence[1:]

    def text(self, msgid: str, **values: object) -> str:
        """A text of a page, named by its English wording."""
        template = self.texts.get(("page", msgid), msgid)
        return template.format(**{name: self.shown(value) for name, value in values.items()})

    def shown(self, value: object, noun: str = "") -> str:
        """A value as it stands inside a sentence."""
        if isinstance(value, Word):
            return self.word(value.kind, value, noun)
        if isinstance(value, tuple):
            return self.listed([self.shown(item, noun) for item in value])
        if isinstance(value, date):
            return self.day(value)
        return "–" if value is None else str(value)

    def listed(self, items: Sequence[str]) -> str:
        """Several things in a row."""
        return ("、" if self.language == "zh" else ", ").join(items)

    def day(self, day: date) -> str:
        """A day as people write it; a moment shows its day."""
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {day:%B} {day.year}"


def language_of(accept_language: str | None) -> Language:
    """The language that a browser prefers of those there are; Chinese unless it says English."""
    weights: dict[str, float] = dict.fromkeys(LANGUAGES, 0.0)
    for wish in (accept_language or "").lower().split(","):
        tag, _, parameters = wish.strip().partition(";")
        language = tag.strip().partition("-")[0]
        if language in weights:
            stated = WEIGHT.search(parameters)
            weight = float(stated[1]) if stated else 1.0
            weights[language] = max(weights[language], weight)
    return "en" if weights["en"] > weights["zh"] else "zh"
