"""The house style, read off the sources: sizes, layers, and what must not stand anywhere."""

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from tests.architecture.sources import LAYERS, Source, files, modules, texts

LONGEST_FILE = 250
LONGEST_FUNCTION = 30
LONGEST_LINE = 100

# Files of nothing but event, command or table declarations, which may be longer.
DECLARATIONS = (
    "api/cli/messages.py",
    "application/permissions.py",
    "application/postings.py",
    "commands.py",
    "events.py",
    "infrastructure/migrations/versions/*.py",
)

# Why a module may catch everything: there is one sentence for each.
CATCH_ALLS = {
    "application/desk.py": "What went wrong is rolled back, and everybody who waits is answered.",
    "infrastructure/followers/following.py": "What failed is logged and tried again.",
}

TOP = {
    ".ci",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "GLOSSARY.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "benchmarks",
    "docs",
    "pyproject.toml",
    "tests",
    *LAYERS,
}

MAY_IMPORT = {
    "domain": {"annotated_types", "domain", "msgspec", "stdnum", "transitions"},
    "application": {"annotated_types", "application", "domain", "eventsourcing", "msgspec"},
}
MAY_NOT_IMPORT = {"infrastructure": {"api"}}
KNOW_INFRASTRUCTURE = ("api.main", "api.cli", "api.demo")

# Time, ids, randomness and files reach the domain as arguments.
OUTSIDE_WORLD = re.compile(
    r"(.*\.)?(datetime\.(now|today|utcnow)|date\.today|time\.(time|time_ns|monotonic)"
    r"|uuid[1-8]|random|open|read_text|read_bytes|input|print)"
    r"|(random|secrets)\..*"
)

IGNORE_WITHOUT_CODE = re.compile(r"#\s*type:\s*ignore(?!\[)")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/\w")
REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|npmjs|yarnpkg|debian|golang)\.(?:org|com|io)\b")
GENERATED = re.compile(
    r"\.(db|sqlite|sqlite3|mo|pyc|whl|woff|woff2|ttf|otf)$|\.min\.(js|css)$"
    r"|(^|/)(package-lock\.json|yarn\.lock|uv\.lock|poetry\.lock|pnpm-lock\.yaml)$"
)


def test_files_are_short() -> None:
    assert_none(
        f"{module.name}: {length} lines"
        for module in modules()
        if (length := len(module.text.splitlines())) > LONGEST_FILE
        and not module.matches(DECLARATIONS)
    )


def test_functions_are_short() -> None:
    assert_none(
        f"{module.name}:{function.lineno}: {function.name} has {length} lines"
        for module in modules()
        for function in module.functions()
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
        and not module.matches(DECLARATIONS)
    )


def test_lines_are_short() -> None:
    assert_none(
        f"{module.name}:{number}: {len(line)} characters"
        for module in modules()
        for number, line in enumerate(module.text.splitlines(), start=1)
        if len(line) > LONGEST_LINE
    )


def test_every_module_says_what_it_is() -> None:
    assert_none(
        f"{module.name}: no docstring"
        for module in modules()
        if module.tree.body and not ast.get_docstring(module.tree)
    )


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_an_inner_layer_knows_few_packages(layer: str) -> None:
    allowed = MAY_IMPORT[layer] | sys.stdlib_module_names
    assert_none(
        f"{module.name}:{line}: imports {name}"
        for module in modules(layer)
        for line, name in module.imports()
        if name.split(".")[0] not in allowed
    )


@pytest.mark.parametrize("layer", MAY_NOT_IMPORT)
def test_no_layer_knows_the_one_above(layer: str) -> None:
    assert_none(
        f"{module.name}:{line}: imports {name}"
        for module in modules(layer)
        for line, name in module.imports()
        if name.split(".")[0] in MAY_NOT_IMPORT[layer]
    )


def test_only_the_composition_root_and_the_command_line_know_infrastructure() -> None:
    assert_none(
        f"{module.name}:{line}: imports {name}"
        for module in modules("api")
        if not f"{module.module}.".startswith(tuple(f"{name}." for name in KNOW_INFRASTRUCTURE))
        for line, name in module.imports()
        if name.split(".")[0] == "infrastructure"
    )


def test_the_domain_does_not_reach_for_the_outside_world() -> None:
    assert_none(
        f"{module.name}:{line}: calls {name}"
        for module in modules("domain")
        for line, name in module.calls()
        if OUTSIDE_WORLD.fullmatch(name)
    )


def test_only_the_command_line_prints() -> None:
    assert_none(
        f"{module.name}:{line}: prints"
        for module in modules(*LAYERS)
        if not f"{module.module}.".startswith("api.cli.")
        for line, name in module.calls()
        if name == "print"
    )


def test_an_ignored_type_error_names_its_code() -> None:
    assert_none(
        f"{module.name}:{number}"
        for module in modules()
        for number, line in enumerate(module.text.splitlines(), start=1)
        if IGNORE_WITHOUT_CODE.search(line)
    )


def test_nothing_catches_everything_without_a_reason() -> None:
    assert_none(
        f"{module.name}:{handler.lineno}: catches everything"
        for module in modules()
        if module.name not in CATCH_ALLS
        for handler in catch_alls(module)
    )


def test_every_reason_to_catch_everything_is_still_needed() -> None:
    assert [name for name in CATCH_ALLS if not any(catch_alls(Source(name)))] == []


def test_the_top_of_the_repository_is_tidy() -> None:
    assert {file.top for file in files()} - TOP == set()


@pytest.mark.parametrize("forbidden", [MACHINE_PATH, REGISTRY], ids=["machine path", "registry"])
def test_no_file_tells_where_it_was_written(forbidden: re.Pattern[str]) -> None:
    assert_none(
        f"{file.name}:{number}: {found.group()}"
        for file in texts()
        for number, line in enumerate(file.text.splitlines(), start=1)
        if (found := forbidden.search(line))
    )


def test_nothing_generated_is_tracked() -> None:
    assert_none(file.name for file in files() if GENERATED.search(file.name))


def catch_alls(module: Source) -> Iterator[ast.ExceptHandler]:
    """The handlers that catch every error, whatever it is."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {kind.id for kind in kinds if isinstance(kind, ast.Name)}
            if node.type is None or names & {"Exception", "BaseException"}:
                yield node


def assert_none(faults: Iterator[str]) -> None:
    """All faults are shown at once, one a line, because they are repaired together."""
    found = list(faults)
    assert not found, "\n" + "\n".join(found)
