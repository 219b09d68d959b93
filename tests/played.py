"""The path of one grant as reusable steps: each brings a district to a stage and goes no further.

`with_grant_active(district)` plays everything that comes before. What it is asked by name reaches
the step concerned: `rivals` other proposals, other `rules` of the round, a fund that may `reuse`
refunds or not, another amount `paid_in`, other `costs`, another kind of organisation
(`organised`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from application.principals import Held
from tests.deliberated import fix_ranking
from tests.district import DISTRICT, RULES, District, uscc
from tests.drawn import draw_panel

BUDGET = [
    {"line": "activity", "amount_minor": 9_500_000},
    {"line": "management", "amount_minor": 500_000},
]
CONTENT: dict[str, Any] = {
    "summary": "为老人办的活动",
    "budget": BUDGET,
    "requested_minor": 8_000_000,
    "match_minor": 2_000_000,
    "indicators": [{"name": "参加人次", "unit": "person_times", "target": 900}],
    "starts": "2026-04-01",
    "ends": "2026-10-31",
}
"""What a proposal of the path says; the figures are in fen."""

APPROPRIATED = 300_000_000
PAID_IN = 300_000_000
ALLOTTED = [
    {"line": "grants", "amount_minor": 50_000_000},
    {"line": "organiser", "amount_minor": 1_000_000},
]
AWARD = 8_000_000
ACCOUNT = "account:1"


@dataclass
class Path:
    """A district on its way, and the ids of what the path has made so far."""

    district: District
    organisation: str = ""
    fund: str = ""
    round: str = ""
    proposal: str = ""
    rivals: list[str] = field(default_factory=list)
    grant: str = ""
    tranches: list[str] = field(default_factory=list)
    paid: int = 0

    def tell(self, who: str, nouns: str, verb: str, id: str = "", **fields: Any) -> str:
        """Sends a command as somebody; the id of the thing it concerned."""
        return self.district.tell(who, nouns, verb, id, **fields).id

    def pair(self, first: str, second: str, nouns: str, verb: str, id: str = "", **f: Any) -> None:
        """Sends a command that needs two hands."""
        self.district.pair(first, second, nouns, verb, id, **f)


CHECKS = [{"year": 2024, "result": "passed"}]
REGISTERED: dict[str, Any] = {"registered_on": "2019-05-20", "annual_checks": CHECKS}
"""What the register says of the path's organisation."""


def with_organisation(district: District, **known: Any) -> Path:
    """Officers, a registered organisation, its handler and its legal representative."""
    district.officers()
    path = Path(district)
    path.organisation = path.tell(
        "district_officer", "organisations", "import", name="同创社工", uscc=uscc(1),
        place="220102006", leader="person:legal", account=ACCOUNT, **{**REGISTERED, **known},
    )  # fmt: skip
    district.person("applicant", Held("applicant", organisation=path.organisation))
    district.person("legal", Held("legal_representative", organisation=path.organisation))
    return path


def with_fund(
    district: District,
    *,
    reuse: bool = True,
    paid_in: int = PAID_IN,
    organised: Callable[[District], Path] = with_organisation,
) -> Path:
    """An open fund with an appropriation and as much money as was paid in."""
    path = organised(district)
    path.fund = path.tell(
        "fund_manager", "funds", "propose", name="街道创新专项", kind="dedicated", place=DISTRICT,
        year=2026, currency="CNY", purposes=["创投"], reuse=reuse,
    )  # fmt: skip
    path.tell("finance_approver", "funds", "open", path.fund)
    path.pair(
        "fund_manager", "finance_approver", "funds", "record-appropriation", path.fund,
        doc_no="南财〔2026〕1号", amount_minor=APPROPRIATED, year=2026,
    )  # fmt: skip
    path.pair(
        "cashier", "reconciler", "funds", "receive-contribution", path.fund,
        contributor="财政局", source="appropriation", amount_minor=paid_in, purposes=["创投"],
        bank_ref="B1",
    )  # fmt: skip
    return path


def with_budgeted_round(
    district: District, *, rules: dict[str, Any] | None = None, **asked: Any
) -> Path:
    """A planned round that has its budget."""
    path = with_fund(district, **asked)
    path.round = path.tell(
        "round_secretary", "rounds", "plan", no="2026-1", title="第四届公益创投", kind="micro",
        place=DISTRICT, rules=RULES if rules is None else rules,
    )  # fmt: skip
    path.pair(
        "fund_manager", "finance_approver", "rounds", "allot-budget", path.round,
        fund=path.fund, lines=ALLOTTED,
    )  # fmt: skip
    return path


def with_open_round(district: District, **asked: Any) -> Path:
    """A round that takes proposals for ten days."""
    path = with_budgeted_round(district, **asked)
    now = district.system.clock.now()
    path.tell(
        "district_officer", "rounds", "publish-call", path.round, rules_version="1",
        opens=now + timedelta(hours=1), closes=now + timedelta(days=10),
    )  # fmt: skip
    district.wait(hours=2)
    return path


def draft(path: Path, title: str) -> str:
    """A draft of the path's organisation with all that a proposal needs."""
    proposal = path.tell(
        "applicant", "proposals", "draft",
        round=path.round, organisation=path.organisation, title=title,
    )  # fmt: skip
    path.tell("applicant", "proposals", "edit", proposal, **CONTENT)
    return proposal


def submit(path: Path, title: str) -> str:
    """A proposal that is drafted and submitted."""
    proposal = draft(path, title)
    path.pair("applicant", "legal", "proposals", "submit", proposal)
    return proposal


def correct(path: Path, proposal: str) -> None:
    """Gives a proposal that is in intake back, and takes the corrected one in again."""
    defects = [{"part": "summary", "text": "写得太短"}]
    secretary = "round_secretary"
    path.tell(secretary, "proposals", "return-for-correction", proposal, defects=defects)
    path.pair(
        "applicant", "legal", "proposals", "resubmit", proposal, summary="为老人服务，每周两次"
    )
    path.tell(secretary, "proposals", "take-intake", proposal)


def with_submitted_proposal(district: District, *, rivals: int = 0, **asked: Any) -> Path:
    """A proposal that is submitted, and as many rivals."""
    path = with_open_round(district, **asked)
    path.proposal = submit(path, "为老服务")
    path.rivals = [submit(path, f"其他项目{number}") for number in range(1, rivals + 1)]
    return path


def with_checked_proposal(district: District, **asked: Any) -> Path:
    """Proposals that have come through intake and budget check; rivals were corrected once."""
    path = with_submitted_proposal(district, **asked)
    for proposal in (path.proposal, *path.rivals):
        path.tell("round_secretary", "proposals", "take-intake", proposal)
        if proposal != path.proposal:
            correct(path, proposal)
        path.tell("finance_approver", "proposals", "pass-budget-check", proposal)
    return path


def with_review_started(district: District, **asked: Any) -> Path:
    """Intake is closed, a panel of one is drawn, and the round is under review."""
    path = with_checked_proposal(district, **asked)
    district.wait(days=11)
    draw_panel(path.district, path.round, "person:reviewer")
    for proposal in (path.proposal, *path.rivals):
        path.tell("round_secretary", "proposals", "admit", proposal)
    path.tell("round_secretary", "rounds", "start-review", path.round)
    return path


def score(path: Path, review: str) -> None:
    """A review from the invitation to the score that is handed in."""
    due = path.district.today + timedelta(days=3)
    path.tell("round_secretary", "reviews", "invite", review, due=due)
    path.tell("reviewer", "reviews", "accept", review, declaration="无利害关系")
    path.tell("reviewer", "reviews", "start-scoring", review)
    scores = [{"criterion": "need", "points": 90}, {"criterion": "plan", "points": 85}]
    path.tell("reviewer", "reviews", "submit-score", review, scores=scores, comment="可行")


def with_scored_proposal(district: District, **asked: Any) -> Path:
    """All reviews are locked, and the scores worked out."""
    path = with_review_started(district, **asked)
    for review in district.all("reviews"):
        score(path, review)
        path.tell("panel_chair", "reviews", "lock", review)
    district.wait(hours=1)
    return path


def with_award_proposed(district: District, **asked: Any) -> Path:
    """The proposal is to be awarded, its rivals are declined, and the ranking is fixed."""
    path = with_scored_proposal(district, **asked)
    path.pair(
        "panel_chair", "leader", "proposals", "propose-award", path.proposal, amount_minor=AWARD
    )
    for rival in path.rivals:
        path.tell("panel_chair", "proposals", "decline", rival, feedback="名额有限")
    fix_ranking(path)
    return path


def with_notice_published(district: District, **asked: Any) -> Path:
    """The intended award is on public notice, and the money is reserved."""
    path = with_award_proposed(district, **asked)
    path.tell(
        "district_officer", "rounds", "publish-notice", path.round, starts=district.today,
        ends=district.today + timedelta(days=10), contact="0431-88888888",
    )  # fmt: skip
    return path


def with_award_confirmed(district: District, **asked: Any) -> Path:
    """The notice is over and the award confirmed; a grant waits for its agreement."""
    path = with_notice_published(district, **asked)
    district.wait(days=11)
    path.tell("leader", "proposals", "confirm-award", path.proposal)
    path.grant = district.only("grants", proposal=path.proposal)
    return path
