"""The page on panels says of a real one what the program finds."""

from pathlib import Path
from typing import Any

import pytest

from tests.commandline import Stored, migrated
from tests.data.panel_page import page_tables

PAGE = Path(__file__).parents[2] / "docs" / "panels.md"
TO_FORTY = ("--scale", "0..40", "--lower-is-better")


@pytest.fixture(scope="module")
def answer(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("panel")
    fundtrail = migrated(f"sqlite:///{folder / 'fundtrail.db'}")
    file = shared_data / "scoring" / "aibs_ratings.csv"
    told = fundtrail.answer("import", "scores", file, "--round", "aibs", *TO_FORTY)
    # 279 ratings, and three ranks without one.
    assert (told["accepted"], told["events"]) == (282, 14)
    again = fundtrail.answer("import", "scores", file, "--round", "aibs", *TO_FORTY)
    assert (again["accepted"], len(Stored(fundtrail.url).lines)) == (0, 14)
    return fundtrail.answer("replay", "--round", "aibs")


@pytest.mark.parametrize("name", ["rankings", "top", "effects", "agreement"])
def test_the_page_has_the_tables_that_the_program_makes(answer: Any, name: str) -> None:
    assert page_tables(answer)[name] in PAGE.read_text(encoding="utf-8")


def test_every_method_keeps_the_panel_together_and_is_what_was_recorded(answer: Any) -> None:
    assert (answer["equal"], answer["compared"]) == (True, 12)
    assert {made["parts"] for made in answer["methods"].values()} == {1}
    assert {len(made["scores"]) for made in answer["methods"].values()} == {28}


def test_the_reviewer_with_one_rating_moves_nothing(answer: Any) -> None:
    effects = {one["reviewer"]: one for one in answer["methods"]["z_score"]["effects"]}
    assert "R12" not in effects
    assert len(effects) == 11
