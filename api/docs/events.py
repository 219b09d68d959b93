"""docs/events.md: the contract of what is stored, and whether the code still keeps it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from api.docs.markdown import CHINESE, GENERATED, joined, table
from api.docs.types import choices, fields_of, structures, written
from application.chronicle import events_known, name_of
from domain.kernel import Record

INTRODUCTION = """\
每条记录是一行 JSON：信封，以及其中的事件 `event`。事件的 `type` 是其存储名，永不改变；`stage` 是事件
之后该事项所处的阶段，为空时不写。等于默认值（空）的字段不写。金额为最小货币单位的整数（`…_minor`），
得分为千分之一分（`…_milli`），时间为 RFC 3339 UTC，日期为当地日期。

A record is one line of JSON: the envelope, with the event inside it as `event`. The `type` of an
event is its stored name and never changes; `stage` is where the event left the thing, left out
where it is empty. Fields that have their default (nothing) are left out. Amounts are whole minor
units (`…_minor`), scores thousandths of a point (`…_milli`), times RFC 3339 in UTC, dates local
days.

本页是契约：字段不得删除或改变类型；含义改变即新事件名；新字段须有默认值。

This page is a contract: no field is removed or retyped; another meaning is another event name; a
new field has a default."""

COLUMNS = ("字段 Field", "类型 Type", "中文", "取值 Values")
SECTION = re.compile(r"^### .*`([^`]+)`$")
FIELD = re.compile(r"^\| `([^`]+)` \| ([^|]+) \|")

ENVELOPE = "envelope"


def page() -> str:
    """The whole page."""
    blocks = [GENERATED, "# 事件 Events", INTRODUCTION, f"### 信封 The envelope `{ENVELOPE}`"]
    blocks.append(fields_table(Record, event="object"))
    blocks.append("## 事件 Events")
    kinds = events_known()
    for kind in kinds:
        name = name_of(kind)
        blocks.append(f"### {CHINESE.word('event', name)} `{name}`")
        blocks.append(fields_table(kind))
    blocks.append("## 结构 Structures")
    for structure in structures([Record, *kinds]):
        blocks.append(f"### `{structure.__name__}`")
        blocks.append(inspect.cleandoc(structure.__doc__ or ""))
        blocks.append(fields_table(structure))
    return joined(blocks)


def fields_table(structure: type, **said: str) -> str:
    """The fields of a structure with their types; a sentence where there are none."""
    rows = [
        (
            f"`{name}`",
            said.get(name) or written(hint),
            CHINESE.word("field", name),
            ", ".join(choices(hint)) or "–",
        )
        for name, hint in fields_of(structure).items()
    ]
    return "\n".join(table(COLUMNS, rows)) if rows else "没有字段。 No fields."


def read(text: str) -> dict[str, dict[str, str]]:
    """For each section of a page its fields and their types."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if section := SECTION.match(line):
            fields = found.setdefault(section[1], {})
        elif found and (field := FIELD.match(line)):
            fields[field[1]] = field[2].strip()
    return found


def broken(promised: str, now: str) -> list[str]:
    """What a page promised and the code does not keep any more."""
    return list(faults(read(promised), read(now)))


def faults(promised: dict[str, dict[str, str]], now: dict[str, dict[str, str]]) -> Iterator[str]:
    """A sentence for every event that is gone, and every field that is gone or retyped."""
    for section, fields in promised.items():
        if section not in now:
            yield f"docs/events.md promises “{section}”, which is gone."
            continue
        for name, kind in fields.items():
            found = now[section].get(name)
            if found is None:
                yield f"“{section}” has lost its field “{name}”."
            elif found != kind:
                yield f"“{section}.{name}” was {kind} and would become {found}."
