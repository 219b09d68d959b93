"""What may be told to grants, and what one has to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from application.told import NoFields
from domain.grants.costs import Spent
from domain.proposals.content import Indicator
from domain.values import Count, Id, Minor, Name, Percent, PositiveMinor, Text

ScoreMilli = Annotated[int, Ge(0), Le(100_000)]
CostNo = Annotated[int, Ge(1), Le(10_000)]
Sentences = Annotated[tuple[Text, ...], MaxLen(50)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignAgreement:
    """Signs the agreement: document, account, period, and the day of the mid-term."""

    document: Id
    account: Id
    starts: date
    ends: date
    midterm: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivateGrant(NoFields):
    """Commits the money of a signed grant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProgress:
    """Reports what was done and spent in a period."""

    period: Name
    indicators: Annotated[tuple[Indicator, ...], MaxLen(60)] = ()
    sessions: Count = 0
    cost_lines: Annotated[tuple[Spent, ...], MaxLen(100)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptCosts:
    """Accepts reported costs, by their numbers."""

    lines: Annotated[tuple[CostNo, ...], MinLen(1), MaxLen(100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCost:
    """Questions a cost, and says for what cause, or which finding of an auditor."""

    cost: CostNo
    cause: Text
    finding: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowCost:
    """Lets a questioned cost stand, after the grantee's reply."""

    cost: CostNo
    reply: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DisallowCost:
    """Rejects a questioned cost, after the grantee's reply."""

    cost: CostNo
    reply: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMidterm(NoFields):
    """Asks for the mid-term report, on its day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitMidterm:
    """Hands in the mid-term report."""

    report: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMidterm:
    """Passes the mid-term, with a score in thousandths of a point."""

    score_milli: ScoreMilli
    findings: Sentences = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPeriod(NoFields):
    """Marks that the period of the grant is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitFinal:
    """Hands in the final report: results, what was reached, what is left over."""

    results: Text
    indicators: Annotated[tuple[Indicator, ...], MaxLen(60)] = ()
    surplus_minor: Minor = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFinal:
    """Gives the final report back with what is missing, and by when."""

    defects: Annotated[tuple[Text, ...], MinLen(1), MaxLen(50)]
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluateFinal:
    """Evaluates the project: score in thousandths, residents' satisfaction and how many asked."""

    score_milli: ScoreMilli
    satisfaction_percent: Percent
    sample: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAudit:
    """Files the auditor's report."""

    document: Id
    opinion: Literal["unqualified", "qualified", "adverse", "disclaimer"]
    findings: Sentences = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveAudit:
    """Does without an audit, where the grant is below the round's threshold."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleGrant(NoFields):
    """Settles the account: what was not spent becomes due back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseGrant(NoFields):
    """Closes a settled grant that owes and is owed nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRefund:
    """Records money that the bank shows as come back from the grantee."""

    amount_minor: PositiveMinor
    bank_ref: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelGrant:
    """Ends a grant before it is activated."""

    cause: Text
