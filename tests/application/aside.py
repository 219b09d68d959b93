"""What the tests of overrides share: a rule that refuses, and how it is set aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from infrastructure.verify import verify
from tests.application.refusing import refused, rules
from tests.played import Path
from tests.played_to_end import found


def set_aside(path: Path, rule: str, subject: str) -> str:
    """A leader and an oversight officer set the rule aside."""
    path.pair(
        "leader", "oversight_officer", "overrides", "use", rule=rule, subject=subject,
        reason="特殊情况",
    )  # fmt: skip
    return path.district.only("overrides", subject=subject, rule=rule, stage="ready")


def is_clean(path: Path) -> None:
    assert verify(path.district.system.store).faults == ()


@dataclass
class Told:
    """A command that a rule refuses: sent twice, it passes once where the rule is set aside."""

    path: Path
    rule: str
    who: str
    nouns: str
    verb: str
    id: str
    fields: dict[str, Any]

    @property
    def subject(self) -> str:
        return f"{self.nouns.removesuffix('s')}:{self.id}"

    def is_refused(self) -> None:
        refusal = refused(
            self.path.district, self.who, self.nouns, self.verb, self.id, **self.fields
        )
        assert rules(refusal) == [self.rule]

    def passes_once(self) -> None:
        """Refused; set aside; done, by which the override is spent."""
        self.is_refused()
        override = set_aside(self.path, self.rule, self.subject)
        answer = self.path.district.tell(self.who, self.nouns, self.verb, self.id, **self.fields)
        if answer.prepared:
            assert found(self.path, f"override:{override}").stage == "ready"
            second = "legal" if self.who == "applicant" else "finance_approver"
            self.path.tell(second, "approvals", "approve", answer.id)
        assert found(self.path, f"override:{override}").stage == "spent"


def with_questioned_cost(path: Path, voucher: str) -> None:
    """A cost that is reported and questioned."""
    spent = {"line": "activity", "voucher": voucher, "description": "x", "amount_minor": 100}
    path.tell(
        "applicant", "grants", "report-progress", path.grant, period="2026Q2", sessions=1,
        cost_lines=[spent],
    )  # fmt: skip
    cost = len(found(path, f"grant:{path.grant}").costs)
    path.tell("evaluator", "grants", "question-cost", path.grant, cost=cost, cause="无票")
