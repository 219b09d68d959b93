"""Who keeps the list of experts, who draws from it, and what neither of them can steer."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from pydantic import ValidationError

from application.panels import concerned_in_round
from application.principals import Held
from domain.errors import Refusal
from domain.proposals.proposal import Proposal
from domain.reviews import inviting
from domain.reviews.conflicts import Conflict
from domain.reviews.panel import Panel
from domain.reviews.review import Review
from domain.rounds.round import Round
from tests.application.refusing import refused, rules
from tests.application.verdicts import verdict
from tests.district import DISTRICT, District
from tests.domain.test_decisions import mandate
from tests.drawn import FAR, draw_panel, listed
from tests.played import Path, with_checked_proposal, with_review_started

EXPERT: dict[str, Any] = {"person": "person:evaluator", "place": FAR}
PAIR = ("round_secretary", "oversight_officer", "panels", "draw")


def with_intake_over(district: District) -> Path:
    path = with_checked_proposal(district)
    district.wait(days=11)
    path.rivals = [listed(district, "person:reviewer")["pool_id"]]
    return path


def with_invitation(district: District) -> Path:
    path = with_review_started(district)
    due = district.today + timedelta(days=3)
    path.tell("round_secretary", "reviews", "invite", district.only("reviews"), due=due)
    return path


def says(path: Path, verb: str, who: str = "round_secretary", **said: Any) -> list[str]:
    """What the rules have against a word to the list; none where it may be said."""
    return verdict(path, who, "pools", verb, path.rivals[0], **said)


def expert(path: Path, **said: Any) -> dict[str, Any]:
    return {"expert": {**EXPERT, **said}}


CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("add-expert", {}, []),
    ("add-expert", {"person": "person:nobody"}, ["V0a.person"]),
    ("add-expert", {"person": "evaluator"}, ["V0a.person"]),
    ("add-expert", {"person": "person:reviewer"}, ["V0a.once"]),
    ("add-expert", {"person": "person:round_secretary"}, ["V0a.self"]),
    ("add-expert", {"place": DISTRICT}, ["V0a.place"]),
    ("add-expert", {"employer": "nowhere"}, ["found"]),
    ("add-expert", {"relations": ["nowhere"]}, ["found"]),
    ("change-expert", {"person": "person:reviewer"}, []),
    ("change-expert", {}, ["V0b.listed"]),
    ("change-expert", {"person": "person:reviewer", "place": "2201020"}, ["V0b.place"]),
]


@pytest.mark.parametrize(("verb", "said", "expected"), CASES)
def test_the_list_says_what_is_sound_of_people_who_are_there(
    standing: Callable[..., Path], verb: str, said: dict[str, Any], expected: list[str]
) -> None:
    path = standing(with_intake_over)
    assert says(path, verb, **expert(path, **said)) == expected


def test_nobody_leaves_an_organisation_tomorrow(standing: Callable[..., Path]) -> None:
    path = standing(with_intake_over)
    today = path.district.today
    for days, expected in ((0, []), (1, ["V0a.left"])):
        job = {"organisation": path.organisation, "day": today + timedelta(days=days)}
        assert says(path, "add-expert", **expert(path, left=[job])) == expected


def test_only_who_is_listed_is_taken_off_and_a_reason_is_given(
    standing: Callable[..., Path],
) -> None:
    path = standing(with_intake_over)
    assert says(path, "remove-expert", person="person:reviewer", reason="退休") == []
    assert says(path, "remove-expert", person="person:nobody", reason="退休") == ["V0c.listed"]
    with pytest.raises(ValidationError):
        says(path, "remove-expert", person="person:reviewer")


def test_a_witness_of_draws_does_not_keep_the_list(standing: Callable[..., Path]) -> None:
    path = standing(with_intake_over)
    said = expert(path)
    assert says(path, "add-expert", "oversight_officer", **said) == ["V0a.who"]
    assert says(path, "add-expert", "district_officer", **said) == []


def test_a_draw_names_the_version_of_the_list_that_was_looked_at(district: District) -> None:
    path = with_intake_over(district)
    said: dict[str, Any] = {"round": path.round, "size": 1, "pool_id": path.rivals[0]}
    assert verdict(path, PAIR[0], "panels", "draw", **said, pool_version=1) == ["V1.version"]
    waiting = district.tell(PAIR[0], "panels", "draw", **said, pool_version=2)
    district.tell("round_secretary", "pools", "add-expert", path.rivals[0], expert=EXPERT)
    refusal = refused(district, PAIR[1], "approvals", "approve", waiting.id)
    assert rules(refusal) == ["V1.version"]
    district.pair(*PAIR, **said, pool_version=3)


def test_a_panel_is_drawn_from_a_list_of_its_own_place_that_is_kept(district: District) -> None:
    path = with_intake_over(district)
    district.person("neighbours", Held("district_officer", "220103"))
    theirs = district.tell("neighbours", "pools", "create", name="邻区", place="220103").id
    said: dict[str, Any] = {"round": path.round, "size": 1, "pool_version": 1, "pool_id": theirs}
    assert verdict(path, PAIR[0], "panels", "draw", **said) == ["V1.pool", "V1.size"]
    path.tell("district_officer", "pools", "close", path.rivals[0], reason="换届")
    said |= {"pool_id": path.rivals[0], "pool_version": 3}
    assert verdict(path, PAIR[0], "panels", "draw", **said) == ["V1.kept"]


def test_whoever_kept_the_list_witnesses_no_draw_from_it(district: District) -> None:
    path = with_intake_over(district)
    said: dict[str, Any] = {
        "round": path.round,
        "size": 1,
        "pool_id": path.rivals[0],
        "pool_version": 2,
    }
    roles = ("district_officer", "oversight_officer")
    district.pretender("district_officer", *(Held(role, DISTRICT) for role in roles))
    waiting = district.tell(PAIR[0], "panels", "draw", **said)
    refusal = refused(district, "district_officer", "approvals", "approve", waiting.id)
    assert rules(refusal) == ["V1.witness"]
    district.tell(PAIR[1], "approvals", "approve", waiting.id)


def test_somebody_who_has_gone_is_not_drawn(district: District) -> None:
    path = with_checked_proposal(district)
    district.wait(days=11)
    said = {"round": path.round, **listed(district, "person:reviewer", "person:evaluator")}
    district.tell("administrator", "people", "release", "evaluator", reason="调离")
    assert verdict(path, PAIR[0], "panels", "draw", **said, size=2) == ["V1.size"]
    district.pair(*PAIR, **said, size=1)
    panel = drawn_panel(district)
    assert [(one.person, one.rule) for one in panel.excluded] == [("person:evaluator", "gone")]
    assert panel.members == ("person:reviewer",)


def drawn_panel(district: District) -> Panel:
    stream = f"panel:{district.only('panels')}"
    with district.system.store.shelf() as shelf:
        found = shelf.fetch([stream])[stream]
    assert isinstance(found, Panel)
    return found


@pytest.mark.parametrize(
    ("place", "near"),
    [("220102006", ("220102006",)), ("220102006003", ("220102006",)), (DISTRICT, ())],
)
def test_a_round_of_a_subdistrict_leaves_out_who_lives_there(
    place: str, near: tuple[str, ...]
) -> None:
    round = Round(id="1", place=place)
    docket: Any = SimpleNamespace(find=lambda kind, **where: ())
    assert concerned_in_round(round, docket).places == near


def test_the_same_subdistrict_keeps_a_member_from_single_proposals_of_a_district(
    district: District,
) -> None:
    path = with_checked_proposal(district)
    district.person("second", Held("reviewer", DISTRICT))
    district.wait(days=11)
    near: dict[str, Any] = {"reviewer": {"place": "220102006001"}}
    draw_panel(district, path.round, "person:reviewer", "person:second", size=2, **near)
    path.tell("round_secretary", "proposals", "admit", path.proposal)
    assert set(drawn_panel(district).members) == {"person:reviewer", "person:second"}
    assert district.only("reviews") == district.only("reviews", member="person:second")


def test_a_tie_is_asked_for_once_more_when_an_invitation_is_accepted(district: District) -> None:
    tie = Conflict(rule="place", of="220102006")
    review = Review(id="1", stage="invited", member="person:reviewer")
    with pytest.raises(Refusal) as refused_for:
        inviting.accept(
            review,
            declaration="无",
            proposal=Proposal(id="1"),
            ties=(tie,),
            by=mandate("reviewer", review.member),
        )
    assert [reason.rule for reason in refused_for.value.reasons] == ["V2a.ties"]


def test_an_invitation_is_answered_by_its_reviewer_and_in_time(
    standing: Callable[..., Path],
) -> None:
    path = standing(with_invitation)
    district = path.district
    review = district.only("reviews")
    district.people["rival"] = district.pretender("rival", Held("reviewer", DISTRICT))
    assert verdict(path, "rival", "reviews", "refuse-invitation", review) == ["V2b.own"]
    assert verdict(path, "reviewer", "reviews", "refuse-invitation", review) == []
    assert verdict(path, "clock", "reviews", "refuse-invitation", review) == ["V2b.due"]
    assert verdict(path, "reviewer", "reviews", "accept", review, declaration="无") == []


def test_the_seed_is_in_no_ones_words_and_new_in_every_trial(district: District) -> None:
    """What the secretary types, and how often, says nothing about the seed that counts."""
    path = with_intake_over(district)
    said: dict[str, Any] = {
        "round": path.round,
        "size": 1,
        "pool_id": path.rivals[0],
        "pool_version": 2,
    }
    given = []
    real = district.system.entropy.salt

    def noted() -> str:
        given.append(real())
        return given[-1]

    district.system.entropy.salt = noted  # type: ignore[method-assign]
    for _ in range(3):
        waiting = district.tell(PAIR[0], "panels", "draw", **said)
        district.tell(PAIR[0], "approvals", "withdraw", waiting.id)
    waiting = district.tell(PAIR[0], "panels", "draw", **said)
    tried = tuple(given)
    typed: Any = district_fields(district, waiting.id)
    assert set(typed) == {"round", "pool_id", "pool_version", "size"}
    district.tell(PAIR[1], "approvals", "approve", waiting.id)
    assert drawn_panel(district).seed in given[len(tried) :]
    assert drawn_panel(district).seed not in tried


def district_fields(district: District, approval: str) -> Any:
    """What the preparer of an approval typed, as it is stored."""
    with district.system.store.shelf() as shelf:
        found: Any = shelf.fetch([f"approval:{approval}"])[f"approval:{approval}"]
    return json.loads(msgspec.json.encode(msgspec.Raw(found.fields.encode())))
