"""What the demonstration says on the terminal, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from api.demo.agenda import Progress as Step
from api.demo.days import NOW, START
from api.demo.tokens import RoleToken
from api.words import Words

WIDE = 200
"""How many columns a file or a pipe has, which has no width of its own."""


def console() -> Console:
    """The terminal; what is no terminal gets whole lines."""
    found = Console(markup=False, highlight=False, emoji=False)
    if not found.is_terminal:
        found.width = WIDE
    return found


@contextmanager
def loading(terminal: Console) -> Iterator[Step]:
    """A bar that goes through the days of the district, on a terminal."""
    terminal.print("正在载入演示区，每一步都是一条指令。 Loading the district, command by command.")
    if not terminal.is_terminal:
        yield lambda moment: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=terminal, transient=True) as bar:
        task = bar.add_task("", total=(NOW - START).total_seconds())

        def step(moment: datetime) -> None:
            done = (moment - START).total_seconds()
            bar.update(
                task, completed=done, description=f"{moment.astimezone(NOW.tzinfo):%Y-%m-%d}"
            )

        yield step


def loaded(terminal: Console, database: str, events: int) -> None:
    """Says what there is now."""
    terminal.print(
        f"演示区已就绪：{database}，{events} 个事件。 "
        f"The district is ready: {database}, {events} events."
    )


def invitation(terminal: Console, address: str, tokens: list[RoleToken]) -> None:
    """The address, who may sign in, the tokens, and how to stop."""
    terminal.print()
    terminal.print("善迹演示：人名、组织和金额都是虚构的，时间是模拟的。")
    terminal.print(
        "Fundtrail demonstration: people, organisations and amounts are invented, "
        "and time is simulated."
    )
    terminal.print()
    terminal.print(f"网址 Address: {address}")
    terminal.print(
        f"登录 Sign in: {address}/sign-in  （点选一人即可，无需密码 choose a person, no password）"
    )
    terminal.print(f"接口 API: {address}/docs")
    terminal.print()
    terminal.print(people(tokens))
    terminal.print("停止：按 Ctrl-C；数据会保留。 To stop: press Ctrl-C; the data stays.")


def people(tokens: list[RoleToken]) -> Table:
    """For each role somebody who holds it, and a token."""
    chinese, english = Words("zh"), Words("en")
    table = Table(box=None, pad_edge=False)
    for title in ("角色 Role", "人员 Person", "接口令牌 API token"):
        table.add_column(title, overflow="fold")
    for token in tokens:
        role = f"{chinese.word('role', token.role)} {english.word('role', token.role)}"
        table.add_row(role, token.person, token.secret)
    return table
