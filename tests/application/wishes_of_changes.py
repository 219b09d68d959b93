"""What somebody would type who wants to change an agreement or to move money in custody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.application.near import Fields, Wish, amount, in_days, reason
from tests.played import ACCOUNT

if TYPE_CHECKING:
    from tests.application.walk import Walk

OTHER_ACCOUNT = "account:2"


def account_of(walk: Walk, tranche: Any) -> str:
    """Where a tranche is to be paid: the account of its grant's agreement."""
    grant = walk.replayed.things.get(f"grant:{getattr(tranche, 'grant', '')}")
    return getattr(grant, "account", "") or ACCOUNT


def proof_of(walk: Walk, stream: str) -> str | None:
    """The newest document that is filed with a thing."""
    found = [document.id for document in walk.things("document") if document.subject == stream]
    return found[-1] if found else None


def payee(walk: Walk, grant: Any) -> Fields | None:
    proof = proof_of(walk, grant.stream)
    account = walk.random.choice([OTHER_ACCOUNT, OTHER_ACCOUNT, ACCOUNT])
    return {"account": account, "document": proof, "reason": "换开户行"} if proof else None


def match(walk: Walk, grant: Any) -> Fields | None:
    proposal = walk.replayed.things.get(f"proposal:{getattr(grant, 'proposal', '')}")
    pledged = proposal.balance("match.pledged") if proposal else 0
    proof = proof_of(walk, grant.stream)
    return {"amount_minor": amount(walk, pledged), "document": proof} if proof and pledged else None


def visit(walk: Walk, thing: Any) -> Fields:
    visitors = ["person:fund_manager", "person:evaluator"]
    return {"kind": "announced", "visitors": visitors, "notes": "正常", "faults": ["缺签到表"]}


def proved(walk: Walk, tranche: Any) -> Fields:
    return {"document": proof_of(walk, f"grant:{getattr(tranche, 'grant', '')}")}


def retried(walk: Walk, tranche: Any) -> Fields:
    return {"account": account_of(walk, tranche), **proved(walk, tranche)}


def amendment(walk: Walk, thing: Any) -> Fields | None:
    """A longer period, another budget, or more or less money for a planned tranche."""
    grant = walk.some("grant", "active", "midterm_due")
    if grant is None:
        return None
    said: Fields = {"grant": grant.id, "reason": "情况变化"}
    planned = [t for t in walk.things("tranche", "planned") if t.grant == grant.id]
    choice = walk.random.choice(["days", "less", "less", "more", "more", "split", "payee"])
    if choice == "days" or not planned:
        return {**said, "ends": in_days(walk, 90)}
    if choice == "payee":
        return {**said, "account": OTHER_ACCOUNT}
    minor = planned[0].amount_minor
    if choice == "split":
        parts = [{"no": planned[0].no, "amount_minor": minor - 1}]
        added = [{"amount_minor": 1, "condition": "signature"}]
        return {**said, "tranches": parts, "added": added}
    delta = walk.random.choice([minor, 1, 100_000]) * (-1 if choice == "less" else 1)
    parts = [{"no": planned[0].no, "amount_minor": max(0, minor + delta)}]
    budget = [{"line": "activity", "amount_minor": 15_000_000}]
    return {
        **said, "amount_minor": max(1, grant.amount_minor + delta), "tranches": parts,
        "budget": budget if choice == "more" else [],
    }  # fmt: skip


def custody(walk: Walk, thing: Any) -> Fields | None:
    client = walk.some("organisation", "filed")
    funds = [fund for fund in walk.things("fund", "active") if fund.kind == "custody"]
    if client is None or not funds:
        return None
    return {"client": client.id, "fund": walk.random.choice(funds).id, "document": "document:1"}


def kept(walk: Walk, account: Any) -> tuple[str, int] | None:
    """A grant of which the account keeps something, and how much."""
    held = [name.partition("/")[2] for name, minor in account.balances.items() if minor > 0]
    return (held[0], account.held(held[0])) if held else None


def paid_out(walk: Walk, account: Any) -> Fields | None:
    if (found := kept(walk, account)) is None:
        return None
    paid = {"grant": found[0], "amount_minor": amount(walk, found[1])}
    return {**paid, "payee": "文具店", "voucher": walk.number()}


def returned(walk: Walk, account: Any) -> Fields | None:
    if (found := kept(walk, account)) is None:
        return None
    minor = walk.random.choice([1, 500_000, found[1]])
    return {"grant": found[0], "amount_minor": minor, "bank_ref": walk.number()}


def charged(walk: Walk, account: Any) -> Fields | None:
    if (found := kept(walk, account)) is None:
        return None
    minor = walk.random.choice([1, 500_000, found[1]])
    return {"grant": found[0], "amount_minor": minor, "reason": "多次催告仍不支付"}


NEW: dict[tuple[str, str], Wish] = {
    ("amendment", "request"): amendment,
    ("custody_account", "open"): custody,
}

OF_CHANGES: dict[tuple[str, str], Wish] = {
    ("grant", "change-payee"): payee,
    ("grant", "record-match"): match,
    ("grant", "record-visit"): visit,
    ("tranche", "approve"): proved,
    ("tranche", "retry"): retried,
    ("amendment", "refuse"): reason,
    ("custody_account", "pay-out"): paid_out,
    ("custody_account", "return"): returned,
    ("custody_account", "charge-agent"): charged,
}
