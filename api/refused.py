"""What is noted of refused commands, wherever they come in: at the API, and from pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from api.identity import OutOfScope
from application.principals import Principal
from application.questions import House
from domain.errors import Refusal


@contextmanager
def noting(house: House, by: Principal, noun: str, verb: str, id: str) -> Iterator[None]:
    """Notes it where a command of somebody is refused; the refusal goes on its way."""
    try:
        yield
    except Refusal as refusal:
        house.refusals.note(by, noun, verb, id, refusal)
        raise


@contextmanager
def out_of_scope(house: House, noun: str, verb: str, id: str) -> Iterator[None]:
    """Notes it where a token is limited to less than the command; nothing of it was read yet."""
    try:
        yield
    except OutOfScope as refusal:
        house.refusals.note(refusal.by, noun, verb, id, refusal)
        raise
