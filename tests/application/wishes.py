"""What somebody would type who wants a command to succeed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.application.near import Fields, Wish, amount, in_days, reason
from tests.application.wishes_of_changes import NEW, OF_CHANGES
from tests.application.wishes_of_contest import CONTEST_CREATIONS, OF_CONTEST
from tests.application.wishes_of_draws import DRAWS_TO_CREATE, OF_DRAWS
from tests.application.wishes_of_filing import FILINGS_TO_CREATE, OF_FILING
from tests.application.wishes_of_findings import CREATIONS_OF_FINDINGS, OF_FINDINGS
from tests.application.wishes_of_funds import OF_FUNDS, settlement
from tests.application.wishes_of_grants import OF_GRANTS
from tests.application.wishes_of_orders import CREATIONS_OF_ORDERS, OF_ORDERS
from tests.application.wishes_of_papers import OF_PAPERS
from tests.application.wishes_of_people import CREATIONS_OF_PEOPLE, OF_PEOPLE
from tests.application.wishes_of_recusals import OF_RECUSALS
from tests.application.wishes_of_rounds import OF_ROUNDS, above
from tests.application.wishes_of_standing import OF_STANDING
from tests.application.wishes_of_stops import OF_STOPS, STOPS_TO_CREATE
from tests.district import DISTRICT, RULES, uscc
from tests.played import ALLOTTED, CONTENT

if TYPE_CHECKING:
    from tests.application.walk import Walk

AVAILABLE = "authority.available"
ENOUGH = 51_000_000
"""More than a round of the walks is allotted, in fen."""


def propose_fund(walk: Walk, thing: Any) -> Fields:
    return {
        "name": "专项资金", "kind": "dedicated", "place": DISTRICT,
        "year": walk.random.choice([2026, 2026, 2027]),
        "currency": walk.random.choice(["CNY", "CNY", "GBP"]), "purposes": ["创投"],
        "reuse": walk.random.random() < 0.7,
    }  # fmt: skip


def appropriation(walk: Walk, fund: Any) -> Fields:
    return {"doc_no": walk.number(), "amount_minor": 60_000_000, "year": fund.year or 2026}


def cut(walk: Walk, fund: Any) -> Fields:
    available = fund.balance(AVAILABLE)
    minor = walk.random.choice([1, 1_000, available // 10, available + 1])
    return {"doc_no": walk.number(), "amount_minor": minor}


def contribution(walk: Walk, fund: Any) -> Fields:
    promised = settlement(walk, fund)
    if promised and walk.random.random() < 0.5:
        return promised
    sources = ["appropriation", "appropriation", "pooled", "donation", "surplus_share"]
    return {
        "contributor": "捐赠人", "source": walk.random.choice(sources), "bank_ref": walk.number(),
        "amount_minor": walk.random.choice([1, 9_999_999, 60_000_000]), "purposes": ["创投"],
    }  # fmt: skip


def opening(walk: Walk, fund: Any) -> Fields:
    return {"bank_minor": 50_000_000, "available_minor": 50_000_000}


def period(walk: Walk, fund: Any) -> Fields:
    day = date.fromisoformat(fund.day or "2026-03-01").replace(day=1)
    return {"period": (day - timedelta(days=walk.random.choice([0, 1, 1, 1]))).isoformat()[:7]}


def plan_round(walk: Walk, thing: Any) -> Fields:
    changes = {
        "corrections_max": walk.random.choice([0, 2]),
        "unspent": walk.random.choice(["reuse", "back"]),
        "payment_threshold_minor": walk.random.choice([1_000_000, 20_000_000]),
        "questioned_limit_minor": walk.random.choice([0, 5_000_000]),
        "review_load_max": walk.random.choice([None, None, 30]),
        "least_percent": walk.random.choice([100, 50]),
        **walk.random.choice([{}, {}, {"spread_limit_milli": 5_000, "reviewers_min": 2}]),
    }
    return {
        "no": walk.number(), "title": "公益创投", "kind": "micro", "place": DISTRICT,
        "rules": {**RULES, **changes}, "parent": above(walk),
    }  # fmt: skip


def budget(walk: Walk, thing: Any) -> Fields | None:
    funds = [fund for fund in walk.things("fund", "active") if fund.balance(AVAILABLE) > ENOUGH]
    return {"fund": walk.random.choice(funds).id, "lines": ALLOTTED} if funds else None


def call(walk: Walk, thing: Any) -> Fields:
    now = walk.district.system.clock.now()
    closes = now + timedelta(days=10)
    return {"rules_version": "1", "opens": now + timedelta(hours=1), "closes": closes}


def notice(walk: Walk, thing: Any) -> Fields:
    ends = in_days(walk, walk.random.choice([7, 8, 10, 12]))
    return {"starts": walk.district.today, "ends": ends, "contact": "0431-88888888"}


def draft(walk: Walk, thing: Any) -> Fields | None:
    round, organisation = walk.some("round", "open"), walk.some("organisation")
    if round is None or organisation is None:
        return None
    others = [one.id for one in walk.things("organisation") if one.id != organisation.id]
    partners = walk.random.choice([[], [], others[:1]])
    said = {"round": round.id, "organisation": organisation.id, "title": "为老服务"}
    return {**said, "partners": partners} if partners else said


def content(walk: Walk, thing: Any) -> Fields:
    return dict(CONTENT)


def correction(walk: Walk, thing: Any) -> Fields:
    part = walk.random.choice(["summary", "budget", "match_minor"])
    return {"defects": [{"part": part, "text": "请改正"}]}


def corrected(walk: Walk, proposal: Any) -> Fields:
    parts = {defect.part for defect in proposal.defects}
    return {part: value for part, value in CONTENT.items() if part in parts}


def ineligible(walk: Walk, thing: Any) -> Fields:
    return {"rule": "eligibility", "reason": "不符合资格"}


def lowered(walk: Walk, thing: Any) -> Fields:
    line = {"line": "activity", "amount_minor": 9_500_000 - walk.random.choice([0, 1, 500_000])}
    return walk.random.choice([{}, {}, {"adjusted_lines": [line]}])


def award(walk: Walk, proposal: Any) -> Fields:
    return {"amount_minor": amount(walk, proposal.requested_minor)}


def feedback(walk: Walk, thing: Any) -> Fields:
    return {"feedback": "名额有限"}


def scores(walk: Walk, thing: Any) -> Fields:
    points = walk.random.choice([0, 60, 85, 100])
    said = {"points": points, "comment": "理由已在合议记录中写明"}
    given = [{"criterion": code, **said} for code in ("need", "plan")]
    return {"scores": given, "comment": "可行"}


def organisation(walk: Walk, thing: Any) -> Fields:
    return {
        "name": "新社工", "uscc": uscc(walk.random.randrange(1, 50)), "place": "220102006",
        "leader": "person:legal", "account": "account:9",
    }  # fmt: skip


def filed(walk: Walk, thing: Any) -> Fields:
    agent = walk.some("organisation", "registered")
    return {
        "name": "备案社区组织", "filing_no": walk.number(), "place": "220102006",
        "leader": "person:legal", "fiscal_agent": agent.id if agent else None,
    }  # fmt: skip


def document(walk: Walk, thing: Any) -> Fields:
    grants = [grant.stream for grant in walk.things("grant")]
    others = [t.stream for t in walk.replayed.things.values() if t.noun in ("fund", "clawback")]
    asking = walk.things("organisation", "draft", "returned", "filed", "upgrading", "registered")
    others += [organisation.stream for organisation in asking]
    subject = walk.random.choice([*walk.replayed.things, *grants * 20, *others * 10])
    kept = walk.random.choice(["ab", "ab", "ef"]) * 32
    return {"sha256": kept, "media_type": "application/pdf", "size": 9, "subject": subject}


CREATIONS: dict[tuple[str, str], Wish] = {
    **CONTEST_CREATIONS,
    ("organisation", "import"): organisation,
    ("organisation", "import-filed"): filed,
    ("fund", "propose"): propose_fund,
    ("round", "plan"): plan_round,
    ("proposal", "draft"): draft,
    ("document", "store"): document,
    **CREATIONS_OF_FINDINGS,
    **CREATIONS_OF_ORDERS,
    **CREATIONS_OF_PEOPLE,
    **NEW,
    **STOPS_TO_CREATE,
    **FILINGS_TO_CREATE,
    **DRAWS_TO_CREATE,
}

WISHES: dict[tuple[str, str], Wish] = {
    **OF_PAPERS,
    **OF_FUNDS,
    **OF_CHANGES,
    **OF_GRANTS,
    **OF_FINDINGS,
    **OF_CONTEST,
    **OF_STANDING,
    **OF_ORDERS,
    **OF_PEOPLE,
    **OF_STOPS,
    **OF_ROUNDS,
    **OF_RECUSALS,
    **OF_FILING,
    **OF_DRAWS,
    ("approval", "decline"): reason,
    ("fund", "refuse"): reason,
    ("fund", "record-appropriation"): appropriation,
    ("fund", "record-opening-balance"): opening,
    ("fund", "amend-appropriation"): cut,
    ("fund", "receive-contribution"): contribution,
    ("fund", "freeze"): lambda walk, thing: {"decision": "决定1号", "reason": "核查"},
    ("fund", "unfreeze"): reason,
    ("fund", "close-period"): period,
    ("round", "allot-budget"): budget,
    ("round", "publish-call"): call,
    ("round", "publish-notice"): notice,
    ("proposal", "edit"): content,
    ("proposal", "return-for-correction"): correction,
    ("proposal", "resubmit"): corrected,
    ("proposal", "reject-intake"): ineligible,
    ("proposal", "pass-budget-check"): lowered,
    ("proposal", "propose-award"): award,
    ("proposal", "decline"): feedback,
    ("proposal", "withdraw"): reason,
    ("review", "invite"): lambda walk, thing: {"due": in_days(walk, 3)},
    ("review", "accept"): lambda walk, thing: {"declaration": "无利害关系"},
    ("review", "submit-score"): scores,
}
"""What is typed for each verb; a verb that is not here has no fields."""
