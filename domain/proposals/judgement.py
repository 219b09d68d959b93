"""What becomes of a proposal: intake, budget check, score, award or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.calendar import Calendar
from domain.errors import Reason, Word, check
from domain.kernel import Mandate
from domain.money import percent_of
from domain.organisations import Organisation
from domain.policies import at_most, check_unless_set_aside, holds, in_stage, no_interest
from domain.proposals import events as e
from domain.proposals.content import (
    PARTS,
    BudgetLine,
    Defect,
    within_line_caps,
)
from domain.proposals.proposal import Proposal
from domain.proposals.rescoring import agree
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round

Budget = tuple[BudgetLine, ...]


def take_intake(proposal: Proposal, *, by: Mandate) -> None:
    stage = proposal.after("take-intake")
    check(no_interest("S4.interest", by, proposal.organisation, *proposal.partners))
    proposal.record(e.IntakeStarted(stage=stage, checker=by.person), by)


def return_for_correction(
    proposal: Proposal,
    *,
    defects: tuple[Defect, ...],
    round: Round,
    calendar: Calendar,
    by: Mandate,
) -> None:
    stage = proposal.after("return-for-correction")
    most = round.asks.corrections_max
    check_unless_set_aside(
        proposal,
        by,
        holds("S5.defects", bool(defects), "Name at least one defect.", field="/defects"),
        holds(
            "S5.parts",
            all(defect.part in PARTS for defect in defects),
            "A defect names one part of the proposal: {parts}.",
            field="/defects",
            parts=tuple(Word("field", part) for part in PARTS),
        ),
        holds(
            "S5.maximum",
            proposal.corrections < most,
            "This round allows {most} corrections, and they are used up.",
            most=most,
        ),
    )
    due = calendar.after_working_days(by.day, round.asks.correction_days)
    proposal.record(e.CorrectionRequested(stage=stage, defects=defects, due=due), by)


def reject_intake(proposal: Proposal, *, rule: str, by: Mandate) -> None:
    stage = proposal.after("reject-intake")
    check(no_interest("S8.interest", by, proposal.organisation, *proposal.partners))
    event = e.FoundIneligible(stage=stage, rule=rule, decided_on=by.day)
    proposal.record(event, by, proposal.gives_back())


def only_down(budget: Budget, adjusted: Budget) -> Reason | None:
    """An adjustment names lines of the budget, and raises none of them (S9)."""
    given = {line.line: line.amount_minor for line in budget}
    up = sorted(line.line for line in adjusted if line.amount_minor > given.get(line.line, -1))
    return holds(
        "S9.up",
        not up,
        "These lines are not in the budget or would go up: {lines}.",
        field="/adjusted_lines",
        lines=", ".join(up),
    )


def lowered(budget: Budget, adjusted: Budget) -> Budget:
    """The budget with the adjusted lines in place of the old ones."""
    new = {line.line: line.amount_minor for line in adjusted}
    return tuple(
        BudgetLine(line=line.line, amount_minor=new.get(line.line, line.amount_minor))
        for line in budget
    )


def pass_budget_check(
    proposal: Proposal, *, adjusted_lines: tuple[BudgetLine, ...], round: Round, by: Mandate
) -> None:
    """Accepts the budget (S9); lines may be lowered, and the request falls with them."""
    stage = proposal.after("pass-budget-check")
    budget = lowered(proposal.budget, adjusted_lines)
    requested = sum(line.amount_minor for line in budget) - proposal.match_minor
    check(
        only_down(proposal.budget, adjusted_lines),
        holds(
            "S9.rest",
            requested > 0,
            "Nothing of the requested amount would be left.",
            field="/adjusted_lines",
        ),
        *within_line_caps(budget, round),
    )
    event = e.BudgetChecked(
        stage=stage, adjusted_lines=adjusted_lines, budget=budget, requested_minor=requested
    )
    proposal.record(event, by)


def admit(proposal: Proposal, *, organisation: Organisation, by: Mandate) -> None:
    """Lets the proposal be reviewed (S10), with the capacity score of who proposes it."""
    stage = proposal.after("admit")
    check(no_interest("S10.interest", by, proposal.organisation, *proposal.partners))
    event = e.Admitted(stage=stage, capacity_score_milli=organisation.capacity_score_milli)
    proposal.record(event, by)


def record_score(
    proposal: Proposal,
    *,
    method: str,
    score_milli: int,
    better: int,
    locked: int,
    unlocked: int,
    spread_milli: int,
    has_third: bool,
    round: Round,
    by: Mandate,
) -> None:
    stage = proposal.after("record-score")
    least = round.asks.reviewers_min
    check_unless_set_aside(
        proposal,
        by,
        in_stage("S11.round", round, RoundStage.REVIEWING),
        holds("S11.locked", not unlocked, "{count} reviews are not locked.", count=unlocked),
        holds(
            "S11.minimum",
            locked >= least,
            "At least {least} locked reviews are needed.",
            least=least,
        ),
        agree(spread_milli, round.asks.spread_limit_milli, has_third),
    )
    event = e.Scored(stage=stage, method=method, score_milli=score_milli, rank=better + 1)
    proposal.record(event, by)


def may_be_awarded(
    proposal: Proposal, round: Round, amount_minor: int, proposed_minor: int
) -> Iterable[Reason | None]:
    """An award exceeds neither the request, nor a cap, nor what the round still has (S13)."""
    rules = round.asks
    budget = sum(line.amount_minor for line in proposal.budget)
    limits = (
        ("S13.requested", amount_minor, proposal.requested_minor, "requested"),
        ("S13.cap", amount_minor, rules.cap_minor, "cap"),
        (
            "S13.cap_percent",
            amount_minor,
            percent_of(budget, rules.cap_percent),
            "cap_percent",
        ),
        ("S13.allotted", amount_minor + proposed_minor, round.allotted, "authority.allotted"),
    )
    for rule, minor, most, of in limits:
        yield at_most(rule, minor, most, proposal.currency, of=of, field="/amount_minor")


def propose_award(
    proposal: Proposal,
    *,
    amount_minor: int,
    conditions: tuple[str, ...],
    round: Round,
    proposed_minor: int,
    by: Mandate,
) -> None:
    """Puts the proposal up for an award (S13); `proposed_minor` is what others are to get."""
    stage = proposal.after("propose-award")
    check(
        in_stage("S13.round", round, RoundStage.REVIEWING, RoundStage.DELIBERATED),
        *may_be_awarded(proposal, round, amount_minor, proposed_minor),
    )
    event = e.AwardProposed(stage=stage, amount_minor=amount_minor, conditions=conditions)
    proposal.record(event, by)


def decline(proposal: Proposal, *, feedback: str, round: Round, by: Mandate) -> None:
    stage = proposal.after("decline")
    check(in_stage("S15.round", round, RoundStage.REVIEWING, RoundStage.DELIBERATED))
    event = e.Declined(stage=stage, feedback=feedback, decided_on=by.day)
    proposal.record(event, by, proposal.gives_back())


def start_notice(proposal: Proposal, *, starts: date, ends: date, by: Mandate) -> None:
    stage = proposal.after("start-notice")
    event = e.NoticeStarted(
        stage=stage, starts=starts, ends=ends, amount_minor=proposal.amount_minor
    )
    proposal.record(event, by)


def confirm_award(proposal: Proposal, *, open_objections: int, by: Mandate) -> None:
    """Awards the grant (S21); `open_objections` are those that nobody has decided."""
    stage = proposal.after("confirm-award")
    over = proposal.ends is not None and by.day > proposal.ends
    check(
        holds(
            "S21.period",
            over,
            "The notice runs to {ends}, and a whole notice must be over.",
            ends=proposal.ends,
        ),
        holds(
            "S21.objection",
            not open_objections,
            "{count} objections to this award are not decided.",
            count=open_objections,
        ),
        no_interest("S21.interest", by, proposal.organisation, *proposal.partners),
    )
    event = e.Awarded(stage=stage, award_no=proposal.no, amount_minor=proposal.amount_minor)
    proposal.record(event, by)


def lapse_award(proposal: Proposal, *, cause: str, by: Mandate) -> None:
    proposal.record(e.AwardLapsed(stage=proposal.after("lapse-award"), cause=cause), by)
