"""The people of the district: invented names, and what each may do."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID, uuid5

DISTRICT = "220102"

NAMESPACE = UUID("6f6b1d0e-5d7e-4d3b-9a63-6c1f2f5b7a10")
"""Under which the people and accounts of the demonstration have their ids."""


def person_id(key: str) -> str:
    """The id of somebody; events name people by it and by nothing else."""
    return f"person:{uuid5(NAMESPACE, f'person {key}')}"


def account_id(organisation: str) -> str:
    """The id of an organisation's bank account."""
    return f"account:{uuid5(NAMESPACE, f'account {organisation}')}"


class Officer(NamedTuple):
    """Somebody who holds roles for a place."""

    key: str
    name: str
    roles: tuple[str, ...]
    place: str = DISTRICT


APPLICANT, LEGAL = "applicant", "legal"
"""The handler and the legal representative of the first organisation: two of the nine."""

SECRETARY, MANAGER, FINANCE = "secretary", "manager", "finance"
CASHIER, RECONCILER, LEADER, OFFICER = "cashier", "reconciler", "leader", "officer"

PRINCIPALS = (
    APPLICANT, LEGAL, SECRETARY, MANAGER, FINANCE, CASHIER, RECONCILER, LEADER, OFFICER,
)  # fmt: skip
"""The nine people through whose hands a grant goes on its way."""

SECOND_SECRETARY, CHAIR, EVALUATOR = "secretary_2", "chair", "evaluator"
OVERSIGHT, AUDITOR, ADMINISTRATOR = "oversight", "auditor", "administrator"
SUBDISTRICT, COMMUNITY, DEPARTMENT = "subdistrict", "community", "department"
SECOND_COMMUNITY = "community_2"
RESIDENT, AGENT = "resident", "agent"
"""A resident of the district, and who keeps the money of filed organisations for its agent."""

REVIEWERS = tuple(f"reviewer_{number}" for number in range(1, 10))

OFFICERS = (
    #       key               name      roles
    Officer(SECRETARY,        "周立新", ("round_secretary",)),
    Officer(MANAGER,          "陈思远", ("fund_manager",)),
    Officer(FINANCE,          "吴静",   ("finance_approver",)),
    Officer(CASHIER,          "郑海燕", ("cashier",)),
    Officer(RECONCILER,       "王建国", ("reconciler",)),
    Officer(LEADER,           "刘振华", ("leader",)),
    Officer(OFFICER,          "赵敏",   ("district_officer",)),
    Officer(SECOND_SECRETARY, "董洁",   ("round_secretary",)),
    Officer(CHAIR,            "林国栋", ("panel_chair",)),
    Officer("reviewer_1",     "李雪松", ("reviewer",)),
    Officer("reviewer_2",     "张丽华", ("reviewer",)),
    Officer("reviewer_3",     "马文博", ("reviewer",)),
    Officer("reviewer_4",     "高雅琴", ("reviewer",)),
    Officer("reviewer_5",     "宋志强", ("reviewer",)),
    Officer("reviewer_6",     "孟庆华", ("reviewer",)),
    Officer("reviewer_7",     "白雪梅", ("reviewer",)),
    Officer("reviewer_8",     "石广文", ("reviewer",)),
    Officer("reviewer_9",     "温丽君", ("reviewer",)),
    Officer(EVALUATOR,        "徐慧",   ("evaluator",)),
    Officer(OVERSIGHT,        "韩冰",   ("oversight_officer",)),
    Officer(AUDITOR,          "唐明",   ("auditor",)),
    Officer("manager_2",      "裴秀兰", ("observer",)),
    Officer(SUBDISTRICT,      "方晓东", ("subdistrict_officer",), "220102006"),
    Officer("subdistrict_ty", "梁春雨", ("subdistrict_officer",), "220102007"),
    Officer(COMMUNITY,        "金英子", ("community_officer",)),
    Officer(SECOND_COMMUNITY, "朴英爱", ("community_officer",), "220102006001"),
    Officer(DEPARTMENT,       "崔明哲", ("department_officer",)),
    Officer(RESIDENT,         "于大海", ("resident",)),
    Officer(ADMINISTRATOR,    "罗伟",   ("administrator",)),
)  # fmt: skip
