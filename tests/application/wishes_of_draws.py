"""What a walk says to lists of experts, and of panels and fees that come from them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.application.near import reason
from tests.district import DISTRICT
from tests.drawn import FAR
from tests.played import ACCOUNT

if TYPE_CHECKING:
    from tests.application.near import Fields, Wish
    from tests.application.walk import Walk

NAMES = ("reviewer", "second reviewer", "evaluator", "insider", "nobody")


def expert(walk: Walk, pool: Any) -> Fields:
    """Somebody with or without a tie, mostly a reviewer."""
    known = [one.id for one in walk.things("organisation")]
    said: Fields = {
        "person": f"person:{walk.random.choice(NAMES)}",
        "place": walk.random.choice([FAR, FAR, "220102006"]),
    }
    if known and walk.random.random() < 0.3:
        said["relations"] = [walk.random.choice(known)]
    if known and walk.random.random() < 0.3:
        left = walk.district.today - timedelta(days=walk.random.choice([1, 800]))
        said["left"] = [{"organisation": walk.random.choice(known), "day": left}]
    return {"expert": said}


def listed_expert(walk: Walk, pool: Any) -> Fields:
    """Something else of somebody who is on the list."""
    said = expert(walk, pool)
    listed = [one.person for one in getattr(pool, "experts", ())]
    return {"expert": {**said["expert"], "person": walk.random.choice(listed or ["person:nobody"])}}


def leaving(walk: Walk, pool: Any) -> Fields:
    listed = [one.person for one in getattr(pool, "experts", ())]
    return {"person": walk.random.choice(listed or ["person:nobody"]), "reason": "退休"}


def panel(walk: Walk, thing: Any) -> Fields | None:
    round, pools = walk.some("round", "intake_closed"), walk.things("pool", "kept")
    if round is None or not pools:
        return None
    pool = max(pools, key=lambda each: len(getattr(each, "experts", ())))
    size = walk.random.choice([1, 2])
    return {"round": round.id, "pool_id": pool.id, "pool_version": pool.version, "size": size}


def fee(walk: Walk, thing: Any) -> Fields | None:
    locked = walk.things("review", "locked")
    if not locked:
        return None
    return {
        "reviews": [walk.random.choice(locked).id], "each_minor": 30_000, "account": ACCOUNT,
        "line": "organiser",
    }  # fmt: skip


DRAWS_TO_CREATE: dict[tuple[str, str], Wish] = {
    ("pool", "create"): lambda walk, thing: {"name": "专家库", "place": DISTRICT},
    ("panel", "draw"): panel,
    ("order", "draft-fee"): fee,
}

OF_DRAWS: dict[tuple[str, str], Wish] = {
    ("pool", "add-expert"): expert,
    ("pool", "change-expert"): listed_expert,
    ("pool", "remove-expert"): leaving,
    ("pool", "close"): reason,
}
