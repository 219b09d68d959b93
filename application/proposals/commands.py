"""What may be told to proposals, and what one has to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from application.told import NoFields
from domain.proposals.content import BudgetLine, Defect, Indicator
from domain.values import Id, Minor, Name, PositiveMinor, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftProposal:
    """Begins a proposal to an open round."""

    round: Id
    organisation: Id
    title: Name
    partners: Annotated[tuple[Id, ...], MaxLen(10)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Parts of a proposal's content; a part that is left out stays as it is."""

    title: Name | None = None
    summary: Text | None = None
    budget: Annotated[tuple[BudgetLine, ...], MaxLen(60)] | None = None
    requested_minor: Minor | None = None
    match_minor: Minor | None = None
    indicators: Annotated[tuple[Indicator, ...], MaxLen(60)] | None = None
    theme: Name | None = None
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditProposal(Changes):
    """Changes parts of a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitProposal(NoFields):
    """Hands the proposal to the round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentToProposal(NoFields):
    """Consents as a partner to a joint proposal, as it stands now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackProposal(NoFields):
    """Takes a submitted proposal back, as long as nobody has begun to check it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIntake(NoFields):
    """Begins the intake check of a proposal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnForCorrection:
    """Gives the proposal back with a list of what to put right; the clock starts."""

    defects: Annotated[tuple[Defect, ...], MinLen(1), MaxLen(30)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResubmitProposal(Changes):
    """Hands the corrected proposal back; only the listed parts may change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseProposal(NoFields):
    """Ends a proposal whose correction did not come in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectIntake:
    """Finds the proposal ineligible by a rule of the round."""

    rule: Name
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PassBudgetCheck:
    """Accepts the budget, with lines lowered where they are too high."""

    adjusted_lines: Annotated[tuple[BudgetLine, ...], MaxLen(60)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitProposal(NoFields):
    """Sends the proposal to the panel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordScore(NoFields):
    """Works the score out, once all reviews of the proposal are locked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskOptimisation:
    """Gives a scored proposal back with points to improve by a day, for no more money."""

    improvements: Annotated[tuple[Text, ...], MinLen(1), MaxLen(30)]
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitOptimised(Changes):
    """Hands the improved content in, for the amount that was checked or less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseOptimisation(NoFields):
    """Goes on with the content as it was, when the improved one did not come in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeAward:
    """Puts the proposal up for an award of an amount."""

    amount_minor: PositiveMinor
    conditions: Annotated[tuple[Text, ...], MaxLen(20)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineProposal:
    """Does not select the proposal, and says why."""

    feedback: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeAward:
    """Takes an intended award back, once an objection to it has been upheld."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitlistProposal:
    """Gives the proposal a place on the waiting list, where 1 is the first."""

    waits_at: Annotated[int, Ge(1), Le(1_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoteProposal(NoFields):
    """Puts the first of the waiting list up for its full amount, where the round has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireWait(NoFields):
    """Ends the wait of a proposal whose place on the waiting list has run out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmAward(NoFields):
    """Awards the grant, once the notice is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawProposal:
    """Withdraws the proposal for good."""

    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireDraft(NoFields):
    """Ends a draft that was not submitted before intake closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisqualifyProposal:
    """Shuts the proposal out, on what ground, and what its applicant said when it was heard."""

    basis: Literal["false_material", "official_list", "double_funding"]
    heard_on: date
    hearing: Text
    reason: Text
