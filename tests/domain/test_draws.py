"""Drawing in itself: the order is nobody's to choose, and ties are read from the list alone."""

import dataclasses
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.proposals.proposal import Proposal
from domain.reviews.conflicts import Concerned, Expert, Left, conflicts_of
from domain.reviews.panel import Drawn, Excluded, Panel, drawn_in_order, order_of_draw
from domain.reviews.replacing import Vacancy, next_in_order
from domain.reviews.review import Review
from domain.rounds.round import Round
from tests.domain.states import RULES

PEOPLE = st.lists(st.from_regex(r"person:[a-z]{1,6}", fullmatch=True), unique=True, max_size=12)
SEEDS = st.text("0123456789abcdef", min_size=1, max_size=32)
DAY = date(2026, 3, 13)
NOBODY = Expert(person="person:a", place="220102099")
DRAWN = Drawn(round="1", place="220102", seed="", pool=(), members=())
BOTH = Concerned(organisations=("ours", "partner"), places=("220102006",))


@settings(max_examples=60)
@given(people=PEOPLE, seed=SEEDS)
def test_a_draw_puts_everybody_into_an_order_once(people: list[str], seed: str) -> None:
    assert sorted(order_of_draw(seed, people)) == sorted(people)


@settings(max_examples=60)
@given(people=PEOPLE, more=PEOPLE, seed=SEEDS)
def test_who_is_left_out_moves_nobody_else(people: list[str], more: list[str], seed: str) -> None:
    """However many people somebody puts on the list whom a tie leaves out again."""
    added = tuple(person for person in more if person not in people)
    left_out = tuple(Excluded(person=person, rule="employer", of="ours") for person in added)
    event = replace(DRAWN, seed=seed, pool=(*added, *people), excluded=left_out)
    assert drawn_in_order(event) == order_of_draw(seed, people)


def test_a_draw_from_before_there_were_lists_reads_as_it_did() -> None:
    old = replace(DRAWN, seed="88", pool=("person:1", "person:2", "person:3"))
    assert drawn_in_order(old) == ("person:2", "person:3", "person:1")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, []),
        ({"employer": "elsewhere", "relations": ("elsewhere",)}, []),
        ({"employer": "ours"}, [("employer", "ours")]),
        ({"employer": "partner"}, [("employer", "partner")]),
        ({"relations": ("elsewhere", "partner")}, [("relation", "partner")]),
        ({"left": (Left(organisation="ours", day=date(2024, 3, 14)),)}, [("left", "ours")]),
        ({"left": (Left(organisation="ours", day=date(2024, 3, 13)),)}, []),
        ({"left": (Left(organisation="elsewhere", day=DAY),)}, []),
        ({"place": "220102006"}, [("place", "220102006")]),
        ({"place": "220102006003"}, [("place", "220102006")]),
        ({"place": "220103006"}, []),
        (
            {"employer": "ours", "relations": ("ours",), "place": "220102006001"},
            [("employer", "ours"), ("relation", "ours"), ("place", "220102006")],
        ),
    ],
)
def test_every_tie_is_found_and_no_other(
    said: dict[str, object], found: list[tuple[str, str]]
) -> None:
    expert = dataclasses.replace(NOBODY, **said)  # type: ignore[arg-type]
    ties = conflicts_of(expert, BOTH, DAY, cooling_years=2)
    assert [(tie.rule, tie.of) for tie in ties] == found


def test_without_years_of_cooling_whoever_has_left_is_free() -> None:
    expert = dataclasses.replace(NOBODY, left=(Left(organisation="ours", day=DAY),))
    assert conflicts_of(expert, BOTH, DAY, cooling_years=0) == ()
    assert conflicts_of(expert, BOTH, DAY, cooling_years=1) != ()


def test_a_thousand_seeds_tried_at_home_leave_a_friend_at_the_chance_that_everybody_has() -> None:
    """A dishonest secretary looks for seeds that draw a friend; the seed then comes from outside.

    Ten people, two places: a friend comes through in a fifth of all draws. Of the seeds that the
    secretary finds at home every one would have drawn the friend.
    """
    pool = [f"person:{number}" for number in range(9)] + ["person:friend"]
    at_home = [str(number) for number in range(1_000)]
    good = [seed for seed in at_home if "person:friend" in order_of_draw(seed, pool)[:2]]
    assert 150 <= len(good) <= 250
    made = [sha256(f"outside {number}".encode()).hexdigest()[:32] for number in range(1_000)]
    drawn = sum("person:friend" in order_of_draw(seed, pool)[:2] for seed in made)
    assert set(made).isdisjoint(good)
    assert 150 <= drawn <= 250


def review(number: int, proposal: str, member: str, **said: Any) -> Review:
    return Review(id=str(number), proposal=proposal, member=member, **said)


def test_the_next_in_order_has_no_other_part_in_the_matter() -> None:
    """Members, whoever was asked about it, whoever declined anything, its drafter and checker."""
    order = ("member", "asked", "declined", "drafter", "checker", "tied", "gone", "next", "later")
    tied = dataclasses.replace(NOBODY, person="tied", relations=("ours",))
    panel = Panel(id="p", members=("member",), draw_order=order, candidates=(tied,), drawn_on=DAY)
    vacancy = Vacancy(
        panel=panel,
        proposal=Proposal(id="this", drafter="drafter", checker="checker"),
        round=Round(id="r", rules=RULES),
        reviews=(
            review(1, "this", "member", stage="declined", cause="refused"),
            review(2, "this", "asked", stage="invited"),
            review(3, "other", "declined", stage="replaced", cause="expired"),
            review(4, "other", "next", stage="invited"),
        ),
        concerned=BOTH,
        there=frozenset(order) - {"gone"},
    )
    assert next_in_order(vacancy) == "next"
    assert vacancy.going_on == 1
    assert next_in_order(dataclasses.replace(vacancy, there=frozenset({"later"}))) == "later"
    assert next_in_order(dataclasses.replace(vacancy, there=frozenset(order[:7]) - {"gone"})) == ""
