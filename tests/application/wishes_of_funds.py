"""What somebody would type who wants money of a fund to move on, or its books to be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.application.near import Fields, Wish, amount

if TYPE_CHECKING:
    from tests.application.walk import Walk

AVAILABLE = "authority.available"


def pledge(walk: Walk, fund: Any) -> Fields:
    return {
        "contributor": "区民政局", "source": walk.random.choice(["pooled", "donation"]),
        "amount_minor": walk.random.choice([1, 9_999_999]), "purposes": ["创投"],
        "letter": walk.number(), "binding": walk.random.random() < 0.6,
    }  # fmt: skip


def open_pledge(walk: Walk, fund: Any) -> int | None:
    """The number of some pledge of the fund that is still open."""
    numbered = enumerate(getattr(fund, "contributions", ()), start=1)
    found = [no for no, known in numbered if known.letter and known.open_minor]
    return walk.random.choice(found) if found else None


def settlement(walk: Walk, fund: Any) -> Fields | None:
    """Money for a pledge, as the statement shows it."""
    no = open_pledge(walk, fund)
    if no is None:
        return None
    known = fund.contributions[no - 1]
    return {
        "contributor": known.contributor, "source": known.source, "pledge": no,
        "amount_minor": amount(walk, known.open_minor), "purposes": list(known.purposes),
        "bank_ref": walk.number(),
    }  # fmt: skip


def withdrawal(walk: Walk, fund: Any) -> Fields | None:
    no = open_pledge(walk, fund)
    if no is None:
        return None
    return {"pledge": no, "amount_minor": amount(walk, fund.contributions[no - 1].open_minor)}


def target(walk: Walk, fund: Any, year: int) -> str | None:
    """Another active fund of that year."""
    funds = [one for one in walk.things("fund", "active") if one.id != fund.id]
    found = [one.id for one in funds if one.year == year and one.currency == fund.currency]
    return walk.random.choice(found) if found else None


def parts(walk: Walk, fund: Any) -> Fields:
    """A part of what the fund has to spare."""
    authority, cash = fund.balance(AVAILABLE), getattr(fund, "free_cash", 0)
    take = walk.random.choice([1_000, 100, 10])
    return {"authority_minor": max(0, authority // take), "cash_minor": max(0, cash // take)}


def transfer(walk: Walk, fund: Any) -> Fields | None:
    to = target(walk, fund, fund.year) if fund.id != "nothing" else None
    return {"to": to, **parts(walk, fund)} if to else None


def carry_over(walk: Walk, fund: Any) -> Fields | None:
    to = target(walk, fund, fund.year + 1) if fund.id != "nothing" else None
    return {"to": to, **parts(walk, fund)} if to else None


def allocation(walk: Walk, fund: Any) -> Fields | None:
    to = target(walk, fund, fund.year) if fund.id != "nothing" else None
    filed = [one for one in walk.things("document") if one.subject == fund.stream]
    if to is None or not filed:
        return None
    return {
        "to": to, "rule_version": walk.number(), "document": walk.random.choice(filed).id,
        "basis_minor": walk.random.choice([1_234_550, 50, 16]), "percent": 3,
    }  # fmt: skip


def lapse(walk: Walk, fund: Any) -> Fields:
    return {"amount_minor": walk.random.choice([1, max(1, fund.balance(AVAILABLE) // 50)])}


def correction(walk: Walk, fund: Any) -> Fields | None:
    entries = [one.version for one in getattr(fund, "posted", ())]
    return {"entry": walk.random.choice(entries), "reason": "录入错误"} if entries else None


def due(walk: Walk, fund: Any) -> Fields | None:
    owed = fund.balance("cash.payable_to_treasury")
    return {"amount_minor": amount(walk, owed), "bank_ref": walk.number()} if owed else None


def left_over(walk: Walk, fund: Any) -> Fields:
    return {"amount_minor": amount(walk, max(1, getattr(fund, "free_cash", 1)))}


def bank_line(walk: Walk, fund: Any) -> Fields:
    return {"amount_minor": walk.random.choice([1, 12_345]), "bank_ref": walk.number()}


def parked(walk: Walk, fund: Any) -> Fields:
    return {"payer": "付款人不详", **bank_line(walk, fund)}


def receipt(walk: Walk, fund: Any) -> Fields | None:
    """A parked receipt, and a part of what is left of it."""
    numbered = enumerate(getattr(fund, "parked", ()), start=1)
    found = [(no, one.left_minor) for no, one in numbered if one.left_minor]
    if not found:
        return None
    no, left = walk.random.choice(found)
    return {"receipt": no, "amount_minor": amount(walk, left)}


def sent_back(walk: Walk, fund: Any) -> Fields | None:
    fields = receipt(walk, fund)
    return {**fields, "bank_ref": walk.number()} if fields else None


def assigned(walk: Walk, fund: Any) -> Fields | None:
    fields = receipt(walk, fund)
    if fields is None:
        return None
    owing = [g for g in walk.things("grant") if g.fund == fund.id and g.balance(RECOVERABLE)]
    if owing and walk.random.random() < 0.7:
        return {**fields, "stands_for": "grant", "thing": walk.random.choice(owing).id}
    claims = [k for k in walk.things("clawback", "ordered", "written_off") if k.fund == fund.id]
    if claims and walk.random.random() < 0.7:
        return {**fields, "stands_for": "clawback", "thing": walk.random.choice(claims).id}
    given = {"contributor": "捐赠人", "source": "donation", "purposes": ["创投"]}
    return {**fields, "stands_for": "contribution", "contribution": given}


RECOVERABLE = "cash.recoverable"

OF_FUNDS: dict[tuple[str, str], Wish] = {
    ("fund", "pledge-contribution"): pledge,
    ("fund", "withdraw-pledge"): withdrawal,
    ("fund", "apply-allocation-rule"): allocation,
    ("fund", "transfer"): transfer,
    ("fund", "carry-over"): carry_over,
    ("fund", "lapse-authority"): lapse,
    ("fund", "reverse-entry"): correction,
    ("fund", "close-year"): lambda walk, fund: {"year": walk.district.today.year - 1},
    ("fund", "reopen"): lambda walk, fund: {"basis": "bank_fact", "reference": walk.number()},
    ("fund", "return-money"): due,
    ("fund", "declare-left-over"): left_over,
    ("fund", "record-interest"): bank_line,
    ("fund", "record-bank-fee"): bank_line,
    ("fund", "park-receipt"): parked,
    ("fund", "send-back-receipt"): sent_back,
    ("fund", "assign-receipt"): assigned,
}
