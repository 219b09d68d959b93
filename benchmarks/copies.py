"""One played district as a pattern, and its copies: the same lines, later, under other ids."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from stdnum.cn import uscc

BETWEEN = timedelta(days=28)
"""How much later each copy begins than the one before; whole weeks keep the days of the week."""

CUT = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}(?:@[0-9]+)?"
    r'|(?<=")[0-9]{4}-[0-9]{2}-[0-9]{2}(?=["T])|(?<=")5[12][0-9]{6}[0-9A-Z]{10}(?="))'
)
"""What differs between copies: the ids of things and commands, days, and credit codes.

People and bank accounts have ids of another version, and stay who they are.
"""

DAY_LENGTH, CODE_LENGTH = 10, 18


@dataclass(frozen=True, slots=True)
class Line:
    """A record of the pattern: every second piece, from the second on, differs between copies.

    `moves` are the changes of accounts of the fund that all copies share.
    """

    stream: str
    version: int
    type: str
    by_clock: bool
    recorded_at: str
    effective_at: str
    moves: tuple[tuple[str, int], ...]
    pieces: tuple[str, ...]


def cut(text: str) -> tuple[str, ...]:
    """A text in pieces, every second of which differs between copies."""
    return tuple(CUT.split(text))


@dataclass(slots=True)
class Copy:
    """The pattern once more, as many times 28 days later; copy 0 is the pattern itself.

    `known` is how pieces read here, as far as it was worked out; the rest follows from `number`.
    """

    number: int
    known: dict[str, str] = field(default_factory=dict)

    def of(self, piece: str) -> str:
        """How a piece that differs between copies reads in this one."""
        found = self.known.get(piece)
        if found is None:
            found = self.known[piece] = self.changed(piece) if self.number else piece
        return found

    def changed(self, piece: str) -> str:
        """A day, a credit code or an id of this copy."""
        if len(piece) == DAY_LENGTH:
            return later(piece, self.number)
        if len(piece) == CODE_LENGTH:
            return another_code(piece, self.number)
        id, at, version = piece.partition("@")
        return f"{self.of(id)}@{version}" if at else later_id(id, self.number)

    def text(self, line: Line) -> str:
        """A line as it reads in this copy."""
        pieces = list(line.pieces)
        pieces[1::2] = map(self.of, pieces[1::2])
        return "".join(pieces)

    def moment(self, moment: str) -> str:
        """A moment of the pattern, as much later as this copy is."""
        return self.of(moment[:DAY_LENGTH]) + moment[DAY_LENGTH:]


@cache
def later(day: str, number: int) -> str:
    """A day of a copy."""
    return (date.fromisoformat(day) + number * BETWEEN).isoformat()


def later_id(id: str, number: int) -> str:
    """An id of a copy: it begins with the milliseconds of its time, and the rest is random."""
    moment = int(id[:8] + id[9:13], 16) + number * BETWEEN // timedelta(milliseconds=1)
    digits = f"{moment:012x}"
    return f"{digits[:8]}-{digits[8:]}{id[13:]}"


def another_code(code: str, number: int) -> str:
    """The credit code of an organisation of a copy: valid, and nobody else's."""
    body = f"{code[:10]}{number:05d}{code[15:17]}"
    return body + str(uscc.calc_check_digit(body))
