"""Where proposals stand, and what is judged about them, when it is asked who may go on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from application.principals import Held
from tests.application.test_appeals import file as file_appeal
from tests.application.test_appeals import with_rejected_proposal
from tests.application.test_objections import file as file_objection
from tests.district import DISTRICT, District
from tests.drawn import draw_panel
from tests.played import (
    Path,
    with_notice_published,
    with_review_started,
    with_submitted_proposal,
)
from tests.played_to_end import with_grant_active


def submitted(district: District) -> Path:
    return with_submitted_proposal(district)


def noticed(district: District) -> Path:
    """The award is on notice, and a neighbour objects."""
    path = with_notice_published(district)
    file_objection(path)
    return path


def handled(district: District) -> Path:
    """An overseer has taken the objection up."""
    path = noticed(district)
    path.tell("oversight_officer", "objections", "accept", district.only("objections"))
    return path


def notice_over(district: District) -> Path:
    path = with_notice_published(district)
    district.wait(days=11)
    return path


def appealed(district: District) -> Path:
    path = with_rejected_proposal(district)
    file_appeal(path, "S8")
    return path


def invited(district: District) -> Path:
    path = with_review_started(district)
    invite(path)
    return path


def invite(path: Path) -> None:
    due = path.district.today + timedelta(days=3)
    path.tell("round_secretary", "reviews", "invite", path.district.only("reviews"), due=due)


def drawn_from(
    district: District, who: str, first: Callable[[Path], None] = lambda path: None
) -> Path:
    """The one reviewer of the round is somebody who has another part in the matter."""
    path = with_submitted_proposal(district)
    first(path)
    path.tell("second_secretary", "proposals", "take-intake", path.proposal)
    path.tell("finance_approver", "proposals", "pass-budget-check", path.proposal)
    district.wait(days=11)
    draw_panel(district, path.round, who)
    path.tell("second_secretary", "proposals", "admit", path.proposal)
    invite(path)
    return path


def checker_drawn(district: District) -> Path:
    return drawn_from(district, "person:second_secretary")


def member_drawn(district: District) -> Path:
    """The one reviewer belongs to the organisation whose proposal it is."""

    def joins(path: Path) -> None:
        mine = Held("applicant", organisation=path.organisation)
        district.person("insider", Held("reviewer", DISTRICT), mine)

    return drawn_from(district, "person:insider", joins)


def midterm_in(district: District) -> Path:
    path = with_grant_active(district)
    district.wait(days=115)
    path.tell("applicant", "grants", "submit-midterm", path.grant, report="中期")
    return path


def final_in(district: District) -> Path:
    path = midterm_in(district)
    path.tell("evaluator", "grants", "record-midterm", path.grant, score_milli=90_000)
    district.wait(days=120)
    path.tell("legal", "grants", "submit-final", path.grant, results="完成")
    return path


def exempted(district: District) -> Path:
    """A leader asks to set a rule aside."""
    path = with_submitted_proposal(district)
    said = {"rule": "S6.due", "subject": f"proposal:{path.proposal}", "reason": "特殊情况"}
    path.tell("leader", "overrides", "use", **said)
    return path
