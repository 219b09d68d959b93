"""The files of this repository as the tests of its style see them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

REPOSITORY = Path(__file__).resolve().parents[2]
LAYERS = ("domain", "application", "infrastructure", "api")

# Files of these kinds are not text, so there is nothing in them to read.
BINARY = (".gif", ".ico", ".jpg", ".ods", ".parquet", ".pdf", ".png", ".xls", ".xlsx", ".zip")


@dataclass(frozen=True)
class Source:
    """A file, named by its path from the top of the repository."""

    name: str

    @cached_property
    def text(self) -> str:
        return (REPOSITORY / self.name).read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.name)

    @property
    def top(self) -> str:
        return PurePosixPath(self.name).parts[0]

    @property
    def module(self) -> str:
        """The module's dotted name, `api.cli` for api/cli.py and for api/cli/__init__.py."""
        path = PurePosixPath(self.name).with_suffix("")
        return ".".join(path.parent.parts if path.name == "__init__" else path.parts)

    def matches(self, patterns: tuple[str, ...]) -> bool:
        return any(PurePosixPath(self.name).match(pattern) for pattern in patterns)

    def imports(self) -> Iterator[tuple[int, str]]:
        """Line and dotted name of every module that this one imports."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, name) for name in self._imported(node))

    def calls(self) -> Iterator[tuple[int, str]]:
        """Line and dotted name of every call, as it is written."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node.lineno, dotted(node.func)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def _imported(self, node: ast.ImportFrom) -> Iterator[str]:
        package = self.module.split(".")
        if not self.name.endswith("__init__.py"):
            package.pop()
        above = package[: len(package) - node.level + 1] if node.level else []
        base = ".".join([*above, *filter(None, [node.module])])
        yield from (f"{base}.{alias.name}" for alias in node.names)


def dotted(node: ast.expr) -> str:
    """`datetime.now` for that expression; what is not a plain name becomes an empty part."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def files() -> tuple[Source, ...]:
    """Every file that is tracked, or would be by `git add`."""
    # A checkout may belong to someone else than the one who tests it.
    git = ("git", "-c", f"safe.directory={REPOSITORY}", "-C", str(REPOSITORY))
    listing = ("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    answer = subprocess.run([*git, *listing], capture_output=True, check=True, text=True)
    names = sorted(set(answer.stdout.split("\0")) - {""})
    return tuple(Source(name) for name in names if (REPOSITORY / name).is_file())


def texts() -> tuple[Source, ...]:
    return tuple(file for file in files() if not file.name.endswith(BINARY))


def modules(*tops: str) -> tuple[Source, ...]:
    """The Python files, of all folders or of the given ones."""
    python = (file for file in files() if file.name.endswith(".py"))
    return tuple(file for file in python if not tops or file.top in tops)
