"""Agreements that organisations ask to change while their grants run."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from api.demo.agenda import Story
from api.demo.days import at
from api.demo.district import District
from api.demo.organisations import leader_of
from api.demo.people import FINANCE, MANAGER
from api.demo.rounds import day
from api.demo.whole import ASKS
from application.amendments import (
    ApproveAmendment,
    RefuseAmendment,
    RequestAmendment,
    WithdrawAmendment,
)
from domain.amendments import Stage

ORGANISATION = {ask.key: ask.organisation for ask in ASKS}


class Change(NamedTuple):
    """A longer period that is asked for: for which grant, until when, why, and the answer."""

    ask: str
    asked: date
    ends: date
    reason: str
    until: Stage


CHANGES = (
    Change("bath", day(11, 5), date(2027, 3, 31), "冬季上门次数减少，申请延期。", Stage.REQUESTED),
    Change("capacity", day(9, 9), date(2027, 3, 12), "讲师档期调整，申请延期。", Stage.APPROVED),
    Change("handcraft", day(9, 10), date(2027, 6, 30), "申请延长至次年六月。", Stage.REFUSED),
    Change("memory", day(9, 11), date(2027, 2, 26), "申请延期一个月。", Stage.WITHDRAWN),
)
"""One change for every stage of an amendment."""


def change(district: District, change: Change) -> Story:
    """An amendment from its request to its answer."""
    yield at(change.asked, 11)
    leader = leader_of(ORGANISATION[change.ask])
    grant = district.ids("grant", proposal=district.proposals[change.ask])[0]
    asked = RequestAmendment(grant=grant, ends=change.ends, reason=change.reason)
    id = district.tell(leader, asked).id
    yield at(change.asked, 16)
    if change.until is Stage.APPROVED:
        district.pair(MANAGER, FINANCE, ApproveAmendment(), id)
    if change.until is Stage.REFUSED:
        district.tell(MANAGER, RefuseAmendment(reason="延期超过届次执行期，不予同意。"), id)
    if change.until is Stage.WITHDRAWN:
        district.tell(leader, WithdrawAmendment(), id)
