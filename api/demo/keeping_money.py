"""What else happens to funds: interest, fees, promises, unknown receipts, a carry-over."""

from __future__ import annotations

from api.demo.agenda import Story
from api.demo.days import at
from api.demo.district import District
from api.demo.funds import YUAN
from api.demo.people import CASHIER, DEPARTMENT, FINANCE, LEADER, MANAGER, RECONCILER
from api.demo.rounds import day
from application.funds.moving import CarryOver
from application.funds.parking import ParkReceipt
from application.funds.receiving import PledgeContribution, RecordBankFee, RecordInterest


def money_kept(district: District) -> Story:
    """The bank's interest and fee, a promise, a receipt nobody knows, and last year's money."""
    yield at(day(9, 22), 9)
    fund = district.funds["innovation"]
    interest = RecordInterest(amount_minor=186_432, bank_ref="LX-2026Q3")
    district.pair(CASHIER, RECONCILER, interest, fund)
    fee = RecordBankFee(amount_minor=1_500, bank_ref="SXF-2026Q3")
    district.pair(CASHIER, RECONCILER, fee, fund)
    yield at(day(10, 13), 9)
    promise = PledgeContribution(
        contributor="区残联", source="pooled", amount_minor=200_000 * YUAN, purposes=("助残",),
        letter="南残联函〔2026〕9号", binding=True,
    )  # fmt: skip
    district.pair(DEPARTMENT, MANAGER, promise, district.funds["pooled"])
    yield at(day(10, 29), 9)
    unknown = ParkReceipt(payer="宋某某", amount_minor=2_000 * YUAN, bank_ref="DC-0001")
    district.pair(CASHIER, RECONCILER, unknown, fund)
    yield at(day(10, 30), 9)
    carried = CarryOver(
        to=district.funds["service"], authority_minor=20_000 * YUAN, cash_minor=20_000 * YUAN
    )
    district.pair(FINANCE, LEADER, carried, district.funds["balance"])
