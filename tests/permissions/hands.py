"""Who may not because of the part they had in the matter: written by hand, a row with each.

The row, who acts, the role that the person also holds (of the district, or of the organisation),
the command, where the matter stands, the part the person had in it, and the rule that refuses, or
nothing. “belongs” means a member of the organisation; “part:person” names whose part it was.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.district import District
from tests.permissions import stages as at
from tests.permissions import stages_of_judgement as of
from tests.played import Path

Stage = Callable[[District], Path]
Case = tuple[str, str, str, str, Stage, str, str]

PAYMENTS: tuple[Case, ...] = (
    ("T4", "fund_manager", "FIN", "tranches/approve", at.checked, "checked", "T4.hands"),
    ("T5", "fund_manager", "CSH", "tranches/send", at.approved, "checked", "T5.hands"),
    ("T5", "finance_approver", "CSH", "tranches/send", at.approved, "approved", "T5.hands"),
    ("T6", "fund_manager", "REC", "tranches/confirm", at.sent, "checked", "T6.hands"),
    ("T6", "finance_approver", "REC", "tranches/confirm", at.sent, "approved", "T6.hands"),
    ("T6", "cashier", "REC", "tranches/confirm", at.sent, "sent", "T6.hands"),
    ("T7", "cashier", "REC", "tranches/record-bank-return", at.sent, "sent", "T7.hands"),
    ("T7b", "finance_approver", "REC", "tranches/record-late-return", at.paid, "approved",
     "T7b.hands"),
    ("T7c", "fund_manager", "FIN", "tranches/retry", at.returned, "checked", "T7c.hands"),
    ("T7c", "cashier", "FIN", "tranches/retry", at.returned, "sent", "T7c.hands"),
    ("T8", "cashier", "REC", "tranches/reconcile", at.paid, "sent", "T8.hands"),
    ("T8", "fund_manager", "REC", "tranches/reconcile", at.paid, "checked", "T8.hands"),
    ("T9b", "oversight_officer", "", "tranches/release", at.held, "stopped", "T9b.holder"),
    ("T3", "fund_manager", "", "tranches/check", at.requested, "", ""),
    ("T4", "finance_approver", "", "tranches/approve", at.checked, "", ""),
    ("T5", "cashier", "", "tranches/send", at.approved, "", ""),
    ("T6", "reconciler", "", "tranches/confirm", at.sent, "", ""),
    ("T7", "reconciler", "", "tranches/record-bank-return", at.sent, "", ""),
    ("T7b", "reconciler", "", "tranches/record-late-return", at.paid, "", ""),
    ("T7c", "finance_approver", "", "tranches/retry", at.returned, "", ""),
    ("T8", "reconciler", "", "tranches/reconcile", at.paid, "", ""),
    ("T9b", "finance_approver", "", "tranches/release", at.held, "", ""),
)  # fmt: skip

TWO_PEOPLE: tuple[Case, ...] = (
    ("F2/second", "fund_manager", "FIN", "approvals/approve", at.appropriated, "prepared",
     "W2.preparer"),
    ("F2/second", "fund_manager", "FIN", "approvals/decline", at.appropriated, "prepared",
     "W3.preparer"),
    ("U1/second", "leader", "OVS", "approvals/approve", of.exempted, "prepared", "W2.preparer"),
    ("G31/second", "legal", "FIN", "approvals/approve", at.payee_asked, "prepared",
     "W2.preparer"),
    ("W4", "finance_approver", "", "approvals/withdraw", at.appropriated, "prepared:other",
     "W4.preparer"),
    ("F1", "fund_manager", "FIN", "funds/open", at.proposed_fund, "proposed", "F1.proposer"),
    ("F7a", "oversight_officer", "", "funds/unfreeze", at.frozen, "stopped", "F7a.freezer"),
    ("G11", "oversight_officer", "", "grants/resume", at.stopped, "stopped", "G11.suspender"),
    ("O12a", "district_officer", "", "organisations/reinstate", at.suspended, "stopped",
     "O12a.suspender"),
    ("G8", "evaluator", "FIN", "grants/allow-cost", at.questioned, "proposed", "G8.raiser"),
    ("G8a", "evaluator", "FIN", "grants/disallow-cost", at.questioned, "proposed", "G8a.raiser"),
    ("G31/second", "manager", "", "approvals/approve", at.payee_of_a_manager, "managed",
     "G31.manager"),
    ("G31/second", "finance_approver", "", "approvals/approve", at.payee_filed_by_finance,
     "verified", "G31.filed"),
    ("Q2", "fund_manager", "", "orders/approve", at.order_drafted, "proposed", "Q2.drafter"),
    ("Q5", "finance_approver", "CSH", "orders/send", at.order_accepted, "approved", "Q5.hands"),
    ("Q6", "cashier", "REC", "orders/confirm", at.order_sent, "sent", "Q6.hands"),
    ("Y3", "leader", "", "delegations/grant", at.order_accepted, "named", "Y3.hands"),
    ("Q5", "deputy", "", "orders/send", at.lent_and_over, "until", "Q5.who"),
    ("Q5", "deputy", "", "orders/send", at.lent, "since", "Q5.who"),
    ("Q5", "deputy", "", "orders/send", at.lent_and_running, "", ""),
    ("F2/second", "finance_approver", "", "approvals/approve", at.appropriated, "prepared:other",
     ""),
    ("F2/second", "finance_approver", "", "approvals/decline", at.appropriated, "prepared:other",
     ""),
    ("W4", "fund_manager", "", "approvals/withdraw", at.appropriated, "prepared", ""),
    ("F1", "finance_approver", "", "funds/open", at.proposed_fund, "proposed:other", ""),
    ("F7a", "leader", "", "funds/unfreeze", at.frozen, "stopped:other", ""),
    ("G11", "fund_manager", "", "grants/resume", at.stopped, "stopped:other", ""),
    ("O12a", "deputy", "DIS", "organisations/reinstate", at.suspended, "stopped:other", ""),
    ("G8", "finance_approver", "", "grants/allow-cost", at.questioned, "proposed:other", ""),
    ("G31/second", "finance_approver", "", "approvals/approve", at.payee_asked,
     "prepared:other", ""),
    ("Q2", "deputy", "FM", "orders/approve", at.order_drafted, "proposed:other", ""),
    ("Q6", "reconciler", "", "orders/confirm", at.order_sent, "", ""),
)  # fmt: skip

JUDGES: tuple[Case, ...] = (
    ("S4", "round_secretary", "APP", "proposals/take-intake", of.submitted, "belongs",
     "S4.interest"),
    ("S21", "leader", "LEG", "proposals/confirm-award", of.notice_over, "belongs",
     "S21.interest"),
    ("V2a", "second_secretary", "REV", "reviews/accept", of.checker_drawn, "checked",
     "V2a.hands"),
    ("V2a", "deputy", "REV", "reviews/accept", of.invited, "member:other", "V2a.own"),
    ("V2a", "insider", "", "reviews/accept", of.member_drawn, "member belongs", "V2a.interest"),
    ("G12b", "reviewer", "EVL", "grants/record-midterm", of.midterm_in, "scored",
     "G12b.reviewer"),
    ("G16", "reviewer", "EVL", "grants/evaluate-final", of.final_in, "scored", "G16.reviewer"),
    ("B2", "round_secretary", "OVS", "objections/accept", of.noticed, "checked", "B2.hands"),
    ("B2", "reviewer", "OVS", "objections/accept", of.noticed, "scored", "B2.hands"),
    ("B2a", "leader", "OVS", "objections/refuse", of.noticed, "approved", "B2a.hands"),
    ("B2", "neighbour", "DIS", "objections/accept", of.noticed, "proposed", "B2.hands"),
    ("B2", "oversight_officer", "APP", "objections/accept", of.noticed, "belongs",
     "B2.interest"),
    ("B3", "district_officer", "", "objections/investigate", of.handled, "handler:other",
     "B3.handler"),
    ("X2", "district_officer", "", "appeals/admit", of.appealed,
     "named:secretary checked:secretary", "X2.hands"),
    ("X2", "district_officer", "LEG", "appeals/admit", of.appealed, "belongs", "X2.interest"),
    ("D3", "leader", "", "findings/respond", at.raised, "owner:other", "D3.owner"),
    ("D6", "cashier", "OVS", "findings/verify", at.answered, "owner", "D6.owner"),
    ("S4", "round_secretary", "", "proposals/take-intake", of.submitted, "", ""),
    ("S21", "leader", "", "proposals/confirm-award", of.notice_over, "", ""),
    ("V2a", "reviewer", "", "reviews/accept", of.invited, "member", ""),
    ("G12b", "evaluator", "", "grants/record-midterm", of.midterm_in, "scored:other", ""),
    ("G16", "evaluator", "", "grants/evaluate-final", of.final_in, "scored:other", ""),
    ("B2", "oversight_officer", "", "objections/accept", of.noticed, "checked:other", ""),
    ("B3", "oversight_officer", "", "objections/investigate", of.handled, "handler", ""),
    ("X2", "district_officer", "", "appeals/admit", of.appealed, "checked:secretary", ""),
    ("D3", "cashier", "", "findings/respond", at.raised, "owner", ""),
    ("D6", "oversight_officer", "", "findings/verify", at.answered, "owner:other", ""),
)  # fmt: skip

HANDS = PAYMENTS + TWO_PEOPLE + JUDGES
