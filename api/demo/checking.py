"""What is known of organisations: annual checks, grades, health checks, inspections, lists."""

from __future__ import annotations

from api.demo.agenda import Story
from api.demo.days import at
from api.demo.district import District
from api.demo.organisations import ORGANISATIONS, handler_of, leader_of
from api.demo.people import COMMUNITY, EVALUATOR, OFFICER, SUBDISTRICT, person_id
from api.demo.places import MINKANG, NANLING
from api.demo.rounds import day
from application.organisations import PlaceOnList, RemoveFromList
from application.organisations_checked import (
    ConcludeAnnualCheck,
    EndIncubation,
    GradeOrganisation,
    LowerGrade,
    RecordHealthCheck,
    RecordInspection,
    StartIncubation,
    SubmitAnnualCheck,
)
from domain.organisations.check_events import (
    CheckResult,
    DimensionScore,
    Grade,
    InspectionFault,
)
from domain.organisations.health import WEIGHTING, WEIGHTS

LAST_YEAR = 2025
LATE, WAITING = "jianbu", "yishi"
"""Who handed the annual check in after its day, and whose waits for its result."""

RESULTS: dict[str, CheckResult] = {"lvlin": "basically_passed", LATE: "basically_passed"}
OVERDUE = f"{NANLING}r05"
"""Who handed nothing in."""

GRADES: dict[str, Grade] = {"nuanyang": "5A", "leling": "4A", "qihui": "3A", "shuxiang": "3A"}
POINTS = {"nuanyang": 88, "qinghe": 76, "helin": 81, "xiyang": 64}
"""How many points of a hundred the health checks gave in each dimension, less a few."""


def annual_checks(district: District) -> Story:
    """The annual checks of last year are handed in during spring and concluded in summer."""
    handed = [body.key for body in ORGANISATIONS if body.key != LATE]
    for number, key in enumerate(handed):
        yield at(day(4, 1 + 2 * number), 10)
        submitted = SubmitAnnualCheck(year=LAST_YEAR)
        district.tell(leader_of(key), submitted, district.organisations[key])
    yield at(day(6, 9), 10)
    district.tell(leader_of(LATE), SubmitAnnualCheck(year=LAST_YEAR), district.organisations[LATE])
    for number, key in enumerate((*handed, LATE)):
        if key == WAITING:
            continue
        yield at(day(6, 15 + number), 14)
        result = RESULTS.get(key, "passed")
        concluded = ConcludeAnnualCheck(year=LAST_YEAR, result=result)
        district.tell(OFFICER, concluded, district.organisations[key])
    yield at(day(7, 15), 10)
    failed = ConcludeAnnualCheck(year=LAST_YEAR, result="failed")
    district.tell(OFFICER, failed, district.organisations[OVERDUE])
    basis = "未按规定报送2025年度工作报告"
    listed = PlaceOnList(list="abnormal", basis=basis)
    district.tell(OFFICER, listed, district.organisations[OVERDUE])


def grades(district: District) -> Story:
    """Four organisations are graded; one of them is lowered again."""
    yield at(day(8, 18), 10)
    for key, grade in GRADES.items():
        district.tell(OFFICER, GradeOrganisation(grade=grade), district.organisations[key])
    yield at(day(10, 20), 10)
    lowered = LowerGrade(grade="2A", cause="评估后内部治理材料不再符合3A等级要求。")
    district.tell(OFFICER, lowered, district.organisations["shuxiang"])


def health_checks(district: District) -> Story:
    """The evaluator and a community officer look into what organisations can do."""
    for number, (key, points) in enumerate(POINTS.items()):
        yield at(day(9, 3 + number), 10)
        scores = tuple(
            DimensionScore(dimension=dimension, points=points - 3 * place)
            for place, dimension in enumerate(WEIGHTS[WEIGHTING])
        )
        who = COMMUNITY if key == "xiyang" else EVALUATOR
        district.tell(who, RecordHealthCheck(scores=scores), district.organisations[key])


def inspections(district: District) -> Story:
    """The street inspects an organisation and finds a fault; another one is found in order."""
    inspectors = (person_id(SUBDISTRICT), person_id(COMMUNITY))
    for number, (key, faults) in enumerate(
        (
            ("helin", ()),
            (
                "nuanyang",
                (
                    InspectionFault(
                        severity="minor",
                        owner=person_id(handler_of("nuanyang")),
                        statement="活动室消防器材未按月检查登记。",
                    ),
                ),
            ),
        )
    ):
        yield at(day(10, 14 + number), 15)
        inspection = RecordInspection(
            kind="routine_inspection",
            result="faults_found" if faults else "in_order",
            inspected_on=day(10, 14 + number),
            inspectors=inspectors,
            faults=faults,
        )
        district.tell(SUBDISTRICT, inspection, district.organisations[key])


def incubation(district: District) -> Story:
    """Two filed groups are looked after by the federation; one of them stands on its own now."""
    yield at(day(3, 20), 10)
    for key in ("xiyang", "linli"):
        started = StartIncubation(
            incubator=district.organisations["lianhe"],
            incubated_until=day(12, 31),
            goals="完善章程与财务制度，独立开展社区服务。",
        )
        district.tell(OFFICER, started, district.organisations[key])
    yield at(day(10, 9), 10)
    ended = EndIncubation(outcome="graduated", reason="制度健全，已能独立开展服务。")
    district.tell(OFFICER, ended, district.organisations["linli"])


def lists(district: District) -> Story:
    """Two organisations that cannot be reached are listed; one of them comes back."""
    yield at(day(5, 12), 10)
    basis = "通过登记的住所无法联系"
    for number in (2, 3):
        listed = PlaceOnList(list="abnormal", basis=basis)
        district.tell(OFFICER, listed, district.organisations[f"{MINKANG}r{number:02d}"])
    yield at(day(8, 25), 10)
    removed = RemoveFromList(list="abnormal", reason="已变更住所登记并恢复联系。")
    district.tell(OFFICER, removed, district.organisations[f"{MINKANG}r03"])


STORIES = (annual_checks, grades, health_checks, inspections, incubation, lists)
