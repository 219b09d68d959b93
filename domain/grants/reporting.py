"""What a grantee reports and what becomes of the cost: accepted, questioned, decided."""

from __future__ import annotations

from collections.abc import Iterable

from domain.errors import Reason, check
from domain.findings.finding import Finding
from domain.grants import costs
from domain.grants import events as e
from domain.grants.costs import Cost, CostStage, Spent
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.policies import holds, other_hands
from domain.proposals.content import Indicator
from domain.rounds.round import Round
from domain.tranches.tranche import Tranche


def may_be_reported(grant: Grant, spent: tuple[Spent, ...]) -> Iterable[Reason | None]:
    """What is asked of costs when they are reported (G5)."""
    lines = {line.line for line in grant.budget}
    known = {cost.voucher for cost in grant.costs}
    vouchers = [item.voucher for item in spent]
    yield holds(
        "G5.lines",
        all(item.line in lines for item in spent),
        "A cost belongs to a line of the budget: {lines}.",
        field="/cost_lines",
        lines=", ".join(sorted(lines)),
    )
    yield holds(
        "G5.vouchers",
        len(set(vouchers)) == len(vouchers) and known.isdisjoint(vouchers),
        "A voucher can be reported once.",
        field="/cost_lines",
    )


def report_progress(
    grant: Grant,
    *,
    period: str,
    indicators: tuple[Indicator, ...],
    sessions: int,
    cost_lines: tuple[Spent, ...],
    by: Mandate,
) -> None:
    """Reports what was done and spent (G5)."""
    stage = grant.after("report-progress")
    check(*may_be_reported(grant, cost_lines))
    event = e.ProgressReported(
        stage=stage,
        period=period,
        indicators=indicators,
        sessions=sessions,
        cost_lines=cost_lines,
    )
    grant.record(event, by)


def may_be_accepted(
    grant: Grant, chosen: tuple[Cost, ...], shift_percent: int
) -> Iterable[Reason | None]:
    """What is asked of reported costs before they count as spent (G6)."""
    over = costs.over_line(grant.costs, chosen, grant.budget, shift_percent)
    yield holds("G6.some", bool(chosen), "Name at least one cost.", field="/lines")
    yield holds(
        "G6.reported",
        all(cost.stage == CostStage.REPORTED for cost in chosen),
        "Only reported costs that nobody questions can be accepted.",
        field="/lines",
    )
    yield holds(
        "G6.lines",
        not over,
        "These budget lines would be exceeded by more than {percent}%: {lines}.",
        field="/lines",
        percent=shift_percent,
        lines=", ".join(over),
    )


def accept_costs(
    grant: Grant,
    *,
    lines: tuple[int, ...],
    tranches: tuple[Tranche, ...],
    round: Round,
    by: Mandate,
) -> None:
    """Accepts reported costs (G6); what the paid money does not cover is posted later."""
    stage = grant.after("accept-costs")
    chosen = tuple(costs.find(grant.costs, no, "G6.cost") for no in dict.fromkeys(lines))
    check(*may_be_accepted(grant, chosen, round.asks.line_shift_percent))
    total = sum(cost.amount_minor for cost in chosen)
    posted = min(total, postable(grant, tranches))
    event = e.CostsAccepted(
        stage=stage,
        lines=tuple(cost.no for cost in chosen),
        posted_minor=posted,
        accepted_unpaid_minor=total - posted,
    )
    grant.record(event, by, grant.posts("P8", posted))


def postable(grant: Grant, tranches: Iterable[Tranche]) -> int:
    """How much accepted cost the paid money covers now."""
    reserve = costs.questioned_unaccepted(grant.costs)
    return max(0, grant.free_advance(tranches) - reserve)


def post_accepted_costs(grant: Grant, *, tranches: tuple[Tranche, ...], by: Mandate) -> None:
    """Posts cost that was accepted before the money for it was paid (G6a)."""
    stage = grant.after("post-accepted-costs")
    amount = min(grant.unpaid_minor, postable(grant, tranches))
    if amount:
        event = e.AcceptedCostsPosted(stage=stage, amount_minor=amount)
        grant.record(event, by, grant.posts("P8", amount))


def may_be_questioned(
    grant: Grant, line: Cost, finding: Finding | None, tranches: tuple[Tranche, ...]
) -> Iterable[Reason | None]:
    """What is asked before a cost is questioned (G7)."""
    streams = (grant.stream, *(tranche.stream for tranche in tranches))
    yield holds(
        "G7.finding",
        finding is None or finding.concerns(*streams),
        "This finding is not about this grant.",
        field="/finding",
    )
    yield holds(
        "G7.once",
        line.stage in (CostStage.REPORTED, CostStage.ACCEPTED),
        "This cost is questioned or disallowed already.",
        field="/cost",
    )


def question_cost(
    grant: Grant,
    *,
    cost: int,
    cause: str,
    finding: Finding | None,
    tranches: tuple[Tranche, ...],
    by: Mandate,
) -> None:
    """Questions a reported or accepted cost (G7), of its own accord or because of a finding."""
    stage = grant.after("question-cost")
    line = costs.find(grant.costs, cost, "G7.cost")
    check(*may_be_questioned(grant, line, finding, tranches))
    event = e.CostQuestioned(
        stage=stage,
        line=line.no,
        amount_minor=line.amount_minor,
        accepted=line.stage == CostStage.ACCEPTED,
        cause=cause,
        raiser=by.person,
        finding=finding.id if finding else "",
    )
    grant.record(event, by)


def undecided(grant: Grant, no: int, rule: str, by: Mandate) -> Cost:
    """The questioned cost of that number, for somebody else than who raised it to decide."""
    line = costs.find(grant.costs, no, f"{rule}.cost")
    check(
        holds(
            f"{rule}.questioned",
            line.stage == CostStage.QUESTIONED,
            "This cost is not questioned.",
            field="/cost",
        ),
        other_hands(f"{rule}.raiser", by, (line.raiser,)),
    )
    return line


def allow_cost(
    grant: Grant, *, cost: int, reply: str, tranches: tuple[Tranche, ...], by: Mandate
) -> None:
    """Lets a questioned cost stand (G8)."""
    stage = grant.after("allow-cost")
    line = undecided(grant, cost, "G8", by)
    others = costs.questioned_unaccepted(grant.costs) - line.amount_minor
    new = 0 if line.accepted else line.amount_minor
    posted = min(new, max(0, grant.free_advance(tranches) - others))
    event = e.CostAllowed(
        stage=stage,
        line=line.no,
        posted_minor=posted,
        accepted_unpaid_minor=new - posted,
        reply=reply,
    )
    grant.record(event, by, grant.posts("P8", posted))


def disallow_cost(
    grant: Grant, *, cost: int, reply: str, tranches: tuple[Tranche, ...], by: Mandate
) -> None:
    """Rejects a questioned cost (G8a); what was paid for it becomes recoverable (P9 or P9b)."""
    stage = grant.after("disallow-cost")
    line = undecided(grant, cost, "G8a", by)
    if line.accepted:
        unpaid = min(line.amount_minor, grant.unpaid_minor)
        postings = grant.claims(line.amount_minor - unpaid)
    else:
        unpaid = 0
        due = min(line.amount_minor, grant.free_advance(tranches))
        postings = grant.posts("P9", due)
    event = e.CostDisallowed(
        stage=stage,
        line=line.no,
        amount_minor=line.amount_minor,
        unpaid_reduced_minor=unpaid,
        reply=reply,
    )
    grant.record(event, by, postings)
