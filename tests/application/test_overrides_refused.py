"""Overrides: what is never set aside, whose hands it takes, and what follows from it."""

from __future__ import annotations

import re
from pathlib import Path as Folder
from typing import Any

from application.asides import Asides
from application.principals import Held
from application.questions import Moment
from domain.overrides import MAY_BE_SET_ASIDE, Override
from tests.application.aside import Told, is_clean, set_aside, with_questioned_cost
from tests.application.refusing import refused, rules
from tests.district import DISTRICT, District
from tests.played import draft, with_submitted_proposal
from tests.played_to_end import found, with_grant_active


def test_an_override_is_spent_by_the_command_that_needed_it_and_by_no_other(
    district: District,
) -> None:
    path = with_grant_active(district)
    (tranche,) = district.all("tranches", stage="eligible")
    override = set_aside(path, "T2.questioned", f"tranche:{tranche}")
    path.tell("applicant", "tranches", "request", tranche, account="account:1", invoice_no="1")
    assert found(path, f"override:{override}").stage == "ready"

    path.tell("applicant", "tranches", "return-request", tranche, reason="重填")
    with_questioned_cost(path, "V1")
    path.tell("applicant", "tranches", "request", tranche, account="account:1", invoice_no="2")
    lines = district.system.questions.timeline(f"override:{override}", Moment())
    requested = found(path, f"tranche:{tranche}").version
    assert f'"causation":"tranche:{tranche}@{requested}"'.encode() in lines[-1][1]


def test_an_override_of_one_thing_does_nothing_for_another(district: District) -> None:
    path = with_submitted_proposal(district, rivals=1)
    third, fourth = draft(path, "第三个"), draft(path, "第四个")
    set_aside(path, "S3.limit", f"proposal:{third}")
    set_aside(path, "S5.maximum", f"proposal:{fourth}")
    Told(path, "S3.limit", "applicant", "proposals", "submit", fourth, {}).is_refused()


GUARD = re.compile(r'"([A-Z][0-9]+[a-z]?\.[a-z_]+)"')


def guards() -> set[str]:
    """Every guard that the domain names in its sources."""
    files = (Folder(__file__).parents[2] / "domain").rglob("*.py")
    return {rule for file in files for rule in GUARD.findall(file.read_text())}


def test_no_other_rule_is_ever_set_aside(district: District) -> None:
    path = with_submitted_proposal(district)
    never = guards() - set(MAY_BE_SET_ASIDE)
    assert {"S21.period", "T4.hands", "W2.preparer", "S4.interest", "T4.cash"} <= never
    for rule in (*sorted(never), "invariant.award", "S6.who", "pair.hands", ""):
        refusal = refused(
            district, "leader", "overrides", "use", rule=rule or "?", reason="x",
            subject=f"proposal:{path.proposal}",
        )  # fmt: skip
        assert rules(refusal) == ["U1.rule"], rule


def test_a_rule_is_set_aside_for_a_thing_that_it_guards_and_that_has_not_ended(
    district: District,
) -> None:
    path = with_submitted_proposal(district)

    def of(**said: str) -> list[str]:
        return rules(refused(district, "leader", "overrides", "use", reason="x", **said))

    proposal = f"proposal:{path.proposal}"
    assert of(rule="G15.due", subject=proposal) == ["U1.subject"]
    assert of(rule="S6.due", subject="what") == ["U1.subject"]
    assert of(rule="S6.due", subject="proposal:none") == ["found"]
    set_aside(path, "S6.due", proposal)
    assert of(rule="S6.due", subject=proposal) == ["U1.once"]
    path.tell("legal", "proposals", "withdraw", path.proposal, reason="不报了")
    assert of(rule="S5.maximum", subject=proposal) == ["U1.final"]


def test_one_hand_sets_nothing_aside(district: District) -> None:
    path = with_submitted_proposal(district)
    both = [Held("leader", DISTRICT), Held("oversight_officer", DISTRICT)]
    district.person("both", *both)
    said: dict[str, Any] = {"rule": "S6.due", "subject": f"proposal:{path.proposal}", "reason": "x"}
    assert rules(refused(district, "oversight_officer", "overrides", "use", **said)) == ["U1.who"]
    for first in ("both", "leader"):
        waiting = district.tell(first, "overrides", "use", **said)
        assert waiting.prepared
        assert "W2" in rules(refused(district, first, "approvals", "approve", waiting.id))[0]
    assert district.all("overrides") == []


def test_an_override_raises_a_finding_that_others_must_settle(district: District) -> None:
    path = with_submitted_proposal(district)
    override = set_aside(path, "S6.due", f"proposal:{path.proposal}")
    finding = found(path, f"finding:{district.only('findings')}")
    assert (finding.stage, finding.owner) == ("raised", "person:leader")
    assert (finding.subject, finding.refs) == (
        f"proposal:{path.proposal}", (f"override:{override}",),
    )  # fmt: skip
    assert finding.statement == "特殊情况"
    path.tell("leader", "findings", "respond", finding.id, reply="见会议纪要")
    refusal = refused(district, "oversight_officer", "findings", "verify", finding.id)
    assert rules(refusal) == ["D6.owner"]
    path.tell("auditor", "findings", "verify", finding.id)
    is_clean(path)


class Forged:
    """A docket on which an override of any rule whatever is found."""

    def find(self, kind: type[Any], **where: str) -> tuple[Override, ...]:
        return (Override(id="1", rule=where["rule"], stage="ready"),)


def test_an_override_of_another_rule_would_do_nothing_even_if_it_were_there() -> None:
    asides = Asides(Forged())  # type: ignore[arg-type]
    assert asides("tranche:1", "T4.questioned")
    for rule in sorted(guards() - set(MAY_BE_SET_ASIDE)):
        assert not asides("tranche:1", rule)
