"""What somebody would type who wants an organisation filed, changed or registered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.application.near import Fields, Wish, reason
from tests.district import uscc
from tests.filed import CALENDAR, COMMUNITY

if TYPE_CHECKING:
    from tests.application.walk import Walk

PEOPLE = ["person:legal", "person:nobody", "person:insider"]
NAMES = ["夕阳红合唱队", "夕阳红 合唱队", "和平路议事会", "巧手坊"]
KINDS = ["culture_sports", "mutual_help", "charity"]


def draft(walk: Walk, thing: Any) -> Fields:
    return {
        "name": walk.random.choice(NAMES), "kind": walk.random.choice(KINDS), "place": COMMUNITY,
        "leader": walk.random.choice(PEOPLE),
    }  # fmt: skip


def draft_for(walk: Walk, thing: Any) -> Fields:
    return {**draft(walk, thing), "founder": walk.random.choice(PEOPLE)}


def paper_of(walk: Walk, organisation: Any) -> str | None:
    """A document about the organisation, if there is one."""
    found = [paper.id for paper in walk.things("document") if paper.subject == organisation.stream]
    return walk.random.choice(found) if found else None


def asking(walk: Walk, organisation: Any) -> Fields | None:
    charter = paper_of(walk, organisation)
    if charter is None:
        return None
    members = walk.random.choice([9, 10, 12, 12, 12])
    said = {"member_count": members, "aims": "社区文艺活动", "calendar": CALENDAR}
    agent = walk.some("organisation", "registered")
    named = {"fiscal_agent": agent.id} if agent and walk.random.random() < 0.5 else {}
    name = {"name": f"队{walk.number()}"} if walk.random.random() < 0.5 else {}
    return {**said, "charter": charter, **named, **name}


def defects(walk: Walk, thing: Any) -> Fields:
    return {"defects": ["章程缺少经费条款"], "calendar": CALENDAR}


def entry(walk: Walk, thing: Any) -> Fields:
    valid = walk.district.today - timedelta(days=walk.random.choice([0, 0, 0, 30]))
    return {"filing_no": walk.number(), "valid_from": valid}


def rejection(walk: Walk, thing: Any) -> Fields:
    return {"reason": "宗旨不符", "remedy": "可以申诉", "calendar": CALENDAR}


def change(walk: Walk, organisation: Any) -> Fields | None:
    paper = paper_of(walk, organisation)
    if paper is None:
        return None
    values = {
        "name": f"新名{walk.number()}",
        "leader": walk.random.choice(PEOPLE),
        "address": f"和平路{walk.number()}",
        "account": walk.random.choice(["account:1", "account:2"]),
    }
    agent = walk.some("organisation", "registered")
    if agent is not None:
        values["fiscal_agent"] = agent.id
    what = walk.random.choice([*values, "account"])
    return {"change": what, "new_ref": values[what], "document": paper}


def registration(walk: Walk, organisation: Any) -> Fields | None:
    paper = paper_of(walk, organisation)
    if paper is None:
        return None
    code = uscc(walk.random.randrange(1, 500))
    code = walk.random.choice([code, code, code.lower()])
    return {"uscc": code, "authority": "区民政局", "certificate": paper}


OF_FILING: dict[tuple[str, str], Wish] = {
    ("organisation", "request-filing"): asking,
    ("organisation", "return-filing"): defects,
    ("organisation", "pass-first-check"): lambda walk, thing: {"opinion": "齐全"},
    ("organisation", "approve-filing"): entry,
    ("organisation", "reject-filing"): rejection,
    ("organisation", "request-change"): change,
    ("organisation", "refuse-change"): reason,
    ("organisation", "confirm-registration"): registration,
}

FILINGS_TO_CREATE: dict[tuple[str, str], Wish] = {
    ("organisation", "start-filing"): draft,
    ("organisation", "start-filing-for"): draft_for,
}
