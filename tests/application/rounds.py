"""What stories of rounds share: the books, several organisations, a round played to an end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from application.principals import Held
from application.questions import Moment
from tests.deliberated import fix_ranking
from tests.district import DISTRICT, RULES, District, uscc
from tests.drawn import draw_panel
from tests.played import AWARD, Path, score, with_budgeted_round, with_scored_proposal

SUBDISTRICT = "220102006"

MANY: dict[str, Any] = {**RULES, "per_organisation_limit": 20}
"""The rules of a round in which one organisation may have many proposals."""

WHOLE = {
    "authority.available": 300_000_000,
    "authority.source": -300_000_000,
    "cash.bank": 300_000_000,
    "cash.income_appropriation": -300_000_000,
}
"""The books of the path's fund when nothing is taken out of it."""


def books(path: Path) -> dict[str, int]:
    """What the fund's accounts hold, debit less credit, where they hold anything."""
    rows = path.district.system.questions.balances(Moment(), fund=path.fund)
    return {row.account: row.balance_minor for row in rows if row.balance_minor}


def hold(**changes: int) -> dict[str, int]:
    """The whole books with other amounts, given in yuan; what is nought is left out."""
    names = {"allotted": "authority", "available": "authority", "reserved": "authority",
             "pledged": "match", "counterpart": "match"}  # fmt: skip
    changed = {f"{names[name]}.{name}": yuan * 100 for name, yuan in changes.items()}
    return {name: minor for name, minor in {**WHOLE, **changed}.items() if minor}


def stands(path: Path, noun: str, id: str) -> Any:
    """A thing as it was last saved."""
    with path.district.system.store.shelf() as shelf:
        return shelf.fetch([f"{noun}:{id}"])[f"{noun}:{id}"]


def stage(path: Path, noun: str, id: str) -> str:
    return str(stands(path, noun, id).stage)


def partner(path: Path, name: str, number: int) -> str:
    """Another organisation with a handler and a legal representative, named after it."""
    organisation = path.tell(
        "district_officer", "organisations", "import", name=name, uscc=uscc(number),
        place="220102006", leader=f"person:{name} legal", account=f"account:{number}",
    )  # fmt: skip
    path.district.person(f"{name} applicant", Held("applicant", organisation=organisation))
    path.district.person(f"{name} legal", Held("legal_representative", organisation=organisation))
    return organisation


def planned(path: Path, no: str, **said: Any) -> str:
    """A round that is planned, of the path's rules unless it says otherwise."""
    plan = {"kind": "micro", "place": DISTRICT, "rules": MANY, "title": no, **said}
    return path.tell("round_secretary", "rounds", "plan", no=no, **plan)


def call(path: Path, round: str) -> None:
    """The round takes proposals for ten days from now."""
    now = path.district.system.clock.now()
    path.tell(
        "district_officer", "rounds", "publish-call", round, rules_version="1",
        opens=now + timedelta(hours=1), closes=now + timedelta(days=10),
    )  # fmt: skip
    path.district.wait(hours=2)
    path.round = round


def judge(path: Path, *proposals: str) -> None:
    """Submitted proposals come through intake, panel and scores."""
    for proposal in proposals:
        path.tell("round_secretary", "proposals", "take-intake", proposal)
        path.tell("finance_approver", "proposals", "pass-budget-check", proposal)
        path.tell("round_secretary", "proposals", "admit", proposal)
    path.district.wait(days=11)
    draw_panel(path.district, path.round, "person:reviewer")
    path.tell("round_secretary", "rounds", "start-review", path.round)
    for review in path.district.all("reviews", round=path.round):
        score(path, review)
        path.tell("panel_chair", "reviews", "lock", review)
    path.district.wait(hours=1)


def give_notice(path: Path, verb: str = "publish-notice", **said: Any) -> None:
    """The awards of the round are published for ten days."""
    contact = {"contact": "0431"} if verb == "publish-notice" else {}
    today = path.district.today
    days = {"starts": today, "ends": today + timedelta(days=10), **contact, **said}
    path.tell("district_officer", "rounds", verb, path.round, **days)


def conclude(path: Path) -> None:
    """The ranking is fixed and the notice runs to its end."""
    fix_ranking(path)
    give_notice(path)
    path.district.wait(days=11)


def with_two_waiting(district: District) -> Path:
    """One proposal is to be awarded; the second rival waits at 1, the first at 2."""
    path = with_scored_proposal(district, rivals=2, rules=MANY)
    path.pair(
        "panel_chair", "leader", "proposals", "propose-award", path.proposal, amount_minor=AWARD
    )
    for waits_at, rival in ((2, path.rivals[0]), (1, path.rivals[1])):
        path.tell("panel_chair", "proposals", "waitlist", rival, waits_at=waits_at)
    fix_ranking(path)
    give_notice(path)
    return path


def with_child(district: District) -> tuple[Path, str, str]:
    """A district's round with its budget, and a round of a subdistrict planned below it."""
    path = with_budgeted_round(district, rules=MANY)
    return path, path.round, planned(path, "2026-1-A", place=SUBDISTRICT, parent=path.round)


def with_budget_to_hand_down(district: District) -> Path:
    """The same, for whoever asks for the path alone."""
    return with_child(district)[0]
