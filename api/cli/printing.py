"""Prints: one JSON document, or a table for people; progress on a terminal only."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from api.cli.saying import say

Step = Callable[..., None]
"""Told how many are done, and of how many where that is known."""


def print_json(document: Any) -> None:
    """Prints one JSON document."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: int = 0
) -> None:
    """Prints rows under their headings; the last `numbers` columns stand to the right."""
    table = Table(box=None, pad_edge=False)
    for index, column in enumerate(columns):
        right = index >= len(columns) - numbers
        table.add_column(
            say(f"column.{column}"), justify="right" if right else "left", overflow="fold"
        )
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    if not table.row_count:
        typer.echo(say("nothing"))
        return
    # A file or a pipe gets whole lines; only a terminal has a width to fit into.
    console = Console(markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = 10_000
    console.print(table)


@contextmanager
def progress(key: str) -> Iterator[Step]:
    """A bar on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, total=None: None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say(key), total=None)
        yield lambda done, total=None: bar.update(task, completed=done, total=total)
