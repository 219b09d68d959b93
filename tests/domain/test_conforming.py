"""Judging a case: every way that a lifecycle allows conforms; the first other step departs."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.kinds import KINDS
from domain.conforming import Judged, Meaning, Measure, Occurrence, Which, judge
from domain.lifecycle import Lifecycle
from domain.rounding import minor_units
from domain.tranches.lifecycle import lifecycle as tranches

MEASURE = Measure(tranches, "eligible", frozenset({"check", "return-request"}))


def case(*verbs: str) -> list[Occurrence]:
    return [
        Occurrence(number, number, verb, Meaning((verb,)))
        for number, verb in enumerate(verbs, start=1)
    ]


def judged(*verbs: str, measure: Measure = MEASURE) -> Judged:
    return judge(measure, case(*verbs))


@st.composite
def walks(draw: st.DrawFn) -> tuple[Lifecycle, list[str], str]:
    """A way through a lifecycle from its beginning, by its table alone, and where it ends."""
    lifecycle = draw(st.sampled_from([kind.lifecycle for kind in KINDS.values()]))
    begins = [step for step in lifecycle.steps if not step.sources]
    step = draw(st.sampled_from(begins))
    verbs, stage = [step.verb], str(step.target)
    for _ in range(draw(st.integers(0, 12))):
        ahead = [
            each
            for each in lifecycle.steps
            if stage in each.sources and len(each.targets(each.sources[0])) == 1
        ]
        if not ahead:
            break
        step = draw(st.sampled_from(ahead))
        verbs.append(step.verb)
        stage = lifecycle.after(stage, step.verb)
    return lifecycle, verbs, stage


@given(walks())
def test_every_way_through_the_table_conforms(walk: tuple[Lifecycle, list[str], str]) -> None:
    lifecycle, verbs, stage = walk
    measure = Measure(lifecycle, "")
    assert judged(*verbs, measure=measure) == Judged({"": stage})


@given(st.lists(st.sampled_from(list(tranches.verbs)), max_size=8))
def test_a_departure_is_the_first_step_that_the_table_has_no_cell_for(verbs: list[str]) -> None:
    departure = judged(*verbs, measure=Measure(tranches, "eligible")).departure
    allowed = verbs if departure is None else verbs[: departure.occurrence.number - 1]
    assert judged(*allowed, measure=Measure(tranches, "eligible")).departure is None
    if departure is not None and not departure.reason.rule.endswith(".left"):
        assert (departure.stage, departure.step) not in tranches.table
        assert departure.step == verbs[departure.occurrence.number - 1]


def test_a_repeatable_step_is_nothing_only_in_the_stage_that_it_leads_to() -> None:
    assert judged("return-request", "request", "check", "check").stages == {"": "checked"}
    sent = judged("request", "check", "approve", "send", "check").departure
    assert sent is not None
    assert (sent.occurrence.number, sent.reason.rule) == (5, "T3.stage")
    once = judged("request", "request").departure
    assert once is not None
    assert once.reason.rule == "T2.stage"


def test_a_case_without_steps_stays_where_it_begins() -> None:
    assert judged() == Judged({"": "eligible"})
    nothing = [Occurrence(1, 1, "seen", Meaning())]
    assert judge(MEASURE, nothing) == Judged({"": "eligible"})


def test_each_concerns_what_has_begun_and_is_in_a_stage_that_is_meant() -> None:
    begun = Meaning(("request",), Which.NAMED, ("a", "b"))
    returned = Meaning(("return-request",), Which.NAMED, ("b",))
    each = Meaning(("check",), Which.EACH, (), ("requested",))
    told = [Occurrence(no, no, "", m) for no, m in enumerate((begun, returned, each), start=1)]
    assert judge(MEASURE, told) == Judged({"a": "checked", "b": "eligible"})
    strict = told[2]._replace(meaning=each._replace(stages=()))
    departure = judge(MEASURE, [*told[:2], strict]).departure
    assert departure is not None
    assert (departure.thing, departure.stage) == ("b", "eligible")


@pytest.mark.parametrize(
    ("rounding", "minor"),
    [("half-up", [1, 1, 2, 3]), ("half-even", [0, 1, 2, 2]), ("down", [0, 0, 1, 2])],
)
def test_amounts_are_rounded_in_the_way_that_is_named(rounding: str, minor: list[int]) -> None:
    amounts = [Fraction(text) for text in ("0.005", "0.0051", "0.015", "0.025")]
    assert [minor_units(amount, "EUR", rounding) for amount in amounts] == minor
    assert minor_units(Fraction("12.5"), "JPY", "half-up") == 13


def test_amounts_that_are_to_be_exact_have_no_more_digits_than_their_currency() -> None:
    assert minor_units(Fraction("12.50"), "EUR", "exact") == 1250
    with pytest.raises(ValueError, match="5001"):
        minor_units(Fraction("12.5001"), "EUR", "exact")
