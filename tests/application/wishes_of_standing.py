"""What somebody would type to check, grade, examine or inspect an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from domain.organisations.check_events import Dimension
from tests.application.near import Fields, Wish, in_days

if TYPE_CHECKING:
    from tests.application.walk import Walk

GRADES = ("1A", "2A", "3A", "4A", "5A")


def submission(walk: Walk, thing: Any) -> Fields:
    return {"year": walk.district.today.year - walk.random.choice([0, 1, 1, 1, 2])}


def conclusion(walk: Walk, organisation: Any) -> Fields:
    waiting = [each.year for each in getattr(organisation, "annual_checks", ()) if not each.result]
    overdue = walk.district.today.year - 2
    result = walk.random.choice(["passed", "basically_passed"])
    return {"year": waiting[0], "result": result} if waiting else missed(overdue)


def missed(year: int) -> Fields:
    return {"year": year, "result": "failed"}


def grade(walk: Walk, thing: Any) -> Fields:
    return {"grade": walk.random.choice(GRADES)}


def lower(walk: Walk, thing: Any) -> Fields:
    return {"grade": walk.random.choice(["none", *GRADES[:-1]]), "cause": "治理不规范"}


def health(walk: Walk, thing: Any) -> Fields:
    named = get_args(Dimension)[: walk.random.choice([5, 6, 6, 6])]
    scores = [{"dimension": name, "points": walk.random.choice([0, 60, 100])} for name in named]
    return {"scores": scores}


def inspection(walk: Walk, thing: Any) -> Fields:
    owner = walk.random.choice(["person:applicant", "person:legal", "person:fund_manager"])
    due = walk.random.choice([None, in_days(walk, 5)])
    fault = {"statement": "账目不清", "severity": "serious", "owner": owner, "due": due}
    faults = walk.random.choice([[], [fault], [fault, fault]])
    return {
        "kind": "routine_inspection",
        "result": "faults_found" if faults else "in_order",
        "inspected_on": in_days(walk, -walk.random.choice([0, 0, 3])),
        "inspectors": ["person:first inspector", "person:second inspector"],
        "faults": faults,
    }


def incubation(walk: Walk, organisation: Any) -> Fields | None:
    others = [one for one in walk.things("organisation") if one.id != organisation.id]
    if not others:
        return None
    until = in_days(walk, walk.random.choice([3, 300]))
    return {"incubator": others[0].id, "incubated_until": until, "goals": "建章立制"}


def end(walk: Walk, thing: Any) -> Fields:
    return {"outcome": walk.random.choice(["graduated", "stopped"]), "reason": "已结束"}


OF_STANDING: dict[tuple[str, str], Wish] = {
    ("organisation", "submit-annual-check"): submission,
    ("organisation", "conclude-annual-check"): conclusion,
    ("organisation", "grade"): grade,
    ("organisation", "lower-grade"): lower,
    ("organisation", "record-health-check"): health,
    ("organisation", "record-inspection"): inspection,
    ("organisation", "start-incubation"): incubation,
    ("organisation", "end-incubation"): end,
}
