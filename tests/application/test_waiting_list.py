"""An award that nobody signs, and who comes next."""

from __future__ import annotations

from datetime import timedelta

from tests.application.refusing import refused, rules
from tests.application.rounds import (
    books,
    give_notice,
    hold,
    stage,
    stands,
    with_two_waiting,
)
from tests.district import District


def test_when_an_award_lapses_unsigned_the_next_in_order_is_awarded(district: District) -> None:
    path = with_two_waiting(district)
    second, first = path.rivals
    assert stands(path, "round", path.round).waitlist == (first, second)
    # Three proposals bring 20 000 each; 80 000 of the 510 000 are held for the award.
    held = {"available": 2_490_000, "pledged": 60_000, "counterpart": -60_000}
    assert books(path) == hold(allotted=430_000, reserved=80_000, **held)
    district.wait(days=11)
    path.tell("leader", "proposals", "confirm-award", path.proposal)

    district.wait(days=31)

    assert stage(path, "proposal", path.proposal) == "lapsed_unsigned"
    left = {"available": 2_490_000, "pledged": 40_000, "counterpart": -40_000}
    assert books(path) == hold(allotted=510_000, **left)
    assert rules(refused(district, "leader", "proposals", "promote", second)) == ["S16.order"]
    path.tell("leader", "proposals", "promote", first)
    assert books(path) == hold(allotted=510_000, **left)
    give_notice(path, "publish-supplementary-notice")
    assert stage(path, "proposal", first) == "on_notice"
    assert books(path) == hold(allotted=430_000, reserved=80_000, **left)
    assert rules(refused(district, "leader", "proposals", "confirm-award", first)) == ["S21.period"]
    district.wait(days=11)
    path.tell("leader", "proposals", "confirm-award", first)
    assert stage(path, "grant", district.only("grants", proposal=first)) == "agreement_pending"
    assert books(path) == hold(allotted=430_000, reserved=80_000, **left)


def test_who_waits_longer_than_the_list_is_kept_waits_no_more(district: District) -> None:
    path = with_two_waiting(district)
    until = stands(path, "proposal", path.rivals[0]).until
    assert until == district.today + timedelta(days=90)
    district.wait(days=90)
    assert stage(path, "proposal", path.rivals[0]) == "waitlisted"
    before = books(path)
    district.wait(days=1)
    assert [stage(path, "proposal", rival) for rival in path.rivals] == ["wait_expired"] * 2
    assert books(path) == {
        **before,
        "match.pledged": before["match.pledged"] - 4_000_000,
        "match.counterpart": before["match.counterpart"] + 4_000_000,
    }


def test_a_notice_is_concluded_only_after_a_further_notice_of_the_same_round(
    district: District,
) -> None:
    path = with_two_waiting(district)
    district.wait(days=5)
    path.tell("leader", "proposals", "promote", path.rivals[1])
    give_notice(path, "publish-supplementary-notice")
    district.wait(days=6)
    assert stage(path, "round", path.round) == "on_notice"
    district.wait(days=5)
    assert stage(path, "round", path.round) == "concluded"
    items = stands(path, "round", path.round).items
    assert [item.proposal for item in items] == [path.proposal, path.rivals[1]]
