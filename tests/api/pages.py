"""Finds in the sources every text that pages and problems are made of."""

import ast
import re
from collections.abc import Iterator

from application.handlers import HANDLERS
from tests.api.sentences import Unknown, calls_in, texts
from tests.architecture.sources import Source, files, modules

IN_TEMPLATES = re.compile(r"""\b_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")


def page_texts() -> dict[str, str]:
    """Every text, with a place where it stands."""
    found: dict[str, str] = {}
    for text, place in (*titles(), *of_commands(), *in_code(), *in_templates()):
        found.setdefault(text, place)
    return found


def titles() -> Iterator[tuple[str, str]]:
    """The titles of problems: every sentence in that module that is not a docstring."""
    tree = Source("api/errors.py").tree
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in docstrings:
            text = str(node.value)
            if text.endswith("."):
                yield text, f"api/errors.py:{node.lineno}"


def of_commands() -> Iterator[tuple[str, str]]:
    """What each command says that it does, on its form."""
    for noun, verbs in HANDLERS.items():
        for verb, (command, _) in verbs.items():
            yield (command.__doc__ or "").partition("\n")[0], f"{noun} {verb}"


def in_code() -> Iterator[tuple[str, str]]:
    """What the code asks of `Words.text`; a name that was given is found where it comes from."""
    for source in modules("api"):
        for scope, call in calls_in(source):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "text" and call.args:
                try:
                    for text in texts(call.args[0], scope, source.tree):
                        yield text, f"{source.name}:{call.lineno}"
                except Unknown:
                    continue


def in_templates() -> Iterator[tuple[str, str]]:
    """What templates ask of `_`."""
    for file in files():
        if file.name.startswith("api/web/templates/"):
            for double, single in IN_TEMPLATES.findall(file.text):
                yield (double or single).replace('\\"', '"').replace("\\'", "'"), file.name
