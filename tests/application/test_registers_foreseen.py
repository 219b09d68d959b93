"""What a register is said to do before it is recorded, and that recording does just that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from application.imports import RecordImport
from application.registers import RegisterRow
from application.rehearsing import Foreseen, foresee, sent_of
from domain.errors import Refusal
from domain.organisations import Organisation
from tests.district import DISTRICT, District, uscc

STREET, OTHER_STREET = f"{DISTRICT}001", f"{DISTRICT}002"


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    district = District(f"sqlite:///{tmp_path / 'fundtrail.db'}")
    district.officers()
    yield district
    district.close()


def registered(row: int, name: str, place: str = DISTRICT) -> RegisterRow:
    return RegisterRow(row=row, name=name, place=place, leader=f"person:{row}", uscc=uscc(row))


def filed(row: int, agent: str, place: str = DISTRICT) -> RegisterRow:
    return RegisterRow(
        row=row, name=f"队{row}", place=place, leader=f"person:{row}", filing_no=f"备-{row}",
        agent=agent,
    )  # fmt: skip


def command(*rows: RegisterRow) -> RecordImport:
    return RecordImport(file_sha="a" * 64, mapping="organisations csv", organisations=rows)


def foreseen(district: District, *rows: RegisterRow) -> Foreseen:
    return foresee(district.system, command(*rows), district.people["administrator"])


def recorded(district: District, *rows: RegisterRow) -> None:
    district.system.desk.send(sent_of(command(*rows), district.people["administrator"]))


def rules(district: District, *rows: RegisterRow) -> list[tuple[str, object]]:
    """The rules that refuse the rows; the desk says the same as was foreseen."""
    with pytest.raises(Refusal) as foretold:
        foreseen(district, *rows)
    with pytest.raises(Refusal) as told:
        recorded(district, *rows)
    assert told.value.reasons == foretold.value.reasons
    return [(reason.rule, reason.values["row"]) for reason in told.value.reasons]


def agent_of(district: District, filing_no: str) -> str:
    with district.system.shelf() as shelf:
        (id,) = shelf.ids("organisation", {"filing_no": filing_no})
        (club,) = shelf.fetch((f"organisation:{id}",)).values()
        assert isinstance(club, Organisation)
        (agent,) = shelf.fetch((f"organisation:{club.fiscal_agent}",)).values()
    assert isinstance(agent, Organisation)
    return agent.uscc


def test_an_agent_whose_name_two_have_is_named_by_its_code(district: District) -> None:
    recorded(district, registered(2, "同创社工"))
    one, both = filed(5, "同创社工"), (registered(3, "同创社工"), filed(4, "同创社工"))
    assert len(foreseen(district, one).new) == 1

    with pytest.raises(Refusal) as told:
        foreseen(district, *both)

    assert rules(district, *both) == [("O9a.several", 4)]
    assert told.value.reasons[0].values["codes"] == tuple(sorted((uscc(2), uscc(3))))
    for code in (uscc(2), uscc(3)):
        assert code in told.value.reasons[0].sentence
    recorded(district, both[0], filed(4, uscc(3)), filed(6, uscc(2)))
    assert agent_of(district, "备-4") == uscc(3)
    assert agent_of(district, "备-6") == uscc(2)


def test_a_recorded_row_is_not_asked_again_which_of_two_agents_it_meant(
    district: District,
) -> None:
    rows = registered(2, "同创社工"), filed(4, "同创社工")
    recorded(district, *rows)
    recorded(district, registered(3, "同创社工"))

    assert foreseen(district, *rows) == Foreseen(known=2)
    assert rules(district, rows[0], filed(4, "")) == [("O9.changed", 4)]


def place(district: District, code: str) -> None:
    district.tell("administrator", "places", "record", code=code, name=f"地点{code}")


def test_a_place_is_compared_with_its_recorded_neighbours(district: District) -> None:
    rows = registered(2, "甲", STREET), registered(3, "乙", f"{OTHER_STREET}001")
    assert foreseen(district, *rows).unchecked == 2
    place(district, DISTRICT)
    assert foreseen(district, *rows).unchecked == 2
    place(district, STREET)

    assert rules(district, *rows) == [("O9.recorded", 3)]

    place(district, OTHER_STREET)
    assert foreseen(district, *rows) == Foreseen(rows, 0, 1)
    place(district, f"{OTHER_STREET}009")
    assert rules(district, *rows) == [("O9.recorded", 3)]
    place(district, f"{OTHER_STREET}001")
    assert foreseen(district, *rows) == Foreseen(rows, 0, 0)


def test_a_closed_place_takes_nobody_new_in_but_keeps_who_is_there(district: District) -> None:
    there = registered(2, "甲", STREET)
    place(district, DISTRICT)
    place(district, STREET)
    recorded(district, there)
    district.tell("administrator", "places", "close", STREET, reason="撤销")

    assert rules(district, there, registered(3, "乙", STREET)) == [("O9.recorded", 3)]
    assert foreseen(district, there) == Foreseen(known=1)


def test_looking_ahead_uses_nothing_up_and_leaves_nothing(district: District) -> None:
    head, rows = district.system.questions.head(), (registered(2, "甲"), filed(3, "甲"))

    first, second = foreseen(district, *rows), foreseen(district, *rows)

    assert first == second == Foreseen(rows, 0, 2)
    assert district.system.questions.head() == head
    with district.system.shelf() as shelf:
        assert shelf.ids("organisation", {"uscc": uscc(2)}) == []
