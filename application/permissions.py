"""Who may tell what: one table of commands and roles, checked at one door, deny by default.

The roles are those of the lifecycle tables. A row with `second` is a pair: the first role
prepares, the second approves, and they are two people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from application.addressed import ADDRESSED
from application.docket import Docket
from application.principals import EVERYWHERE, OF_ORGANISATION, Held, Principal
from domain.approvals import Approval
from domain.errors import NotPermitted, Reason, Word
from domain.kernel import Aggregate
from domain.rounds.round import Round
from domain.tranches import payment
from domain.tranches.tranche import Tranche
from domain.values import covers

Condition = Callable[[Aggregate, Docket], bool]


@dataclass(frozen=True, slots=True)
class Permission:
    """The roles that may tell it, those that must approve it, and when they must."""

    first: tuple[str, ...]
    second: tuple[str, ...] = ()
    when: Condition | None = None

    def is_pair(self, thing: Aggregate | None, docket: Docket) -> bool:
        """Whether a second hand is needed for this thing."""
        if self.when is not None and thing is not None:
            return self.when(thing, docket)
        return bool(self.second)


def solo(*roles: str) -> Permission:
    """One hand, in any of the roles."""
    return Permission(roles)


def pair(first: str | tuple[str, ...], *second: str, when: Condition | None = None) -> Permission:
    """Two hands: the first role prepares, the second approves."""
    return Permission((first,) if isinstance(first, str) else first, second, when)


def is_above_threshold(thing: Aggregate, docket: Docket) -> bool:
    """Whether a payment is so large that a leader's hand is needed too (T4)."""
    assert isinstance(thing, Tranche)
    return payment.above_threshold(thing, docket.load(Round, thing.round))


ANYONE = ("*",)
"""Any role will do; the rules of the domain decide."""

APP, LEG, SUB, DIS = "applicant", "legal_representative", "subdistrict_officer", "district_officer"
SEC, REV, CHR, LDR = "round_secretary", "reviewer", "panel_chair", "leader"
FM, FIN, CSH, REC = "fund_manager", "finance_approver", "cashier", "reconciler"
EVL, OVS, COM, ADM, SYS = (
    "evaluator",
    "oversight_officer",
    "community_officer",
    "administrator",
    "clock",
)

PERMISSIONS: dict[str, dict[str, Permission]] = {
    "approval": {
        "approve": solo(*ANYONE),
        "decline": solo(*ANYONE),
        "withdraw": solo(*ANYONE),
        "expire": solo(SYS),
    },
    "organisation": {"import": solo(DIS), "import-filed": solo(DIS)},
    "fund": {
        "propose": solo(FM),
        "open": solo(FIN),
        "refuse": solo(FIN),
        "record-appropriation": pair(FM, FIN),
        "record-opening-balance": pair(FIN, LDR),
        "amend-appropriation": pair(FM, FIN),
        "receive-contribution": pair(CSH, REC),
        "freeze": solo(OVS),
        "unfreeze": solo(OVS, LDR),
        "close-day": solo(SYS),
        "close-period": pair(FIN, REC),
        "start-closing": solo(FIN),
        "close": pair(FIN, LDR),
    },
    "round": {
        "plan": solo(SEC),
        "allot-budget": pair(FM, FIN),
        "allot-from-parent": pair(FM, FIN),
        "add-budget": pair(FM, FIN),
        "publish-call": solo(DIS, SUB),
        "open": solo(SYS),
        "extend-deadline": solo(DIS, SUB),
        "ask-question": solo(APP),
        "publish-clarification": solo(SEC),
        "close-intake": solo(SYS),
        "start-review": solo(SEC),
        "fix-ranking": pair(CHR, LDR),
        "publish-notice": solo(DIS, SUB),
        "publish-supplementary-notice": solo(DIS, SUB),
        "conclude-notice": solo(SYS),
        "start-execution": solo(SYS),
        "close": solo(DIS, SUB),
        "cancel": solo(LDR),
    },
    "proposal": {
        "draft": solo(APP),
        "edit": solo(APP),
        "submit": pair(APP, LEG),
        "consent": solo(LEG),
        "take-back": solo(LEG),
        "take-intake": solo(SEC),
        "return-for-correction": solo(SEC),
        "resubmit": pair(APP, LEG),
        "lapse": solo(SYS),
        "reject-intake": pair(SEC, SEC),
        "pass-budget-check": solo(FIN),
        "admit": solo(SEC),
        "record-score": solo(SYS),
        "ask-optimisation": solo(SEC),
        "submit-optimised": pair(APP, LEG),
        "lapse-optimisation": solo(SYS),
        "propose-award": pair(CHR, LDR),
        "waitlist": solo(CHR),
        "promote": solo(LDR),
        "expire-wait": solo(SYS),
        "decline": solo(CHR),
        "confirm-award": solo(LDR),
        "withdraw": solo(LEG),
        "disqualify": pair(OVS, LDR),
        "expire-draft": solo(SYS),
    },
    "panel": {"draw": pair(SEC, OVS), "hold-deliberation": solo(CHR)},
    "review": {
        "invite": solo(SEC),
        "accept": solo(REV),
        "start-scoring": solo(REV),
        "submit-score": solo(REV),
        "lock": solo(CHR),
    },
    "grant": {
        "sign-agreement": pair(LEG, DIS, SUB),
        "activate": pair(FM, FIN),
        "report-progress": solo(APP),
        "accept-costs": pair(FM, FIN),
        "question-cost": solo(EVL, FM, FIN),
        "allow-cost": solo(FIN),
        "disallow-cost": solo(FIN),
        "open-midterm": solo(SYS),
        "submit-midterm": solo(APP),
        "record-midterm": solo(EVL),
        "end-period": solo(SYS),
        "submit-final": solo(LEG),
        "return-final": solo(EVL, FM),
        "evaluate-final": solo(EVL),
        "record-audit": solo(FIN),
        "waive-audit": pair(FIN, LDR),
        "settle": pair(FM, FIN),
        "close": solo(DIS, SUB),
        "record-refund": pair(CSH, REC),
        "cancel": solo(LEG, LDR, SYS),
    },
    "tranche": {
        "make-eligible": solo(SYS),
        "request": solo(APP),
        "check": solo(FM),
        "approve": pair(FIN, LDR, when=is_above_threshold),
        "return-request": solo(FM, FIN, APP),
        "send": solo(CSH),
        "confirm": solo(REC),
        "record-bank-return": solo(REC),
        "record-late-return": solo(REC),
        "retry": solo(FIN),
        "reconcile": solo(REC),
    },
    "document": {"store": solo(*ANYONE)},
    "import": {"record": solo(ADM)},
}


def reaches(held: Held, thing: Aggregate | None, verb: str = "") -> bool:
    """Whether a role that somebody holds covers the thing, for that verb."""
    if thing is None or held.role in EVERYWHERE:
        return True
    if held.role in OF_ORGANISATION:
        concerns = ADDRESSED.get((thing.noun, verb))
        if concerns is not None:
            return bool(held.organisation) and concerns(held, thing)
        return bool(held.organisation) and held.organisation == organisation_of(thing)
    return covers(held.place, getattr(thing, "place", ""))


def organisation_of(thing: Aggregate) -> str:
    """The organisation whose matter the thing is: an organisation's own id, or what it names."""
    return thing.id if thing.noun == "organisation" else getattr(thing, "organisation", "")


def held_for(
    roles: tuple[str, ...], principal: Principal, thing: Aggregate | None, verb: str = ""
) -> Held | None:
    """The first role of the person that is among these and covers the thing."""
    for held in principal.held:
        if (held.role in roles or roles == ANYONE) and reaches(held, thing, verb):
            return held
    return None


def permit(
    rule: str, verb: str, roles: tuple[str, ...], principal: Principal, thing: Aggregate | None
) -> Held:
    """The role in which the person may do it; refused with the roles that may."""
    if isinstance(thing, Approval) and verb in ("approve", "decline"):
        roles = thing.roles
    held = held_for(roles, principal, thing, verb)
    if held is None:
        raise NotPermitted(
            Reason(
                f"{rule}.who",
                "“{verb}” is for these roles, for the place or organisation concerned: {roles}.",
                {
                    "verb": Word("verb", verb),
                    "roles": tuple(Word("role", role) for role in roles if role != "*"),
                },
            )
        )
    return held
