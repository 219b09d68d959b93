"""Orders: what the organiser and the evaluator of the large round are paid for, and a purchase."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from api.demo.agenda import Story
from api.demo.days import after, at
from api.demo.district import District
from api.demo.funds import YUAN
from api.demo.people import (
    CASHIER,
    FINANCE,
    MANAGER,
    OFFICER,
    RECONCILER,
    SECRETARY,
    account_id,
)
from api.demo.rounds import SPRING, day
from application.orders import (
    AcceptDelivery,
    ApproveOrder,
    CancelOrder,
    CloseOrder,
    ConfirmOrder,
    DraftOrder,
    SendOrder,
    SignOrder,
)
from domain.orders.lifecycle import Stage


class Purchase(NamedTuple):
    """Something that is ordered: for what, from whom, on which line, and how far it comes."""

    key: str
    purpose: str
    payee: str
    yuan: int
    drafted: date
    until: Stage
    line: Literal["organiser", "evaluation"] | None = "organiser"


PURCHASES = (
    Purchase("opening", "启动仪式组织服务", "南关区公益发展中心", 6_000, day(4, 27), Stage.CLOSED),
    Purchase("midterm", "中期评估服务", "吉林同行评估事务所", 8_000, day(8, 3), Stage.CLOSED,
             "evaluation"),
    Purchase("training", "项目财务培训服务", "南关区公益发展中心", 4_000, day(10, 26), Stage.PAID),
    Purchase("visits", "秋季督导走访服务", "南关区公益发展中心", 3_000, day(10, 28), Stage.SENT),
    Purchase("booklet", "项目成果册编印", "长春文印社", 2_500, day(10, 29), Stage.ACCEPTED),
    Purchase("final", "末期评估服务", "吉林同行评估事务所", 9_000, day(11, 2), Stage.SIGNED,
             "evaluation"),
    Purchase("fair", "公益集市组织服务", "南关区公益发展中心", 5_000, day(11, 4), Stage.APPROVED),
    Purchase("film", "项目纪录短片", "春城影像工作室", 3_000, day(11, 9), Stage.DRAFTED),
    Purchase("stage", "露天舞台租赁", "春城会展服务部", 2_000, day(9, 7), Stage.CANCELLED),
    Purchase("archive", "档案柜采购", "长春办公家具店", 12_000, day(9, 15), Stage.CLOSED, None),
)  # fmt: skip
"""An order in every stage; the last is bought by the fund itself, outside any round."""

ORDER = (
    Stage.DRAFTED, Stage.APPROVED, Stage.SIGNED, Stage.ACCEPTED, Stage.SENT, Stage.PAID,
    Stage.CLOSED,
)  # fmt: skip


def comes_to(purchase: Purchase, stage: Stage) -> bool:
    """Whether the order comes as far as a stage; a cancelled one was approved by then."""
    until = Stage.APPROVED if purchase.until is Stage.CANCELLED else purchase.until
    return ORDER.index(until) >= ORDER.index(stage)


def draft_of(district: District, purchase: Purchase) -> DraftOrder:
    """What is to be ordered, and out of which money."""
    in_round = purchase.line is not None
    return DraftOrder(
        kind=purchase.line or "service",
        purpose=purchase.purpose,
        payee=purchase.payee,
        account=account_id(purchase.payee),
        amount_minor=purchase.yuan * YUAN,
        round=district.rounds[SPRING] if in_round else None,
        line=purchase.line,
        fund=None if in_round else district.funds["innovation"],
    )


def purchase(district: District, purchase: Purchase) -> Story:
    """An order from its draft to the stage that the table names."""
    yield at(purchase.drafted, 9)
    id = district.tell(SECRETARY, draft_of(district, purchase)).id
    yield from carried_out(district, purchase, id)


def carried_out(district: District, purchase: Purchase, id: str) -> Story:
    """An order that is drafted, as far as the table lets it come."""
    if comes_to(purchase, Stage.APPROVED):
        yield at(purchase.drafted, 14)
        district.pair(MANAGER, FINANCE, ApproveOrder(), id)
    if purchase.until is Stage.CANCELLED:
        yield at(after(purchase.drafted, 2), 14)
        district.tell(FINANCE, CancelOrder(reason="改在室内举办，不再租赁。"), id)
    if comes_to(purchase, Stage.SIGNED):
        yield at(after(purchase.drafted, 1), 9)
        contract, _ = district.store(OFFICER, f"order:{id}", f"合同：{purchase.purpose}\n")
        district.tell(OFFICER, SignOrder(document=contract), id)
    if comes_to(purchase, Stage.ACCEPTED):
        yield at(after(purchase.drafted, 3), 9)
        accepted(district, purchase, id)
        yield from paid(district, purchase, id)


def accepted(district: District, purchase: Purchase, id: str) -> None:
    """What was ordered is delivered and accepted by two people."""
    proof, _ = district.store(MANAGER, f"order:{id}", f"验收单：{purchase.purpose}合格。\n")
    delivery = AcceptDelivery(
        amount_minor=purchase.yuan * YUAN,
        proof=proof,
        invoice_no=f"FP-{purchase.key.upper()}",
        account=account_id(purchase.payee),
    )
    district.pair(MANAGER, FINANCE, delivery, id)


def paid(district: District, purchase: Purchase, id: str) -> Story:
    """The bank pays, and its statement shows it."""
    key = purchase.key.upper()
    if comes_to(purchase, Stage.SENT):
        yield at(after(purchase.drafted, 4), 9)
        district.tell(CASHIER, SendOrder(batch="采购支付", bank_ref=f"ZF-{key}"), id)
    if comes_to(purchase, Stage.PAID):
        yield at(after(purchase.drafted, 5), 9)
        confirmed = ConfirmOrder(
            bank_txn=f"YH-{key}",
            value_date=district.clock.now().date(),
            amount_minor=purchase.yuan * YUAN,
            account=account_id(purchase.payee),
        )
        district.tell(RECONCILER, confirmed, id)
    if comes_to(purchase, Stage.CLOSED):
        yield at(after(purchase.drafted, 6), 9)
        district.tell(RECONCILER, CloseOrder(statement_line=f"DZ-{key}"), id)
