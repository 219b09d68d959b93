"""docs/lifecycles.md: every noun's stages drawn, and its rows in a table."""

from __future__ import annotations

from collections.abc import Iterator

from api.docs import postings, who
from api.docs.markdown import CHINESE, GENERATED, both, heading, joined, table
from application.kinds import KINDS, PLURALS
from domain.lifecycle import Back, Lifecycle, Step

INTRODUCTION = """\
每个名词一张图、一张表。表中每行是一个步骤：行号、从哪个阶段到哪个阶段、操作、由谁办理、记录的事件、
可能产生的记账分录（代码见 domain/ledger.py）。“甲 → 乙”是成对操作：甲提请，乙批准，须为两人。
“随”表示该步骤与所列事件在同一次保存中记录，不能单独办理。箭头不画不改变阶段的步骤。

One drawing and one table for each noun. A row is a step: its number, the stages it leads from and
to, the verb, who takes it, the event that is recorded, and the postings it may make (their codes
stand in domain/ledger.py). “A → B” is a pair: A prepares, B approves, and they are two people.
“mirror” marks a step that is recorded in the save of the events named and is never sent alone.
Steps that leave the stage as it is are not drawn."""

COLUMNS = (
    "行 Row",
    "从 → 到 From → to",
    "操作 Verb",
    "谁 Who",
    "事件 Event",
    "记账 Postings",
)


def page() -> str:
    """The whole page."""
    blocks = [GENERATED, "# 状态机 Lifecycles", INTRODUCTION]
    for noun, kind in KINDS.items():
        lifecycle = kind.lifecycle
        blocks.append(heading(noun, PLURALS[noun]))
        blocks.append("\n".join(drawing(lifecycle)))
        blocks.append("\n".join(table(COLUMNS, (row(noun, step) for step in lifecycle.steps))))
    return joined(blocks)


def drawing(lifecycle: Lifecycle) -> Iterator[str]:
    """The stages and the steps between them, as a mermaid diagram."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for stage in lifecycle.stages:
        word = CHINESE.word("stage", stage, lifecycle.noun)
        yield f'    state "{word} {stage}" as {stage}'
    for (source, target), rows in arrows(lifecycle).items():
        yield f"    {source} --> {target}: {', '.join(rows)}"
    for stage in lifecycle.stages:
        if stage in lifecycle.final:
            yield f"    {stage} --> [*]"
    yield "```"


def arrows(lifecycle: Lifecycle) -> dict[tuple[str, str], list[str]]:
    """The rows on each arrow; rows that create a thing come from the start."""
    found: dict[tuple[str, str], list[str]] = {}
    for step in lifecycle.steps:
        for source in step.sources:
            for target in step.targets(source) if step.target is not None else ():
                found.setdefault((str(source), str(target)), []).append(step.row)
        if not step.sources:
            found.setdefault(("[*]", str(step.target)), []).append(step.row)
    return found


def ending(noun: str, step: Step) -> str:
    """Where a step leads to."""
    if isinstance(step.target, Back):
        return "原阶段 the stage left"
    return "不变 same" if step.target is None else both("stage", step.target, noun)


def row(noun: str, step: Step) -> tuple[str, ...]:
    """A step as a row of the table."""
    sources = "、".join(both("stage", source, noun) for source in step.sources) or "–"
    return (
        step.row,
        f"{sources} → {ending(noun, step)}",
        both("verb", step.verb, noun),
        who.of_step(noun, step),
        both("event", step.event),
        ", ".join(postings.of_step(step)) or "–",
    )
