"""Forms as pages show them: controls with labels, what was typed, and errors beside them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args, get_origin

from api.shapes import parts_of, plain
from api.web.candidates import Candidates, Options
from api.web.controls import is_needed, kind_of, longest
from api.web.typed import MOST_ROWS, Typed, below, control_name, first, indices, row_type
from api.web.visit import Visit
from application.handlers import HANDLERS
from application.principals import Grounds
from domain.errors import Reason

BESIDE = ("reason", "authority_ref")
"""The grounds that a form asks for, where the command has no field of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One field of a form; `parts` are those of a group or row, `rows` those of a list."""

    name: str
    kind: str
    label: str
    needed: bool
    texts: Sequence[str] = ()
    options: Options = ()
    errors: Sequence[str] = ()
    longest: int = 0
    unit: str = ""
    marked: bool = False
    """Whether it is said that it may stay blank: where other fields of the form may not."""

    parts: Sequence[Control] = ()
    rows: Sequence[Control] = ()

    @property
    def text(self) -> str:
        """What stands in it."""
        return shown_text(self.texts[0]) if self.texts else ""


def shown_text(text: str) -> str:
    """The text without characters that no page can hold."""
    clean = text.encode("utf-8", "replace").decode()
    return "".join(c if c >= " " or c in "\n\t" else "\ufffd" for c in clean)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form for one verb: where it goes, its controls, its grounds, what is wrong with it."""

    verb: str
    title: str
    about: str
    action: str
    controls: Sequence[Control]
    grounds: Sequence[Control]
    key: str
    version: int | None
    is_open: bool = False
    faults: Sequence[tuple[str, str]] = ()
    """Every error: the id of its control (empty where it has none), and the sentence."""


@dataclass(slots=True)
class Builder:
    """Makes the controls of one form."""

    visit: Visit
    verb: str
    typed: Typed
    currency: str
    candidates: Candidates
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    least_rows: Mapping[str, int] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def controls(self, type_: Any, path: str = "") -> list[Control]:
        """The controls of a dataclass."""
        parts = parts_of(type_)
        marked = any(is_needed(type_, name) for name in parts)
        return [
            self.control(
                name, part, below(path, control_name(name)), is_needed(type_, name), marked
            )
            for name, part in parts.items()
        ]

    def control(self, name: str, type_: Any, path: str, needed: bool, marked: bool) -> Control:
        """The control of one field."""
        kind = kind_of(name, type_)
        self.names.add(path)
        options = self.options(kind, type_, path)
        if options is not None and kind in ("line", "int", "list"):
            kind = "checks" if kind == "list" else "choice"
        return Control(
            name=path,
            kind=kind,
            label=self.visit.label("field", name),
            needed=needed and kind != "flag",
            marked=marked,
            texts=self.typed.get(path, ()),
            options=options or (),
            errors=self.errors.get(path, ()),
            longest=longest(type_),
            unit=self.unit(kind),
            parts=self.controls(plain(type_), path) if kind == "group" else (),
            rows=self.rows(row_type(type_), path, needed) if kind == "rows" else (),
        )

    def options(self, kind: str, type_: Any, path: str) -> Options | None:
        """What may be chosen; None where the value is typed."""
        bare = plain(type_)
        if get_origin(bare) is Literal:
            words = self.visit.words
            return tuple((value, words.word("choice", value)) for value in get_args(bare))
        if kind in ("line", "int", "list"):
            return self.candidates.options(self.verb, path)
        return None

    def unit(self, kind: str) -> str:
        """What stands behind the value."""
        return self.currency if kind == "money" else ""

    def rows(self, type_: Any, path: str, needed: bool) -> list[Control]:
        """The rows that are filled, and some for more."""
        filled = len(indices(self.typed, path))
        count = max(filled + (0 if filled else 2), self.least_rows.get(path, 0))
        return [
            Control(
                name=f"{path}.{at}",
                kind="row",
                label=self.visit.words.text("Row {number}", number=at + 1),
                needed=False,
                errors=self.errors.get(f"{path}.{at}", ()),
                parts=self.controls(type_, f"{path}.{at}"),
            )
            for at in range(min(count, MOST_ROWS))
        ]

    def grounds(self, own: Any) -> list[Control]:
        """The grounds that may be given beside the command."""
        hints = parts_of(Grounds)
        mine = {part.name for part in fields(own)}
        return [
            self.control(name, hints[name], name, False, True)
            for name in BESIDE
            if name not in mine
        ]


def place_of(pointer: str | None) -> str:
    """The name of the control that a JSON pointer speaks of."""
    if not pointer or not pointer.startswith("/"):
        return ""
    return ".".join(control_name(part) for part in pointer[1:].split("/"))


def build(
    builder: Builder,
    noun: str,
    *,
    action: str,
    version: int | None,
    reasons: Sequence[Reason] = (),
    is_open: bool = False,
) -> Form:
    """A form for a verb, with what was typed and what is wrong with it."""
    words, verb = builder.visit.words, builder.verb
    command, _ = HANDLERS[noun][verb]
    placed = [(place_of(reason.field), words.sentence(reason)) for reason in reasons]
    builder.errors = {place: [s for p, s in placed if p == place] for place, _ in placed}
    controls, grounds = builder.controls(command), builder.grounds(command)
    return Form(
        verb=verb,
        title=builder.visit.label("verb", verb, noun),
        about=words.text((command.__doc__ or "").partition("\n")[0]),
        action=action,
        controls=controls,
        grounds=grounds,
        key=first(builder.typed, "_key") or secrets.token_urlsafe(16),
        version=version,
        is_open=is_open,
        faults=[
            (f"{verb}-{place}" if place in builder.names else "", sentence)
            for place, sentence in placed
        ],
    )
