"""Finds in the sources every sentence that people may be shown as a reason.

A sentence is what ends up as the text of a Reason, directly or through a function that passes its
own parameter on.
"""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from tests.architecture.sources import LAYERS, Source, dotted, modules

Function = ast.FunctionDef | ast.AsyncFunctionDef
Scope = ast.Module | Function


class Taker(NamedTuple):
    """A parameter that takes a sentence: its name, and its place among the arguments."""

    parameter: str
    place: int


Takers = dict[str, Taker]
FIRST: Takers = {"Reason": Taker("text", 1)}


class Unknown(Exception):
    """A sentence that cannot be read off the source."""


def sentences() -> dict[str, str]:
    """Every sentence, with a place where it stands."""
    sources = modules(*LAYERS)
    takers = takers_in(sources)
    found: dict[str, str] = {}
    for source in sources:
        for scope, call in calls_in(source):
            if (given := argument(call, takers)) is not None:
                for text in texts(given, scope, source.tree):
                    found.setdefault(text, f"{source.name}:{call.lineno}")
    return found


def takers_in(sources: tuple[Source, ...]) -> Takers:
    """Everything that can be called with a sentence, by name; found until nothing is added."""
    takers: Takers = {}
    added = dict(FIRST)
    while added:
        takers |= added
        added = {
            name: taker
            for source in sources
            for name, taker in passing_on(source, takers)
            if name not in takers
        }
    return takers


def passing_on(source: Source, takers: Takers) -> Iterator[tuple[str, Taker]]:
    """The functions of a module that pass a parameter of their own on as a sentence."""
    methods = {
        function: owner
        for owner in ast.walk(source.tree)
        if isinstance(owner, ast.ClassDef)
        for function in owner.body
    }
    for scope, call in calls_in(source):
        given = argument(call, takers)
        if isinstance(given, ast.Name) and is_parameter(given.id, scope):
            assert isinstance(scope, Function)
            names = [parameter.arg for parameter in scope.args.args]
            place = names.index(given.id) if given.id in names else len(names)
            owner = methods.get(scope)
            name = owner.name if owner and scope.name == "__init__" else scope.name
            yield name, Taker(given.id, place - (owner is not None))


def calls_in(source: Source) -> Iterator[tuple[Scope, ast.Call]]:
    """Every call of a module, with the function it stands in."""
    yield from ((source.tree, call) for call in calls(source.tree))
    for node in ast.walk(source.tree):
        if isinstance(node, Function):
            yield from ((node, call) for call in calls(node))


def calls(scope: ast.AST) -> Iterator[ast.Call]:
    """The calls that stand in a scope itself, not in a function inside it."""
    for child in ast.iter_child_nodes(scope):
        if isinstance(child, ast.Call):
            yield child
        if not isinstance(child, Function):
            yield from calls(child)


def argument(call: ast.Call, takers: Takers) -> ast.expr | None:
    """What a call gives as its sentence, where it is one that takes a sentence."""
    taker = takers.get(dotted(call.func).rpartition(".")[2])
    if taker is None:
        return None
    if len(call.args) > taker.place:
        return call.args[taker.place]
    return next((k.value for k in call.keywords if k.arg == taker.parameter), None)


def texts(given: ast.expr, scope: Scope, tree: ast.Module) -> Iterator[str]:
    """The sentences that an expression may be; raises Unknown where that cannot be read."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value
    elif isinstance(given, ast.IfExp):
        yield from texts(given.body, scope, tree)
        yield from texts(given.orelse, scope, tree)
    elif isinstance(given, ast.Subscript):
        yield from of_table(given.value, tree)
    elif isinstance(given, ast.Call) and isinstance(given.func, ast.Attribute):
        yield from of_table(given.func.value, tree)
        for default in given.args[1:]:
            yield from texts(default, scope, tree)
    elif isinstance(given, ast.Name) and not is_parameter(given.id, scope):
        yield from of_name(given.id, scope, tree)
    elif not isinstance(given, ast.Name):
        raise Unknown(ast.unparse(given))


def is_parameter(name: str, scope: Scope) -> bool:
    """Whether a function was given what the name stands for."""
    if isinstance(scope, ast.Module):
        return False
    return name in {parameter.arg for parameter in scope.args.args + scope.args.kwonlyargs}


def of_name(name: str, scope: Scope, tree: ast.Module) -> Iterator[str]:
    """The sentences that are assigned to a name."""
    values = list(assigned(name, scope)) or list(assigned(name, tree))
    if not values:
        raise Unknown(name)
    for value in values:
        yield from texts(value, scope, tree)


def of_table(table: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The sentences that a dictionary of the module holds."""
    values = list(assigned(dotted(table), tree))
    if not values:
        raise Unknown(ast.unparse(table))
    for value in values:
        if not isinstance(value, ast.Dict):
            raise Unknown(ast.unparse(table))
        for item in value.values:
            yield from texts(item, tree, tree)


def assigned(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    """What a scope assigns to a name."""
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = [node.target]
        else:
            continue
        named = any(isinstance(target, ast.Name) and target.id == name for target in targets)
        if named and node.value is not None:
            yield node.value
