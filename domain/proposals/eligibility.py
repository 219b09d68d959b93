"""Who may ask a round for money: what its rules hold against an organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from domain.errors import Reason, Word
from domain.organisations import Organisation
from domain.organisations import Stage as OrganisationStage
from domain.policies import holds
from domain.rounds.rules import Rules


def never_registered(organisation: Organisation, years: int) -> bool:
    """Whether a round asks for years of registration and the organisation is only filed."""
    return years > 0 and organisation.stage == OrganisationStage.FILED


AGAINST: dict[str, Callable[[Organisation, int], bool]] = {"registered": never_registered}
"""For each rule what shows that an organisation falls under it, and for how many years it counts.

A rule that is not here rests on facts that organisations do not carry yet.
"""


def eligible(organisation: Organisation, rules: Rules) -> Iterable[Reason | None]:
    """What the rules of a round hold against an organisation (S3)."""
    for each in rules.eligibility:
        is_against = AGAINST.get(each.rule)
        yield holds(
            "S3.eligible",
            is_against is None or not is_against(organisation, each.years),
            "By the rule “{code}” of this round “{name}” may not apply.",
            code=Word("choice", each.rule),
            name=organisation.name,
        )
