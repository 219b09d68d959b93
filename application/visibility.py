"""Who may see what: one table of read models, roles and how far each role sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from application.principals import Held, Principal
from domain.roles import ROLES


class Scope(StrEnum):
    """How far somebody sees in a read model."""

    ALL = "all"
    PLACE = "place"
    ORGANISATION = "organisation"
    OWN = "own"
    ASSIGNED = "assigned"


OFFICERS = (
    "community_officer",
    "subdistrict_officer",
    "district_officer",
    "round_secretary",
    "panel_chair",
    "leader",
    "fund_manager",
    "finance_approver",
    "cashier",
    "reconciler",
    "evaluator",
    "oversight_officer",
    "observer",
    "department_officer",
)
"""Roles that see what concerns the place they are held for."""

MEMBERS = ("applicant", "legal_representative", "fiscal_agent")
"""Roles that see what concerns the organisation they are held for."""

EVERYTHING = ("auditor", "administrator")
"""Roles that read everything."""

Sees = dict[Scope, tuple[str, ...]]

USUAL: Sees = {Scope.ALL: EVERYTHING, Scope.PLACE: OFFICERS, Scope.ORGANISATION: MEMBERS}

SEES: dict[str, Sees] = {
    "approvals": USUAL,
    "organisations": USUAL,
    "funds": USUAL,
    "rounds": USUAL,
    "proposals": {**USUAL, Scope.ASSIGNED: ("reviewer",)},
    "pools": {
        Scope.ALL: EVERYTHING,
        Scope.PLACE: ("round_secretary", "district_officer", "oversight_officer"),
    },
    "panels": {Scope.ALL: EVERYTHING, Scope.PLACE: OFFICERS},
    "reviews": {Scope.ALL: EVERYTHING, Scope.PLACE: OFFICERS, Scope.OWN: ("reviewer",)},
    "objections": {
        Scope.ALL: EVERYTHING,
        Scope.PLACE: ("oversight_officer", "district_officer", "leader"),
        Scope.OWN: ROLES,
    },
    "appeals": USUAL,
    "grants": USUAL,
    "amendments": USUAL,
    "tranches": USUAL,
    "findings": {
        Scope.ALL: EVERYTHING,
        Scope.PLACE: OFFICERS,
        Scope.OWN: ROLES,
    },
    "overrides": {Scope.ALL: EVERYTHING, Scope.PLACE: OFFICERS},
    "orders": USUAL,
    "custody-accounts": USUAL,
    "clawbacks": USUAL,
    "documents": {**USUAL, Scope.OWN: ("reviewer",), Scope.ASSIGNED: ("reviewer",)},
    "policies": USUAL,
    "delegations": {Scope.ALL: EVERYTHING, Scope.PLACE: OFFICERS},
    "people": {Scope.ALL: EVERYTHING},
    "roles": {Scope.ALL: EVERYTHING},
    "places": USUAL,
    "imports": {Scope.ALL: EVERYTHING},
    "costs": USUAL,
    "contributions": {Scope.ALL: EVERYTHING, Scope.PLACE: OFFICERS},
}

NAMING: dict[str, tuple[str, ...]] = {
    "organisations": ("leader", "founder"),
    "documents": ("owner",),
}
"""Read models whose columns name people who see the thing whatever roles they hold."""

KEEPER = "fiscal_agent"
"""The role that sees, for its own organisation, what that keeps for others."""

INFORMED = "oversight_officer"
"""The role that knows of tips, and of who gave them."""

SEALED: dict[str, tuple[str, ...]] = {
    "findings": ("tipped", "dismissed"),
    "documents": ("closed",),
}
"""The stages in which only its keepers know that a thing is there at all."""

KEEPERS: dict[str, tuple[str, ...]] = {
    "findings": (INFORMED,),
    "documents": (INFORMED, "auditor"),
}
"""Who knows of what is sealed: oversight officers of the place, and auditors everywhere."""

PUBLIC: dict[str, tuple[str, ...]] = {
    "funds": ("active", "frozen", "closing", "closed", "historical"),
    "rounds": (
        "published",
        "open",
        "intake_closed",
        "reviewing",
        "deliberated",
        "on_notice",
        "concluded",
        "executing",
        "closed",
        "cancelled",
        "historical",
    ),
    "grants": (
        "active",
        "suspended",
        "midterm_due",
        "final_due",
        "final_submitted",
        "evaluated",
        "audited",
        "settling",
        "terminating",
        "terminated",
        "closed",
        "historical",
    ),
    "policies": ("in_force", "superseded"),
    "documents": ("redacted",),
    "places": ("recorded", "closed"),
}
"""The stages in which anybody may see a thing, without the parts that only some may see."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody sees of a read model.

    `everything`, or what lies in `places`, belongs to `organisations`, is `own` (a person) or is
    `assigned` to that person, or names the person in a column (`named` in `naming`); and of the
    rest what stands in a `public` stage. What stands in a `sealed` stage is seen in the places of
    `unsealed` alone. Organisations in `keeping` are fiscal agents: they see their clients, the
    accounts that they keep for them, and the grants and tranches that are paid into these.
    `unsealed` alone. `person` is who asks: some of what is seen may be veiled from them.
    """

    everything: bool
    places: tuple[str, ...]
    organisations: tuple[str, ...]
    own: str
    assigned: str
    public: tuple[str, ...]
    sealed: tuple[str, ...] = ()
    unsealed: tuple[str, ...] = ()
    named: str = ""
    naming: tuple[str, ...] = ()
    keeping: tuple[str, ...] = ()
    person: str = ""


def sight(view: str, principal: Principal | None) -> Sight:
    """How much of a read model a person sees; nobody in particular sees what is public."""
    held = principal.held if principal is not None else ()
    person = principal.person if principal is not None else ""
    table = SEES[view]

    def of(scope: Scope) -> tuple[str, ...]:
        return table.get(scope, ())

    return Sight(
        everything=any(h.role in of(Scope.ALL) for h in held),
        places=tuple(h.place for h in held if h.role in of(Scope.PLACE) and h.place),
        organisations=tuple(
            h.organisation for h in held if h.role in of(Scope.ORGANISATION) and h.organisation
        ),
        own=person if any(h.role in of(Scope.OWN) for h in held) else "",
        assigned=person if any(h.role in of(Scope.ASSIGNED) for h in held) else "",
        public=PUBLIC.get(view, ()),
        sealed=SEALED.get(view, ()),
        unsealed=tuple(unsealed(view, held)),
        named=person if view in NAMING else "",
        naming=NAMING.get(view, ()),
        keeping=tuple(h.organisation for h in held if h.role == KEEPER and h.organisation),
        person=person,
    )


def unsealed(view: str, held: Iterable[Held]) -> Iterator[str]:
    """The places of which somebody knows what is sealed; an empty one stands for all."""
    for one in held:
        if one.role in KEEPERS.get(view, ()) and one.role in EVERYTHING:
            yield ""
        elif one.role in KEEPERS.get(view, ()) and one.place:
            yield one.place
