"""docs/permissions.md: every command, who may tell it, and how far that reaches."""

from __future__ import annotations

from api.docs import who
from api.docs.markdown import CHINESE, GENERATED, both, heading, joined, table
from application.handlers import HANDLERS
from application.kinds import KINDS, PLURALS
from application.permissions import PERMISSIONS
from domain.roles import ROLES

INTRODUCTION = """\
表中没有的，一律不许。角色为某个地区或某个组织而持有，地区角色及于其下级地区，组织角色只及于该组织
自己的事项。“甲 → 乙”是成对操作：甲提请，乙批准，须为两人。关于本人和本事项的规则（本组织、回避、
前序环节）由领域规则另行检查，不在此表。

What stands in no table is not permitted. A role is held for a place or for an organisation: a place
reaches the places below it, an organisation only what is its own. “A → B” is a pair: A prepares, B
approves, and they are two people. Rules about this person and this thing (one's own organisation,
conflict of interest, an earlier part in the matter) are checked by the domain and stand
elsewhere."""


COLUMNS = ("行 Row", "操作 Command", "谁 Who", "范围 Reach", "说明 What it does")


def page() -> str:
    """The whole page."""
    blocks = [GENERATED, "# 权限 Permissions", INTRODUCTION]
    blocks.append("## 角色 Roles")
    rows = [(CHINESE.word("role", role), f"`{role}`", who.reach_of(role)) for role in ROLES]
    blocks.append("\n".join(table(("角色", "Role", "范围 Reach"), rows)))
    for noun, verbs in PERMISSIONS.items():
        blocks.append(heading(noun, PLURALS[noun]))
        commands = [command(noun, verb) for verb in verbs]
        blocks.append("\n".join(table(COLUMNS, commands)))
    return joined(blocks)


def command(noun: str, verb: str) -> tuple[str, ...]:
    """A command as a row of its noun's table."""
    return (
        KINDS[noun].lifecycle.verbs[verb].row,
        both("verb", verb, noun),
        who.of_command(noun, verb),
        who.reach(PERMISSIONS[noun][verb]),
        meaning(noun, verb),
    )


def meaning(noun: str, verb: str) -> str:
    """What the command does, in both languages."""
    command_type, _ = HANDLERS[noun][verb]
    says = (command_type.__doc__ or "").partition("\n")[0]
    return f"{CHINESE.text(says)} {says}"
