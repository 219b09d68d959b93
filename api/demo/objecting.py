"""Objections to intended awards that are on public notice."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from api.demo.agenda import Story
from api.demo.days import after, at
from api.demo.district import District
from api.demo.people import LEADER, OVERSIGHT, RESIDENT
from api.demo.rounds import day
from application.objections import (
    AcceptObjection,
    DismissObjection,
    FileObjection,
    InvestigateObjection,
    NotifyObjector,
    RefuseObjection,
    UpholdObjection,
)
from application.proposals.commands import RevokeAward
from domain.objections import Stage


class Protest(NamedTuple):
    """An objection: to which award, when, for what, how far it comes, and what was found."""

    ask: str
    filed: date
    statement: str
    until: Stage
    outcome: Stage | None = None


FILED = day(11, 6)
PROTESTS = (
    Protest("science", day(11, 9), "科学小屋与学校课后服务时间重叠。", Stage.FILED),
    Protest("garden", FILED, "希望花园多种些月季。", Stage.NOT_ACCEPTED),
    Protest("swings", FILED, "活动场地未征得业主同意。", Stage.INVESTIGATING),
    Protest("bench", day(11, 9), "申报单位与设备供应商关系密切。", Stage.ACCEPTED),
    Protest("garden", FILED, "共建地块权属有争议。", Stage.DISMISSED),
    Protest("lights", FILED, "同一内容已获其他部门资助。", Stage.UPHELD),
    Protest("science", FILED, "服务人数写得过高。", Stage.NOTIFIED, Stage.DISMISSED),
)  # fmt: skip
"""One objection for every stage."""


def protest(district: District, protest: Protest) -> Story:
    """An objection from its filing to the stage that the table names."""
    yield at(protest.filed, 14)
    proposal = district.proposals[protest.ask]
    command = FileObjection(proposal=proposal, statement=protest.statement)
    id = district.tell(RESIDENT, command).id
    if protest.until is Stage.FILED:
        return
    yield at(protest.filed, 15)
    if protest.until is Stage.NOT_ACCEPTED:
        district.tell(OVERSIGHT, RefuseObjection(reason="属于建议，不涉及拟资助资格。"), id)
        return
    district.tell(OVERSIGHT, AcceptObjection(), id)
    if protest.until is Stage.ACCEPTED:
        return
    district.tell(OVERSIGHT, InvestigateObjection(), id)
    yield at(after(protest.filed, 1), 10)
    yield from found(district, protest, id)


def found(district: District, protest: Protest, id: str) -> Story:
    """What the inquiry found, and what follows from it."""
    outcome = protest.outcome or protest.until
    if outcome is Stage.UPHELD:
        district.tell(OVERSIGHT, UpholdObjection(result="经核实，资助内容重复。"), id)
        yield at(after(protest.filed, 1), 15)
        command = RevokeAward(reason="同一内容已获资助，撤销拟资助。")
        district.tell(LEADER, command, district.proposals[protest.ask])
    if outcome is Stage.DISMISSED:
        district.tell(OVERSIGHT, DismissObjection(result="经核实，所述情况不存在。"), id)
    if protest.until is Stage.NOTIFIED:
        text = f"关于异议“{protest.statement}”的答复：经核实，所述情况不存在。\n"
        document, _ = district.store(OVERSIGHT, f"objection:{id}", text)
        district.tell(OVERSIGHT, NotifyObjector(document=document), id)
