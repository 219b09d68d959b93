"""Read models are written where they change, however much stands in them already."""

from __future__ import annotations

from copy import copy

from domain.funds.fund import Fund
from domain.funds.values import Contribution
from infrastructure.views import contributions, funds
from infrastructure.views.filling import changed_rows


def a_fund(contributed: int) -> Fund:
    """A fund that was given something so often."""
    given = tuple(
        Contribution(
            contributor=f"单位{number}",
            source="pooled",
            amount_minor=100,
            purposes=("创投",),
            bank_ref=f"流水{number}",
        )
        for number in range(contributed)
    )
    return Fund(id="f", stage="active", version=9, place="220102", contributions=given)


def test_a_contribution_more_is_one_row_more_in_a_fund_that_has_a_thousand() -> None:
    before = a_fund(1_000)
    after = copy(before)
    after.contributions = (*before.contributions, *a_fund(1).contributions)
    how, rows = changed_rows(contributions.VIEW, before, after, position=70, born=3)
    assert how == "replace"
    assert [row[0] for row in rows] == ["f:1001"]


def test_where_only_balances_moved_no_row_is_made_again() -> None:
    before = a_fund(1_000)
    after = copy(before)
    after.version, after.balances = 10, {"authority.available": 5}
    assert changed_rows(contributions.VIEW, before, after, position=70, born=3)[1] == []
    assert changed_rows(funds.VIEW, before, after, position=70, born=3) == (
        "advance",
        [(10, 70, "f")],
    )


def test_what_is_not_known_from_before_is_written_whole() -> None:
    how, rows = changed_rows(contributions.VIEW, None, a_fund(3), position=70, born=3)
    assert (how, len(rows)) == ("replace", 3)


def test_a_changed_fact_makes_the_row_again() -> None:
    before = a_fund(1)
    after = copy(before)
    after.version, after.freezer = 10, "person:leader"
    how, rows = changed_rows(funds.VIEW, before, after, position=70, born=3)
    assert how == "replace"
    assert rows[0][:5] == ("f", "active", 10, 70, 3)
