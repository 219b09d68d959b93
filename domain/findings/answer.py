"""What the owner of a finding does: answers, and puts right."""

from __future__ import annotations

from domain.documents import Document
from domain.errors import Reason, check
from domain.findings import finding as e
from domain.findings.finding import Finding
from domain.kernel import Mandate
from domain.policies import holds


def is_owner(rule: str, finding: Finding, by: Mandate) -> Reason | None:
    """Only who answers for it may speak to it."""
    return holds(
        rule,
        by.person == finding.owner,
        "Only the person who answers for this finding may do this.",
    )


def respond(finding: Finding, *, reply: str, by: Mandate) -> None:
    """Answers the finding (D3)."""
    stage = finding.after("respond")
    check(is_owner("D3.owner", finding, by))
    finding.record(e.Responded(stage=stage, reply=reply), by)


def may_rectify(finding: Finding, by: Mandate) -> None:
    """Refuses whoever does not answer for it, whatever they would show (D5)."""
    finding.after("rectify")
    check(is_owner("D5.owner", finding, by))


def rectify(finding: Finding, *, measures: str, evidence: Document, by: Mandate) -> None:
    """Says what was done, and shows it by a document (D5)."""
    may_rectify(finding, by)
    stage = finding.after("rectify")
    check(
        holds(
            "D5.evidence",
            evidence.subject in (finding.stream, finding.subject),
            "The evidence is a document of this finding, or of the thing that it is about.",
            field="/document",
        ),
    )
    finding.record(e.Rectified(stage=stage, measures=measures, document=evidence.id), by)
