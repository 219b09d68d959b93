"""Eligibility: whether an organisation may ask for money, by its standing and a round's rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.calendar import years_after
from domain.eligibility_on_record import on_record
from domain.errors import Reason, Word
from domain.organisations import Organisation
from domain.organisations.events import Listing
from domain.policies import holds
from domain.rounds.round import Round


def may_apply(
    rule: str, organisation: Organisation, round: Round, day: date
) -> Iterable[Reason | None]:
    """Every rule that keeps the organisation out, each with its source (S1, S3, G2).

    `rule` is the row that asks; `day` is the day on which it asks.
    """
    yield holds(
        f"{rule}.live",
        organisation.is_live,
        "The organisation “{name}” is not in good standing.",
        name=organisation.name,
    )
    yield holds(
        f"{rule}.agent",
        not is_only_filed(organisation) or bool(organisation.fiscal_agent),
        "A filed organisation needs a fiscal agent that receives the money for it.",
    )
    yield from on_no_list(rule, organisation)
    yield from looking_back(rule, organisation, round, day)
    yield from on_record(rule, organisation, round, day)


def is_only_filed(organisation: Organisation) -> bool:
    """Whether the organisation may act and is no legal person, whatever it asks for meanwhile."""
    return organisation.is_live and not organisation.is_legal_person


def on_no_list(rule: str, organisation: Organisation) -> Iterable[Reason]:
    """A reason for each entry on a list that has not ended."""
    for entry in organisation.listed:
        yield Reason(
            f"{rule}.{entry.list}",
            "The organisation “{name}” is on the list “{list}” since {since}, by {basis}.",
            {
                "name": organisation.name,
                "list": Word("choice", entry.list),
                "since": entry.since,
                "basis": entry.basis,
            },
        )


def looking_back(
    rule: str, organisation: Organisation, round: Round, day: date
) -> Iterable[Reason]:
    """A reason for each entry that ended too short a time ago for the rules of the round."""
    years = {asked.rule: asked.years for asked in round.asks.eligibility}
    for entry in organisation.listings:
        free = free_again(entry, years.get(entry.list, 0))
        if free is not None and day < free:
            yield Reason(
                f"{rule}.{entry.list}",
                "The organisation “{name}” was on the list “{list}” until {ended}, by {basis}; "
                "this round asks for {years} years since then.",
                {
                    "name": organisation.name,
                    "list": Word("choice", entry.list),
                    "ended": entry.ended,
                    "basis": entry.basis,
                    "years": years[entry.list],
                },
            )


def free_again(entry: Listing, years: int) -> date | None:
    """The day from which an ended entry counts no more; None for one that has not ended."""
    return None if entry.ended is None else years_after(entry.ended, years)
