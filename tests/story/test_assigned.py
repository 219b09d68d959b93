"""Who reads what: worked out, changed by hand with reasons, and refused where it is unfair."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from application import workings
from application.principals import Held
from domain.errors import Refusal
from tests.district import DISTRICT, RULES, District
from tests.drawn import draw_panel
from tests.played import Path, with_checked_proposal
from tests.story.test_allocated import kept

LIMITED = {**RULES, "per_organisation_limit": 20, "reviewers_min": 2, "review_load_max": 4}
MEMBERS = [f"person:reviewer{number}" for number in range(4)]


def drawn(district: District, **rules: Any) -> Path:
    """Six proposals under review, a panel of four, and nobody has anything to read yet."""
    path = with_checked_proposal(district, rivals=5, rules={**LIMITED, **rules})
    district.wait(days=11)
    for member in MEMBERS:
        district.person(member.partition(":")[2], Held("reviewer", DISTRICT))
    draw(path)
    for proposal in (path.proposal, *path.rivals):
        path.tell("round_secretary", "proposals", "admit", proposal)
    return path


def draw(path: Path, **ties: Any) -> None:
    """A panel of all four."""
    draw_panel(path.district, path.round, *MEMBERS, size=4, **ties)


def worked_out(path: Path) -> dict[str, Any]:
    """The command that adopts what was worked out."""
    district, panel = path.district, path.district.only("panels")
    paper = workings.assigned(district.system, district.people["round_secretary"], panel)
    document = kept(path, paper, subject=f"panel:{panel}")
    return workings.adopting_assignment(paper) | {"working": document}


def read_by(path: Path) -> dict[str, set[str]]:
    """The readers of each proposal."""
    found: dict[str, set[str]] = {}
    with path.district.system.store.shelf() as shelf:
        for id in path.district.all("reviews"):
            review: Any = shelf.fetch([f"review:{id}"])[f"review:{id}"]
            found.setdefault(review.proposal, set()).add(review.member)
    return found


def adopt(path: Path, **fields: Any) -> None:
    """The secretary prepares, and the overseer approves."""
    panel = path.district.only("panels")
    path.pair("round_secretary", "oversight_officer", "panels", "assign-reviews", panel, **fields)


def refused_for(path: Path, **fields: Any) -> set[str]:
    """The rules that refuse an assignment."""
    with pytest.raises(Refusal) as refused:
        adopt(path, **fields)
    return {reason.rule for reason in refused.value.reasons}


def test_each_proposal_has_two_readers_and_each_reader_three_proposals(district: District) -> None:
    path = drawn(district)
    assert read_by(path) == {}

    adopt(path, **worked_out(path))

    readers = read_by(path)
    assert set(readers) == {path.proposal, *path.rivals}
    assert all(len(members) == 2 for members in readers.values())
    assert set(Counter(m for members in readers.values() for m in members).values()) == {3}


def test_an_expert_who_is_tied_to_an_applicant_is_given_none_of_its_proposals(
    district: District,
) -> None:
    path = with_checked_proposal(district, rivals=1, rules=LIMITED)
    district.wait(days=11)
    for member in MEMBERS:
        district.person(member.partition(":")[2], Held("reviewer", DISTRICT))
    near = {"place": "220102006"}
    draw(path, reviewer2=near)
    for proposal in (path.proposal, *path.rivals):
        path.tell("round_secretary", "proposals", "admit", proposal)

    adopt(path, **worked_out(path))

    assert all("person:reviewer2" not in members for members in read_by(path).values())
    assert all(len(members) == 2 for members in read_by(path).values())


def test_where_no_load_is_limited_everybody_reads_everything(district: District) -> None:
    path = drawn(district, review_load_max=None)
    assert all(members == set(MEMBERS) for members in read_by(path).values())
    fields = {"readings": [{"proposal": path.proposal, "members": [0, 1]}], "bound": 0}
    assert refused_for(path, **fields, method="highs", working="none") == {"V1b.rule", "V1b.any"}


def test_a_change_by_hand_needs_a_reason_and_keeps_to_every_rule(district: District) -> None:
    path = drawn(district)
    fields = worked_out(path)
    first, *_ = fields["readings"]
    former = first["members"][0]
    others = [number for number in range(4) if number not in first["members"]]
    swap = {"proposal": first["proposal"], "former": former, "instead": others[0], "reason": "出差"}

    taken_off = {**swap, "instead": None}
    assert refused_for(path, **fields, swaps=[taken_off]) == {"V1b.minimum"}
    unknown = {**swap, "former": others[1]}
    assert refused_for(path, **fields, swaps=[unknown]) == {"V1b.swaps"}

    adopt(path, **fields, swaps=[swap])

    panel: Any = found(path, f"panel:{district.only('panels')}")
    assert read_by(path)[first["proposal"]] == {
        panel.members[number] for number in {*first["members"], others[0]} - {former}
    }
    assert panel.swaps[0].reason == "出差"


def found(path: Path, stream: str) -> Any:
    """The thing of that name as it stands."""
    with path.district.system.store.shelf() as shelf:
        return shelf.fetch([stream])[stream]


def test_a_member_who_belongs_to_an_applicant_or_had_a_hand_in_it_reads_none_of_its_proposals(
    district: District,
) -> None:
    path = with_checked_proposal(district, rivals=1, rules=LIMITED)
    district.wait(days=11)
    district.person(
        "reviewer0", Held("reviewer", DISTRICT), Held("applicant", "", path.organisation)
    )
    for member in MEMBERS[1:]:
        district.person(member.partition(":")[2], Held("reviewer", DISTRICT))
    draw(path)
    for proposal in (path.proposal, *path.rivals):
        path.tell("round_secretary", "proposals", "admit", proposal)

    fields = worked_out(path)
    panel: Any = found(path, f"panel:{district.only('panels')}")
    insider = panel.members.index("person:reviewer0")
    assert all(insider not in reading["members"] for reading in fields["readings"])

    first = fields["readings"][0]
    swap = {"proposal": first["proposal"], "instead": insider, "reason": "熟悉情况"}
    assert refused_for(path, **fields, swaps=[swap]) == {"V1b.conflict"}


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ("forgets one", {"V1b.proposals", "V1b.working"}),
        ("one reader twice", {"V1b.members", "V1b.working"}),
        ("nobody's number", {"V1b.members", "V1b.working"}),
        ("one reads all", {"V1b.load", "V1b.working"}),
        ("another bound", {"V1b.working"}),
    ],
)
def test_a_plan_that_was_changed_is_refused_with_every_fault(
    district: District, change: str, rules: set[str]
) -> None:
    path = drawn(district)
    fields = worked_out(path)
    readings = [dict(reading) for reading in fields["readings"]]
    if change == "forgets one":
        readings.pop()
    elif change == "one reader twice":
        readings[0]["members"] = [0, 0]
    elif change == "nobody's number":
        readings[0]["members"] = [0, 4]
    elif change == "one reads all":
        for reading in readings:
            reading["members"] = [0, 1]
    else:
        fields["bound"] += 1
    assert refused_for(path, **{**fields, "readings": readings}) == rules


def test_a_proposal_that_is_admitted_later_gets_readers_by_a_plan_of_its_own(
    district: District,
) -> None:
    path = with_checked_proposal(district, rivals=2, rules=LIMITED)
    district.wait(days=11)
    for member in MEMBERS:
        district.person(member.partition(":")[2], Held("reviewer", DISTRICT))
    draw(path)
    path.tell("round_secretary", "proposals", "admit", path.proposal)
    path.tell("round_secretary", "proposals", "admit", path.rivals[0])
    adopt(path, **worked_out(path))
    path.tell("round_secretary", "proposals", "admit", path.rivals[1])
    assert set(read_by(path)) == {path.proposal, path.rivals[0]}

    adopt(path, **worked_out(path))

    readers = read_by(path)
    assert len(readers[path.rivals[1]]) == 2
    loads = Counter(member for members in readers.values() for member in members)
    assert max(loads.values()) - min(loads.values()) <= 1
