"""Who takes a step, read off the permissions and the reactions."""

from __future__ import annotations

import re

from api.docs.markdown import CHINESE, ENGLISH, both
from application.permissions import ANYBODY, ANYONE, PERMISSIONS, Permission
from application.reactions import BEFOREHAND, REACTIONS
from domain.lifecycle import Step
from domain.roles import EVERYWHERE, OF_ORGANISATION

ROW = re.compile(r"\(([A-Z][0-9]+[a-z]?)\)")
"""The row of the tables that the docstring of a reaction names."""

FIRST_HAND = "成对操作的第一人 the first hand of a pair"
SECOND_HAND = "所列审批角色 the roles that the pair names"
WHO_NEEDED_IT = "随 mirror: 用到它的步骤 the step that needed it"


def mirrors() -> dict[str, list[str]]:
    """For each row that is recorded in the save of an event, those events."""
    found: dict[str, list[str]] = {}
    for event, reactions in (*REACTIONS.items(), *BEFOREHAND.items()):
        for reaction in reactions:
            for row in ROW.findall(reaction.__doc__ or ""):
                found.setdefault(row, []).append(event)
    return found


def roles(names: tuple[str, ...]) -> str:
    """Roles that may each do it."""
    if names == ANYONE:
        return "除只读角色外任何角色 any role but those that only read"
    if names == ANYBODY:
        return "任何登录者 whoever has signed in"
    return "、".join(both("role", name) for name in names)


def hands(permission: Permission) -> str:
    """One hand, or the two of a pair."""
    alone, pair = roles(permission.first), f"{roles(permission.first)} → {roles(permission.second)}"
    if not permission.second:
        return alone
    if permission.when is None:
        return pair
    if permission.otherwise:
        alone = f"{alone} → {roles(permission.otherwise)}"
    name = permission.when.__name__
    chinese, english = CHINESE.word("condition", name), ENGLISH.word("condition", name)
    return f"{alone}；{chinese} {english}：{pair}"


def of_command(noun: str, verb: str) -> str:
    """Who may tell a command."""
    permission = PERMISSIONS[noun][verb]
    if noun == "approval" and verb in ("approve", "decline"):
        return SECOND_HAND
    if noun == "approval" and verb == "withdraw":
        return FIRST_HAND
    return hands(permission)


def of_step(noun: str, step: Step) -> str:
    """Who takes a row of a lifecycle: somebody by a command, or another event."""
    if step.verb in PERMISSIONS.get(noun, {}):
        return of_command(noun, step.verb)
    if step.event == "override.spent":
        return WHO_NEEDED_IT
    causes = mirrors().get(step.row)
    if causes:
        return "随 mirror: " + "、".join(f"`{event}`" for event in causes)
    if step.row.startswith("I"):
        return f"导入时 with an import: {hands(PERMISSIONS['import']['record'])}"
    return FIRST_HAND


def reach(permission: Permission) -> str:
    """How far the roles of a command reach."""
    names = {reach_of(role) for role in (*permission.first, *permission.second)}
    return "、".join(sorted(names))


def reach_of(role: str) -> str:
    """What a role is held for."""
    if role == "*":
        return "按角色 as the role"
    if (role,) == ANYBODY:
        return "全部 everywhere"
    if role in EVERYWHERE:
        return "全部 everywhere"
    return "组织 organisation" if role in OF_ORGANISATION else "地区 place"
