"""Grants that are suspended or ended before their plan, payments on hold, and what is claimed."""

from __future__ import annotations

from datetime import timedelta

from api.demo.agenda import Story
from api.demo.days import at
from api.demo.district import District
from api.demo.people import (
    AUDITOR,
    CASHIER,
    FINANCE,
    LEADER,
    MANAGER,
    OVERSIGHT,
    RECONCILER,
    person_id,
)
from api.demo.rounds import day
from application.clawbacks import CloseClawback, OrderClawback, RecordRepayment, WriteOff
from application.findings import RaiseFinding
from application.grants.stopping import (
    ProposeTermination,
    RecordPostCloseout,
    SuspendGrant,
    TerminateGrant,
)
from application.tranches import HoldTranche

LATER = timedelta(days=60)


def grant_of(district: District, ask: str) -> str:
    """The grant that came of a proposal."""
    return district.ids("grant", proposal=district.proposals[ask])[0]


def suspension(district: District) -> Story:
    """A grant is suspended, and of another the next payment is held."""
    yield at(day(11, 4), 10)
    command = SuspendGrant(cause="设备租赁价格待核。", scope="全部拨付", until=day(12, 31))
    district.tell(OVERSIGHT, command, grant_of(district, "weekend"))
    tranche = district.ids("tranche", grant=grant_of(district, "lunch"))[1]
    district.tell(FINANCE, HoldTranche(reason="送餐路线报备后再拨。"), tranche)


def terminations(district: District) -> Story:
    """One grant is ended, so that what it did not spend is claimed; another is to be ended."""
    yield at(day(9, 21), 10)
    proposed = ProposeTermination(cause="负责人离职，团队解散，无法继续实施。")
    district.tell(LEADER, proposed, grant_of(district, "posture"))
    yield at(day(10, 19), 10)
    ended = TerminateGrant(repay_by=day(12, 18))
    district.pair(MANAGER, LEADER, ended, grant_of(district, "posture"))
    yield at(day(11, 5), 14)
    district.tell(LEADER, proposed, grant_of(district, "singles"))


def written_off(district: District) -> Story:
    """What is due back of a grant is claimed, partly repaid, and the rest given up."""
    yield at(day(10, 12), 9)
    order = OrderClawback(
        grant=grant_of(district, "falling"), basis="结算后应退未退", due=day(10, 23)
    )
    district.pair(FINANCE, LEADER, order)
    (id,) = district.ids("clawback", grant=order.grant)
    yield at(day(10, 20), 9)
    repaid = RecordRepayment(amount_minor=10_000, bank_ref="ZH-FALLING")
    district.pair(CASHIER, RECONCILER, repaid, id)
    yield at(day(11, 3), 9)
    proof, _ = district.store(FINANCE, f"clawback:{id}", "三次催收函及送达回证\n")
    give_up = WriteOff(proof=proof, reason="催收三次未果，余额低于追偿成本。")
    district.pair(FINANCE, LEADER, give_up, id)


def claimed_after_the_end(district: District, key: str, statement: str, basis: str) -> str:
    """More is claimed of a grant that is closed, because of a finding; the claim."""
    grant = grant_of(district, key)
    raised = RaiseFinding(
        subject=f"grant:{grant}", severity="minor", owner=person_id(MANAGER), statement=statement
    )
    finding = district.tell(AUDITOR, raised).id
    adjusted = RecordPostCloseout(
        amount_minor=120_000, finding=finding, basis=basis, repay_by=day(11, 13)
    )
    district.pair(FINANCE, LEADER, adjusted, grant)
    return district.ids("clawback", grant=grant)[0]


def claimed_wrongly(district: District) -> Story:
    """More is claimed after the end of a grant, which its organisation will contest."""
    yield at(day(10, 14), 15)
    claimed_after_the_end(district, "stairs", "茶话会支出没有签到记录。", "支出无依据")


def settled(district: District) -> Story:
    """More is claimed after the end of a grant, and repaid."""
    yield at(day(10, 15), 15)
    id = claimed_after_the_end(district, "respite", "同一张发票在两个项目中报账。", "重复报账")
    yield at(day(10, 27), 9)
    repaid = RecordRepayment(amount_minor=120_000, bank_ref="ZH-RESPITE")
    district.pair(CASHIER, RECONCILER, repaid, id)
    district.tell(FINANCE, CloseClawback(), id)
