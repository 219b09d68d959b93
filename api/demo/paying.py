"""A tranche on its way: requested, checked, approved, sent, confirmed, reconciled."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.demo.agenda import Story
from api.demo.courses import Course, T, Twist
from api.demo.days import after, at
from api.demo.district import District
from api.demo.organisations import account_of, handler_of
from api.demo.people import CASHIER, FINANCE, LEADER, MANAGER, RECONCILER
from api.demo.proposals import Ask
from application.approvals import Approve
from application.tranches import (
    ApproveTranche,
    CheckTranche,
    ConfirmTranche,
    ReconcileTranche,
    RecordBankReturn,
    RequestTranche,
    RetryTranche,
    ReturnRequest,
    SendTranche,
)
from domain.tranches.lifecycle import Stage as TrancheStage

ORDER = (T.ELIGIBLE, T.REQUESTED, T.CHECKED, T.APPROVED, T.SENT, T.PAID, T.RECONCILED)


class Payment:
    """One tranche of a grant, how far it comes, and whose hands it goes through."""

    def __init__(self, district: District, ask: Ask, course: Course, grant: str, no: int) -> None:
        self.district = district
        self.until = course.paid[no - 1]
        self.twist = course.twist if no == 1 else None
        self.handler = handler_of(ask.organisation)
        self.account = account_of(ask.organisation)
        self.number = f"{ask.key.upper()}-{no}"
        self.id = district.ids("tranche", grant=grant)[no - 1]

    def comes_to(self, stage: TrancheStage) -> bool:
        """Whether the tranche comes as far as a stage."""
        until = T.SENT if self.until is T.RETURNED else self.until
        return ORDER.index(until) >= ORDER.index(stage)

    def tell(self, who: str, command: Any) -> None:
        """Sends a command about the tranche; what needs the leader's hand too gets it."""
        answer = self.district.tell(who, command, self.id)
        if answer.prepared and self.twist is not Twist.LEADER_WAITS:
            self.district.tell(LEADER, Approve(), answer.id)

    def request(self) -> None:
        """The organisation asks for the money."""
        invoice = RequestTranche(account=self.account, invoice_no=f"FP-{self.number}")
        self.tell(self.handler, invoice)
        if self.twist is Twist.REQUEST_RETURNED:
            self.tell(MANAGER, ReturnRequest(reason="发票抬头有误，请更正后重新申请。"))
            self.tell(self.handler, invoice)

    def send(self) -> None:
        """The cashier hands the payment to the bank."""
        self.tell(CASHIER, SendTranche(batch="公益资金", bank_ref=f"ZF-{self.number}"))

    def confirm(self) -> None:
        """The bank has paid."""
        see = self.district.see("tranche", self.id)
        self.tell(
            RECONCILER,
            ConfirmTranche(
                bank_txn=f"YH-{self.number}",
                value_date=self.district.clock.now().date(),
                amount_minor=see.amount_minor,
                account=self.account,
            ),
        )


def paid(district: District, ask: Ask, course: Course, grant: str, no: int, day: date) -> Story:
    """A tranche from its request, on that day, as far as the table says."""
    yield at(day, 11)
    payment = Payment(district, ask, course, grant, no)
    if payment.comes_to(T.REQUESTED):
        payment.request()
    yield at(day, 15)
    if payment.comes_to(T.CHECKED):
        payment.tell(MANAGER, CheckTranche())
    yield at(after(day, 1), 10)
    if payment.comes_to(T.APPROVED) or payment.twist is Twist.LEADER_WAITS:
        payment.tell(FINANCE, ApproveTranche())
    yield at(after(day, 1), 14)
    if payment.comes_to(T.SENT):
        payment.send()
    yield at(after(day, 2), 10)
    yield from answered(payment, day)


def answered(payment: Payment, day: date) -> Story:
    """What the bank says: paid, or returned; and what the statement shows."""
    if payment.until is T.RETURNED or payment.twist is Twist.BOUNCED:
        payment.tell(RECONCILER, RecordBankReturn(code="户名不符"))
    if payment.twist is Twist.BOUNCED:
        payment.tell(FINANCE, RetryTranche(account=payment.account))
        payment.send()
    if payment.comes_to(T.PAID):
        payment.confirm()
    yield at(after(day, 3), 10)
    if payment.comes_to(T.RECONCILED):
        payment.tell(RECONCILER, ReconcileTranche(statement_line=f"DZ-{payment.number}"))
