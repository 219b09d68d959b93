"""Who may tell what: one table of commands and roles, deny by default.

The roles are those of the lifecycle tables. A row with `second` is a pair: the first role
prepares, the second approves, and they are two people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from application.docket import Docket
from application.replacing import nobody_is_left
from domain import amendments
from domain.amendments import Amendment
from domain.kernel import Aggregate, Mandate
from domain.organisations import Organisation, changing
from domain.roles import ROLES
from domain.rounds.round import Round
from domain.tranches import payment
from domain.tranches.tranche import Tranche

Condition = Callable[[Aggregate, Docket], bool]


@dataclass(frozen=True, slots=True)
class Permission:
    """The roles that may tell it, those that must approve it, and when they must.

    `otherwise` are the roles that approve where the condition does not hold; one hand is enough
    where there are none. `rule` is the name under which an override may set the second hand aside.
    """

    first: tuple[str, ...]
    second: tuple[str, ...] = ()
    when: Condition | None = None
    otherwise: tuple[str, ...] = ()
    rule: str = ""

    def approvers(self, thing: Aggregate | None, docket: Docket, by: Mandate) -> tuple[str, ...]:
        """The roles that must approve it for this thing; none where one hand is enough."""
        if self.when is None or thing is None:
            return self.second
        is_needed = self.when(thing, docket)
        if is_needed and not (self.rule and by.set_aside(thing.stream, self.rule)):
            return self.second
        return self.otherwise


def solo(*roles: str) -> Permission:
    """One hand, in any of the roles."""
    return Permission(roles)


def pair(
    first: str | tuple[str, ...], *second: str, when: Condition | None = None, rule: str = ""
) -> Permission:
    """Two hands: the first role prepares, the second approves."""
    return Permission((first,) if isinstance(first, str) else first, second, when, rule=rule)


def graded(first: str, usual: str, when: Condition, above: str) -> Permission:
    """Two hands always; the second is a higher one where the condition holds."""
    return Permission((first,), (above,), when, (usual,))


def is_above_limit(thing: Aggregate, docket: Docket) -> bool:
    """Whether an amendment moves so much money that a leader agrees to it (M2)."""
    assert isinstance(thing, Amendment)
    return amendments.is_above_limit(thing, docket.load(Round, thing.round))


def is_above_threshold(thing: Aggregate, docket: Docket) -> bool:
    """Whether a payment is so large that a leader's hand is needed too (T4)."""
    assert isinstance(thing, Tranche)
    return payment.above_threshold(thing, docket.load(Round, thing.round))


def is_of_account(thing: Aggregate, docket: Docket) -> bool:
    """Whether a change leads money elsewhere, which one verifies and another approves (O7a)."""
    assert isinstance(thing, Organisation)
    return changing.is_of_account(thing)


ANYONE = ("*",)
"""Any role but those that only read will do; the rules of the domain decide."""

ANYBODY = ("anyone",)
"""Whoever has signed in, whatever they hold: they speak for themselves, as a resident."""

APP, LEG, SUB, DIS = "applicant", "legal_representative", "subdistrict_officer", "district_officer"
SEC, REV, CHR, LDR = "round_secretary", "reviewer", "panel_chair", "leader"
FM, FIN, CSH, REC = "fund_manager", "finance_approver", "cashier", "reconciler"
FA, RESIDENT = "fiscal_agent", "resident"
DEP, EVL, OVS, COM, ADM, SYS, AUD = (
    "department_officer",
    "evaluator",
    "oversight_officer",
    "community_officer",
    "administrator",
    "clock",
    "auditor",
)
WRITERS = tuple(role for role in ROLES if role not in (AUD, "observer"))
"""Roles that do not only read; where an auditor writes all the same, the row says so by name."""

PERMISSIONS: dict[str, dict[str, Permission]] = {
    "approval": {
        "approve": solo(*ANYONE),
        "decline": solo(*ANYONE),
        "withdraw": solo(*ANYONE),
        "expire": solo(SYS),
    },
    "organisation": {
        "start-filing": solo(*ANYBODY),
        "start-filing-for": solo(COM),
        "request-filing": solo(LEG),
        "return-filing": solo(COM, SUB),
        "abandon-filing": solo(APP, SYS),
        "pass-first-check": solo(COM),
        "approve-filing": solo(SUB),
        "reject-filing": solo(SUB),
        "request-change": solo(LEG),
        "approve-change": pair((SUB, DIS), SUB, DIS, when=is_of_account),
        "accept-agency": solo(LEG),
        "refuse-change": solo(SUB, DIS),
        "start-upgrade": solo(LEG),
        "confirm-registration": solo(DIS),
        "abandon-upgrade": solo(LEG, DIS),
        "import": solo(DIS),
        "import-filed": solo(DIS),
        "submit-annual-check": solo(LEG),
        "conclude-annual-check": solo(SUB, DIS),
        "record-credit": solo(DIS, OVS),
        "place-on-list": solo(DIS, OVS),
        "remove-from-list": solo(DIS, SYS),
        "suspend": solo(DIS),
        "reinstate": solo(DIS),
        "request-deregistration": solo(LEG, DIS),
        "confirm-deregistration": solo(SUB, DIS),
        "drop-deregistration": solo(DIS),
        "grade": solo(DIS),
        "lower-grade": solo(DIS),
        "record-health-check": solo(EVL, COM),
        "record-inspection": solo(SUB, DIS, OVS),
        "start-incubation": solo(SUB, DIS),
        "end-incubation": solo(SUB, DIS),
    },
    "fund": {
        "propose": solo(FM),
        "open": solo(FIN),
        "refuse": solo(FIN),
        "record-appropriation": pair(FM, FIN),
        "record-opening-balance": pair(FIN, LDR),
        "amend-appropriation": pair(FM, FIN),
        "receive-contribution": pair(CSH, REC),
        "pledge-contribution": pair(DEP, FM),
        "withdraw-pledge": pair(DEP, FM),
        "apply-allocation-rule": pair(FM, FIN),
        "transfer": pair(FIN, LDR),
        "freeze": solo(OVS),
        "unfreeze": solo(OVS, LDR),
        "reverse-entry": pair(FM, FIN),
        "close-day": solo(SYS),
        "close-period": pair(FIN, REC),
        "carry-over": pair(FIN, LDR),
        "lapse-authority": pair(FIN, LDR),
        "close-year": pair(FIN, REC),
        "start-closing": solo(FIN),
        "close": pair(FIN, LDR),
        "reopen": pair(FIN, LDR),
        "return-money": pair(CSH, FIN),
        "declare-left-over": pair(FIN, LDR),
        "record-interest": pair(CSH, REC),
        "record-bank-fee": pair(CSH, REC),
        "park-receipt": pair(CSH, REC),
        "send-back-receipt": pair(CSH, FIN),
        "assign-receipt": pair(FIN, REC),
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
        "allocate": pair(CHR, LDR),
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
        "ask-recusal": solo(APP),
        "record-score": solo(SYS),
        "ask-optimisation": solo(SEC),
        "submit-optimised": pair(APP, LEG),
        "lapse-optimisation": solo(SYS),
        "propose-award": pair(CHR, LDR),
        "waitlist": solo(CHR),
        "promote": solo(LDR),
        "expire-wait": solo(SYS),
        "decline": solo(CHR),
        "revoke-award": solo(LDR),
        "confirm-award": solo(LDR),
        "withdraw": solo(LEG),
        "disqualify": pair(OVS, LDR),
        "expire-draft": solo(SYS),
    },
    "pool": {
        "create": solo(SEC, DIS),
        "add-expert": solo(SEC, DIS),
        "change-expert": solo(SEC, DIS),
        "remove-expert": solo(SEC, DIS),
        "close": solo(SEC, DIS),
    },
    "panel": {
        "draw": pair(SEC, OVS),
        "assign-reviews": pair(SEC, OVS),
        "require-third-review": solo(SYS),
        "hold-deliberation": solo(CHR),
    },
    "review": {
        "invite": solo(SEC),
        "accept": solo(REV),
        "refuse-invitation": solo(REV, SYS),
        "replace": pair(SEC, OVS, when=nobody_is_left),
        "request-recusal": solo(REV, SEC),
        "recuse": solo(OVS, REV),
        "refuse-recusal": solo(OVS),
        "pass-on-request": solo(SYS),
        "start-scoring": solo(REV),
        "submit-score": solo(REV),
        "lock": solo(CHR),
        "reopen": pair(CHR, OVS),
    },
    "objection": {
        "file": solo(*ANYBODY),
        "accept": solo(OVS, DIS),
        "refuse": solo(OVS, DIS),
        "investigate": solo(OVS, DIS),
        "uphold": solo(OVS, DIS),
        "dismiss": solo(OVS, DIS),
        "notify": solo(OVS, DIS),
    },
    "appeal": {
        "file": solo(LEG),
        "admit": solo(DIS),
        "refuse": solo(DIS),
        "hear": solo(DIS),
        "grant": solo(LDR),
        "deny": solo(LDR),
        "withdraw": solo(LEG),
        "notify": solo(DIS),
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
        "suspend": solo(FM, OVS),
        "resume": solo(FM, OVS),
        "fail-midterm": solo(EVL, SYS),
        "end-period": solo(SYS),
        "submit-final": solo(LEG),
        "return-final": solo(EVL, FM),
        "evaluate-final": solo(EVL),
        "record-audit": solo(FIN),
        "waive-audit": pair(FIN, LDR),
        "settle": pair(FM, FIN),
        "close": solo(DIS, SUB),
        "record-refund": pair(CSH, REC),
        "publish-result": solo(DIS, SUB),
        "cancel": solo(LEG, LDR, SYS),
        "record-match": pair(APP, FM),
        "record-visit": solo(FM, SUB, COM, EVL),
        "change-payee": pair(LEG, FIN),
        "close-unilaterally": pair(FIN, LDR),
        "propose-termination": solo(LDR, LEG),
        "terminate": pair(FM, LDR),
        "drop-termination": solo(LDR),
        "record-post-closeout": pair(FIN, LDR),
    },
    "amendment": {
        "request": solo(LEG, FM),
        "approve": graded(FM, FIN, is_above_limit, LDR),
        "refuse": solo(FM),
        "withdraw": solo(LEG, SYS),
    },
    "tranche": {
        "make-eligible": solo(SYS),
        "request": solo(APP),
        "check": solo(FM),
        "approve": pair(FIN, LDR, when=is_above_threshold, rule="T4.third_hand"),
        "return-request": solo(FM, FIN, APP),
        "send": solo(CSH),
        "confirm": solo(REC),
        "record-bank-return": solo(REC),
        "record-late-return": solo(REC),
        "retry": solo(FIN),
        "reconcile": solo(REC),
        "hold": solo(FIN, OVS),
        "cancel": solo(FIN, OVS),
        "release": solo(FIN, OVS),
    },
    "clawback": {
        "order": pair(FIN, LDR),
        "record-repayment": pair(CSH, REC),
        "close": solo(FIN),
        "write-off": pair(FIN, LDR),
        "record-late-recovery": pair(CSH, REC),
        "withdraw": solo(LDR),
    },
    "finding": {
        "tip": solo(*ANYBODY),
        "dismiss-tip": solo(OVS),
        "adopt-tip": solo(OVS),
        "raise": solo(AUD, OVS, EVL),
        "respond": solo(*ANYONE),
        "order-rectification": solo(OVS, LDR),
        "rectify": solo(*ANYONE),
        "verify": solo(AUD, OVS),
        "escalate": solo(AUD, OVS, SYS),
        "return-to-owner": solo(OVS, LDR),
        "hand-over": solo(LDR),
    },
    "override": {"use": pair(LDR, OVS)},
    "custody_account": {
        "open": pair(FA, SUB),
        "pay-out": pair(FA, LEG),
        "return": pair(FA, REC),
        "charge-agent": pair(FIN, LDR),
        "close": pair(FA, SUB),
    },
    "order": {
        "draft": solo(FM, SEC),
        "draft-fee": solo(FM, SEC),
        "approve": pair(FM, FIN),
        "sign": solo(DIS, SUB),
        "accept-delivery": pair(FM, FIN),
        "undo-acceptance": solo(FIN),
        "send": solo(CSH),
        "confirm": solo(REC),
        "record-bank-return": solo(REC),
        "record-late-return": solo(REC),
        "close": solo(REC),
        "cancel": solo(FIN),
    },
    "document": {"store": solo(*ANYONE), "redact": solo(OVS), "close": solo(OVS)},
    "policy": {"publish": pair(DIS, LDR), "supersede": pair(DIS, LDR)},
    "delegation": {"grant": solo(LDR, DIS), "end": solo(LDR, DIS, SYS)},
    "person": {
        "admit": solo(ADM),
        "grant-role": solo(ADM),
        "withdraw-role": solo(ADM),
        "sign-in": solo(SYS),
        "change-credentials": solo(SYS),
        "release": solo(ADM),
        "erase": solo(ADM),
        "consent": solo(*ANYBODY),
        "withdraw-consent": solo(*ANYBODY),
    },
    "place": {"record": solo(ADM), "rename": solo(ADM), "close": solo(ADM)},
    "import": {"record": solo(ADM)},
}
