"""A "no" from the domain: whole sentences, each with the rule that says so."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Word(str):
    """A word of the system's own vocabulary inside a sentence, so that it can be translated."""

    __slots__ = ("kind",)
    kind: str

    def __new__(cls, kind: str, word: str) -> Word:
        made = super().__new__(cls, word)
        made.kind = kind
        return made


class Reason(NamedTuple):
    """Why something is refused: a rule, and a sentence with its values.

    `rule` is a row of the lifecycle tables and the guard, such as "S13.cap". `field` names what
    was typed (a JSON pointer into the command) where typing something else would help.
    """

    rule: str
    text: str
    values: Mapping[str, object] = MappingProxyType({})
    field: str | None = None

    @property
    def sentence(self) -> str:
        """The reason in English."""
        several = {n: ", ".join(v) for n, v in self.values.items() if isinstance(v, tuple)}
        return self.text.format(**{**self.values, **several})


class Refusal(Exception):
    """The rules refuse; nothing was recorded. All the reasons are given at once."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(" ".join(reason.sentence for reason in reasons))
        self.reasons = reasons


class NotFound(Refusal):
    """Something that was named does not exist, or may not be seen."""


class NotPermitted(Refusal):
    """The person holds no role that may do this here."""


class Stale(Refusal):
    """The thing has changed since the caller looked at it; `version` is what it is now."""

    def __init__(self, *reasons: Reason, version: int) -> None:
        super().__init__(*reasons)
        self.version = version


class Invalid(Refusal):
    """What was typed cannot be read as what was asked for."""


def refuse(rule: str, text: str, *, field: str | None = None, **values: object) -> Refusal:
    """A refusal with one reason, ready to be raised."""
    return Refusal(Reason(rule, text, values, field))


def check(*reasons: Reason | None) -> None:
    """Raises one refusal with every reason that is given; returns where there is none."""
    given = tuple(reason for reason in reasons if reason is not None)
    if given:
        raise Refusal(*given)
