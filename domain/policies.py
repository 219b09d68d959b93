"""Rules that several nouns share; each gives a reason, or None where it has nothing against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.errors import Reason, Word, check
from domain.kernel import Aggregate, Mandate
from domain.money import written


def other_hands(rule: str, by: Mandate, others: Iterable[str]) -> Reason | None:
    """The people who act now are none of those who took an earlier part."""
    if by.hands.isdisjoint(set(others) - {""}):
        return None
    return Reason(rule, "Another person must do this: you took an earlier part in the same matter.")


def no_interest(rule: str, by: Mandate, *organisations: str) -> Reason | None:
    """The person who decides belongs to none of the organisations concerned."""
    if by.interests.isdisjoint(organisations):
        return None
    return Reason(rule, "You belong to this organisation, so somebody else must decide.")


def at_most(
    rule: str, minor: int, most: int, currency: str, *, of: str, field: str | None = None
) -> Reason | None:
    """An amount does not exceed what there is of something."""
    if minor <= most:
        return None
    return Reason(
        rule,
        "{amount} {currency} is more than the {limit} {currency} of “{of}”.",
        {
            "amount": written(minor, currency),
            "limit": written(most, currency),
            "currency": currency,
            "of": Word("limit", of),
        },
        field,
    )


def in_stage(rule: str, thing: Aggregate, *stages: str) -> Reason | None:
    """Another thing stands in one of the stages that this step asks for."""
    if thing.stage in stages:
        return None
    return Reason(
        rule,
        "The {noun} concerned is in stage “{stage}”, which does not allow this.",
        {"noun": Word("noun", thing.noun), "stage": Word("stage", thing.stage)},
    )


def holds(
    rule: str, truth: bool, text: str, *, field: str | None = None, **values: object
) -> Reason | None:
    """The sentence as a reason unless the condition is true."""
    return None if truth else Reason(rule, text, values, field)


def unless_set_aside(
    thing: Aggregate, by: Mandate, reasons: Iterable[Reason | None]
) -> Iterator[Reason]:
    """The reasons whose rule no override sets aside for the thing.

    Overrides are asked for only where a rule speaks against the step, and are used up by that.
    """
    for reason in reasons:
        if reason is not None and not by.set_aside(thing.stream, reason.rule):
            yield reason


def check_unless_set_aside(thing: Aggregate, by: Mandate, *reasons: Reason | None) -> None:
    """Raises one refusal with every reason whose rule no override sets aside for the thing."""
    check(*unless_set_aside(thing, by, reasons))
