"""What somebody would type to object, to appeal, or to judge the standing of an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.application.near import Fields, Wish, in_days, reason

if TYPE_CHECKING:
    from tests.application.walk import Walk

MEMBERS = ("person:elder", "person:lawyer", "person:teacher")

CONTESTED = {
    "proposal": {
        "ineligible": "S8", "not_selected": "S15", "revoked": "S20", "disqualified": "S25",
    },
    "grant": {"terminating": "G21"},
    "clawback": {"ordered": "K0"},
    "organisation": {"suspended": "O12", "rejected": "O6"},
}  # fmt: skip
"""The decisions that may be contested: by the noun, and the stage in which they leave it."""


def objection(walk: Walk, thing: Any) -> Fields | None:
    item = walk.some("proposal", "on_notice", "objected")
    if item is None:
        return None
    is_protected = walk.random.random() < 0.5
    return {"proposal": item.id, "statement": "内容重复", "is_protected": is_protected}


def appeal(walk: Walk, thing: Any) -> Fields | None:
    decided = [one for noun, stages in CONTESTED.items() if (one := walk.some(noun, *stages))]
    if not decided:
        return None
    chosen = walk.random.choice(decided)
    row = CONTESTED[chosen.noun][chosen.stage]
    return {"decision": row, "contested": chosen.id, "statement": "事实有误"}


def panel_of_appeal(walk: Walk, thing: Any) -> Fields:
    return {"members": list(MEMBERS)}


def votes(walk: Walk, thing: Any, *, is_for: bool) -> list[dict[str, Any]]:
    least = walk.random.choice([1, 2, 3, 3])
    return [{"member": m, "is_for": is_for, "document": "d:1"} for m in MEMBERS[:least]]


def granted(walk: Walk, thing: Any) -> Fields:
    reopening = {
        "O6": "reopen-filing",
        "O12": "reinstate",
        "G21": "drop-termination",
        "K0": "withdraw",
    }
    steps = [reopening.get(thing.decision, "readmit-to-waitlist")] * 2
    if thing.decision == "S8":
        steps.append("readmit-to-intake")
    return {"votes": votes(walk, thing, is_for=True), "step": walk.random.choice(steps)}


def denied(walk: Walk, thing: Any) -> Fields:
    return {"votes": votes(walk, thing, is_for=False)}


def credit(walk: Walk, thing: Any) -> Fields:
    happened = in_days(walk, -walk.random.choice([0, 1, 5, 9]))
    kind = walk.random.choice(["commendation", "warning", "breach"])
    return {"kind": kind, "basis": "文号", "happened_on": happened, "calendar": "CN-2026.1"}


def listing(walk: Walk, thing: Any) -> Fields:
    name = walk.random.choice(["abnormal", "dishonest", "exclusion"])
    return {"list": name, "basis": "文号", "until": in_days(walk, walk.random.choice([0, 3, 400]))}


def unlisting(walk: Walk, organisation: Any) -> Fields | None:
    listed = getattr(organisation, "listed", ())
    return {"list": listed[0].list, "reason": "已整改"} if listed else None


def suspension(walk: Walk, thing: Any) -> Fields:
    return {"decision": walk.number(), "scope": "暂停承接", "appeal_until": in_days(walk, 20)}


def found_so(walk: Walk, thing: Any) -> Fields:
    return {"result": "经核查"}


def written(walk: Walk, thing: Any) -> Fields:
    return {"document": "document:1"}


CONTEST_CREATIONS: dict[tuple[str, str], Wish] = {
    ("objection", "file"): objection,
    ("appeal", "file"): appeal,
}

OF_CONTEST: dict[tuple[str, str], Wish] = {
    ("objection", "refuse"): reason,
    ("objection", "uphold"): found_so,
    ("objection", "dismiss"): found_so,
    ("objection", "notify"): written,
    ("appeal", "admit"): panel_of_appeal,
    ("appeal", "refuse"): reason,
    ("appeal", "hear"): lambda walk, thing: {"minutes": "document:1"},
    ("appeal", "grant"): granted,
    ("appeal", "deny"): denied,
    ("appeal", "notify"): written,
    ("proposal", "revoke-award"): reason,
    ("organisation", "record-credit"): credit,
    ("organisation", "place-on-list"): listing,
    ("organisation", "remove-from-list"): unlisting,
    ("organisation", "suspend"): suspension,
    ("organisation", "reinstate"): reason,
    ("organisation", "request-deregistration"): reason,
    ("organisation", "confirm-deregistration"): lambda walk, thing: {"asset_disposal": "转赠"},
    ("organisation", "drop-deregistration"): reason,
}
