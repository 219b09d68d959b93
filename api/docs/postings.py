"""Which postings an event may carry, read off the sources of the decision functions."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

import domain
from application.chronicle import name_of
from domain.accounts import LEGS
from domain.kernel import Event
from domain.lifecycle import Step
from domain.proposals.lifecycle import Stage
from domain.proposals.proposal import Proposal

CODE = re.compile(r"\bP[0-9]+[a-z]?\b")
CODES = tuple(dict.fromkeys(code.partition(".")[0] for code in LEGS))

HELPERS = {"gives_back": Proposal.gives_back}
"""Methods that make postings for several decisions."""


def of_step(step: Step) -> tuple[str, ...]:
    """The codes of a row; money is held for a proposal only since its notice, so P4r needs that."""
    codes = of_event(step.event)
    noticed = {Stage.ON_NOTICE, Stage.OBJECTED}
    if step.event.startswith("proposal.") and noticed.isdisjoint(step.sources):
        return tuple(code for code in codes if code != "P4r")
    return codes


def of_event(event: str) -> tuple[str, ...]:
    """The codes of the postings that the event may carry, in the order of the ledger's table."""
    found = by_event().get(event, set())
    return tuple(code for code in CODES if code in found)


@cache
def by_event() -> dict[str, set[str]]:
    """For every event, the codes that the functions which record it name."""
    found: dict[str, set[str]] = {}
    for module in modules():
        for function in functions(module):
            for event in events_made(function, module):
                found.setdefault(event, set()).update(codes(function))
    return found


def modules() -> Iterator[ModuleType]:
    """Every module of the domain."""
    for info in pkgutil.walk_packages(domain.__path__, "domain."):
        yield importlib.import_module(info.name)


def functions(module: ModuleType) -> Iterator[FunctionType]:
    """The functions that a module defines itself."""
    for value in vars(module).values():
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            yield value


def events_made(function: FunctionType, module: ModuleType) -> Iterator[str]:
    """The stored names of the events that a function makes."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            made = meant(node.func, module)
            if isinstance(made, type) and issubclass(made, Event):
                yield name_of(made)


def meant(expression: ast.expr, module: ModuleType) -> Any:
    """What a name such as `e.Paid` stands for in a module."""
    if isinstance(expression, ast.Attribute):
        return getattr(meant(expression.value, module), expression.attr, None)
    return vars(module).get(expression.id) if isinstance(expression, ast.Name) else None


def codes(function: FunctionType) -> set[str]:
    """The posting codes that a function names, itself or through a helper."""
    source = inspect.getsource(function)
    found = set(CODE.findall(source))
    for name, helper in HELPERS.items():
        if f".{name}(" in source:
            found |= set(CODE.findall(inspect.getsource(helper)))
    return found
