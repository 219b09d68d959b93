"""Questions to an open round: anybody reads the answer, nobody but officers reads who had asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path as Folder
from typing import Any

import pytest

from application.principals import Held
from tests.api.surface import Surface, a_surface, problem_of
from tests.application.rounds import partner, stage, stands
from tests.district import RULES
from tests.played import Path, with_open_round

QUESTION = "志愿者的交通费能列支吗？我们杨站长问的。"
ASKED: dict[str, Any] = {"question": "交通费如何列支？", "answer": "列入业务活动费。", "asked": 1}


@pytest.fixture
def asked(tmp_path: Folder) -> Iterator[tuple[Surface, Path]]:
    """An open round whose questions end two working days before it closes; one was asked."""
    with a_surface(f"sqlite:///{tmp_path / 'asking.db'}") as surface:
        path = with_open_round(surface.district, rules={**RULES, "question_days": 2})
        partner(path, "乙社工", 2)
        surface.lends("asker", Held("applicant", organisation=path.organisation))
        surface.lends("rival", surface.district.people["乙社工 applicant"].held[0])
        answer = surface.post(address(path, "ask-question"), "asker", {"text": QUESTION})
        assert answer.status_code == 200, answer.text
        yield surface, path


def address(path: Path, rest: str = "") -> str:
    return f"/v1/rounds/{path.round}/{rest}".rstrip("/")


@pytest.mark.parametrize("reader", ["", "rival", "asker"])
def test_a_question_and_its_asker_are_shown_to_no_applicant_and_not_in_public(
    asked: tuple[Surface, Path], reader: str
) -> None:
    surface, path = asked
    shown = surface.get(address(path), reader)
    assert shown.status_code == 200
    assert "questions" not in shown.json()
    assert QUESTION not in shown.text
    assert "person:asker" not in surface.get("/v1/rounds", reader).text + shown.text
    problem_of(surface.get(address(path, "timeline"), reader), 404 if reader else 401)
    inside = surface.get(address(path), "round_secretary").json()
    assert inside["questions"] == [{"no": 1, "text": QUESTION}]


@pytest.mark.parametrize("reader", ["", "rival"])
def test_a_clarification_goes_to_everybody_without_a_name(
    asked: tuple[Surface, Path], reader: str
) -> None:
    surface, path = asked
    told = surface.post(address(path, "publish-clarification"), "round_secretary", ASKED)
    assert told.status_code == 200, told.text
    public = surface.get(address(path), reader)
    assert public.json()["clarifications"] == [ASKED]
    assert "asker" not in public.text
    page = surface.get(f"/rounds/{path.round}", headers={"Accept-Language": "zh"})
    assert ASKED["answer"] in page.text
    assert QUESTION not in page.text


def test_a_round_asks_nothing_of_applicants_but_their_questions(
    asked: tuple[Surface, Path],
) -> None:
    surface, path = asked
    offered = surface.get(address(path, "actions"), "rival").json()
    assert [each["verb"] for each in offered if each["permitted"]] == ["ask-question"]
    problem_of(surface.post(address(path, "cancel"), "rival", {"reason": "停"}), 403)
    problem_of(surface.post(address(path, "ask-question"), "leader", {"text": "？"}), 403)


def test_after_the_last_day_of_questions_none_is_taken_until_the_deadline_moves(
    asked: tuple[Surface, Path],
) -> None:
    surface, path = asked
    district, until = surface.district, stands(path, "round", path.round).question_until
    district.wait(days=(until - district.today).days)
    assert district.today == until
    question = {"text": "还能问吗？"}
    assert surface.post(address(path, "ask-question"), "rival", question).status_code == 200
    district.wait(days=1)
    late = problem_of(surface.post(address(path, "ask-question"), "rival", question), 409)
    assert [error["rule"] for error in late["errors"]] == ["R5a.until"]
    old = stands(path, "round", path.round).closes
    said: dict[str, str] = {
        "closes": (old + timedelta(days=7)).isoformat(),
        "reason": "应申报单位要求",
    }
    assert surface.post(address(path, "extend-deadline"), "district_officer", said).is_success
    assert surface.post(address(path, "ask-question"), "rival", question).status_code == 200
    public = surface.get(address(path)).json()
    assert [each["reason"] for each in public["extensions"]] == ["应申报单位要求"]
    district.wait(days=(old - district.system.clock.now()).days + 1)
    assert stage(path, "round", path.round) == "open"
    district.wait(days=7)
    assert stage(path, "round", path.round) == "intake_closed"
