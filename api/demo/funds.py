"""The funds of the district, one in every stage, and how each came to it."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from api.demo.agenda import Story
from api.demo.days import after, at
from api.demo.district import District
from api.demo.people import (
    CASHIER,
    DISTRICT,
    FINANCE,
    LEADER,
    MANAGER,
    OVERSIGHT,
    RECONCILER,
)  # fmt: skip
from api.demo.places import MINKANG
from application.funds import (
    AmendAppropriation,
    CloseFund,
    ClosePeriod,
    FreezeFund,
    OpenFund,
    ProposeFund,
    ReceiveContribution,
    RecordAppropriation,
    RecordOpeningBalance,
    RefuseFund,
    StartClosing,
)
from application.principals import Grounds
from domain.funds.lifecycle import Stage

Source = Literal["appropriation", "pooled", "donation", "surplus_share"]
Kind = Literal["dedicated", "pooled", "party", "donation", "custody"]

YUAN = 100
"""How many fen a yuan has."""


class Receipt(NamedTuple):
    """Money that comes in: whose, of which kind, how many yuan, how many working days later.

    Of what is only announced the cashier's entry waits for the reconciler.
    """

    contributor: str
    source: Source
    yuan: int
    later: int = 3
    announced: bool = False


class Pot(NamedTuple):
    """A fund: when it is proposed, how far it comes, and what it is given."""

    key: str
    name: str
    kind: Kind
    proposed: date
    until: Stage
    purposes: tuple[str, ...]
    place: str = DISTRICT
    document: str = ""
    appropriated_yuan: int = 0
    receipts: tuple[Receipt, ...] = ()
    year: int = 2026
    reuse: bool = True
    wound_up: date | None = None


POOLED = tuple(
    Receipt(department, "pooled", yuan, later)
    for department, yuan, later in (
        ("区委组织部", 3_600_000, 3),
        ("区民政局", 5_200_000, 4),
        ("团区委", 1_400_000, 6),
        ("区残联", 2_300_000, 9),
        ("区妇联", 1_500_000, 11),
    )
)

FUNDS = (
    Pot(
        "innovation", "2026年街道社会治理创新专项资金", "dedicated", date(2026, 2, 24),
        Stage.ACTIVE, ("公益创投", "公益微创投"),
        document="南财预〔2026〕12号", appropriated_yuan=3_000_000,
        receipts=(
            Receipt("区财政局", "appropriation", 2_000_000),
            Receipt("区财政局", "appropriation", 1_000_000, 85),
            Receipt("亚泰大街商户联盟", "donation", 50_000, 179, announced=True),
        ),
    ),
    Pot(
        "pooled", "2026年政府购买服务打捆资金", "pooled", date(2026, 8, 3), Stage.ACTIVE,
        ("党建", "为老服务", "青少年", "助残", "妇女儿童"), receipts=POOLED,
    ),
    Pot(
        "minkang", "2026年民康街道公益微创投资金", "party", date(2026, 8, 10), Stage.ACTIVE,
        ("公益微创投",), MINKANG, "民康街〔2026〕20号", 100_000,
        (Receipt("民康街道办事处", "appropriation", 100_000),),
    ),
    Pot(
        "donation", "社区互助捐赠资金", "donation", date(2026, 9, 7), Stage.FROZEN,
        ("邻里互助",), receipts=(Receipt("净月商会", "donation", 120_000),),
    ),
    Pot(
        "balance", "2025年社区服务结余资金", "dedicated", date(2026, 10, 12), Stage.CLOSING,
        ("社区服务",), year=2025,
    ),
    Pot(
        "pilot", "楼宇服务试点资金", "dedicated", date(2026, 9, 14), Stage.CLOSED,
        ("楼宇服务",), document="南财预〔2026〕40号", appropriated_yuan=80_000,
    ),
    Pot(
        "service", "2026年社区服务资金", "dedicated", date(2026, 10, 12), Stage.ACTIVE,
        ("社区服务",),
    ),
    Pot(
        "custody", "社会组织联合会代管资金", "custody", date(2026, 3, 2), Stage.ACTIVE, ("代管",),
        reuse=False,
    ),
    Pot(
        "festival", "节庆活动资金", "dedicated", date(2026, 10, 19), Stage.REFUSED, ("节庆活动",)
    ),
    Pot(
        "next", "2027年街道社会治理创新专项资金", "dedicated", date(2026, 11, 6), Stage.PROPOSED,
        ("公益创投", "公益微创投"), year=2027,
    ),
)  # fmt: skip


def fund(district: District, pot: Pot) -> Story:
    """A fund from its proposal to the stage that the table names."""
    yield at(pot.proposed, 10)
    id = district.funds[pot.key] = district.tell(MANAGER, proposal_of(pot)).id
    if pot.until is Stage.PROPOSED:
        return
    yield at(after(pot.proposed, 1), 10)
    if pot.until is Stage.REFUSED:
        district.tell(FINANCE, RefuseFund(reason="活动经费已列入部门预算，不另设资金。"), id)
        return
    district.tell(FINANCE, OpenFund(), id)
    yield from filled(district, pot, id)
    yield from ended(district, pot, id)


def proposal_of(pot: Pot) -> ProposeFund:
    """What the fund manager proposes."""
    return ProposeFund(
        name=pot.name,
        kind=pot.kind,
        place=pot.place,
        year=pot.year,
        currency="CNY",
        purposes=pot.purposes,
        reuse=pot.reuse,
    )


def filled(district: District, pot: Pot, id: str) -> Story:
    """The appropriation, and the money as the bank shows it."""
    if pot.appropriated_yuan:
        yield at(after(pot.proposed, 2), 9)
        command = RecordAppropriation(
            doc_no=pot.document, amount_minor=pot.appropriated_yuan * YUAN, year=pot.year
        )
        grounds = Grounds(authority_ref=pot.document)
        district.pair(MANAGER, FINANCE, command, id, grounds)
    for number, receipt in enumerate(pot.receipts, start=1):
        yield at(after(pot.proposed, receipt.later), 14)
        command_in = ReceiveContribution(
            contributor=receipt.contributor,
            source=receipt.source,
            amount_minor=receipt.yuan * YUAN,
            purposes=pot.purposes,
            bank_ref=f"{pot.key.upper()}-{number:03d}",
        )
        if receipt.announced:
            district.tell(CASHIER, command_in, id)
        else:
            district.pair(CASHIER, RECONCILER, command_in, id)


def ended(district: District, pot: Pot, id: str) -> Story:
    """The fund is frozen, wound up or closed, where the table says so."""
    ends = pot.wound_up or after(pot.proposed, 8)
    yield at(ends, 11)
    if pot.until is Stage.FROZEN:
        decision = FreezeFund(decision="南监〔2026〕6号", reason="捐赠协议用途与公示不一致，待核。")
        district.tell(OVERSIGHT, decision, id)
    if pot.until is Stage.CLOSING:
        opening = RecordOpeningBalance(bank_minor=36_520 * YUAN, available_minor=36_520 * YUAN)
        district.pair(FINANCE, LEADER, opening, id)
    left = district.see("fund", id).balance("authority.available")
    if pot.until is Stage.CLOSED and left:
        cut = AmendAppropriation(doc_no=f"南财预〔{pot.year}〕47号", amount_minor=left)
        district.pair(MANAGER, FINANCE, cut, id, Grounds(reason="年度内不再使用，予以收回。"))
    if pot.until in (Stage.CLOSING, Stage.CLOSED):
        yield at(after(ends, 2), 11)
        district.tell(FINANCE, StartClosing(), id)
    if pot.until is Stage.CLOSED:
        yield at(after(ends, 4), 11)
        district.pair(FINANCE, LEADER, CloseFund(), id)


def periods(district: District) -> Story:
    """The months of the great fund in which every payment was reconciled are closed."""
    for period, day in (("2026-03", date(2026, 4, 2)), ("2026-06", date(2026, 7, 2))):
        yield at(day, 16)
        district.pair(FINANCE, RECONCILER, ClosePeriod(period=period), district.funds["innovation"])
