"""The ledger: postings balance inside one book, and find the homes of their accounts."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import ledger
from domain.accounts import ACCOUNTS, LEGS
from domain.errors import Refusal
from domain.ledger import Move, Posting, post

WHERE = {"round": "r", "proposal": "p", "grant": "g"}

UNDONE_BY = [
    ("P1", "P12a"),
    ("P3", "P3r"),
    ("P4", "P4r"),
    ("P6", "P6r"),
    ("P7", "P7r"),
    ("P15", "P15r"),
]
"""Codes whose second undoes the first by swapping the ends."""


def posted(code: str, amount_minor: int = 100) -> tuple[Posting, ...]:
    return post(code, amount_minor, currency="CNY", fund="f", line="grants", **WHERE)


@pytest.mark.parametrize("code", LEGS)
def test_both_ends_of_a_leg_are_accounts_of_one_book(code: str) -> None:
    for debit, credit in LEGS[code]:
        assert ACCOUNTS[debit].name.partition(".")[0] == ACCOUNTS[credit].name.partition(".")[0]
        assert debit != credit


@pytest.mark.parametrize("code", LEGS)
def test_each_leg_becomes_a_posting_of_the_whole_amount(code: str) -> None:
    made = posted(code)
    assert [(p.debit, p.credit, p.amount_minor) for p in made] == [
        (debit, credit, 100) for debit, credit in LEGS[code]
    ]
    assert {p.code for p in made} == {code.partition(".")[0]}


@pytest.mark.parametrize("code", LEGS)
def test_nothing_is_posted_where_there_is_nothing_to_post(code: str) -> None:
    assert posted(code, 0) == ()


@pytest.mark.parametrize(("done", "undone"), UNDONE_BY)
def test_a_step_is_undone_by_the_swapped_ends(done: str, undone: str) -> None:
    assert [(credit, debit) for debit, credit in LEGS[done]] == list(LEGS[undone])


@given(st.lists(st.tuples(st.sampled_from(sorted(LEGS)), st.integers(1, 10**12))))
def test_every_book_balances_whatever_is_posted(made: list[tuple[str, int]]) -> None:
    books: Counter[str] = Counter()
    for code, minor in made:
        for posting in posted(code, minor):
            for entry in ledger.entries(posting):
                books[entry.account.partition(".")[0]] += entry.amount_minor
    assert set(books.values()) <= {0}


@pytest.mark.parametrize(
    ("code", "lines"),
    [("P3", ["grants"]), ("P5", ["grants"]), ("P6", [""]), ("P7", ["", ""]), ("P8", [""])],
)
def test_the_line_of_a_budget_stands_where_an_account_is_kept_by_line(
    code: str, lines: list[str]
) -> None:
    assert [posting.line for posting in posted(code)] == lines


@pytest.mark.parametrize(
    ("code", "homes"),
    [
        ("P3", [("round:r",), ("fund:f",)]),
        ("P5", [("grant:g",), ("round:r",)]),
        ("P6", [("grant:g",), ("grant:g", "fund:f")]),
        ("P10", [("fund:f",), ("grant:g",), ("fund:f",), ("grant:g",)]),
        ("P15", [("proposal:p",), ("proposal:p",)]),
    ],
)
def test_each_end_has_the_home_that_guards_its_account(
    code: str, homes: list[tuple[str, ...]]
) -> None:
    sides = [side for posting in posted(code) for side in ledger.entries(posting)]
    assert [ledger.homes(side) for side in sides] == homes


def test_a_home_is_told_only_what_moves_there() -> None:
    assert ledger.moves_at("round:r", posted("P5")) == (Move("authority.reserved/grants", -100),)
    assert ledger.moves_at("grant:g", posted("P5")) == (Move("authority.committed", 100),)
    assert ledger.moves_at("fund:f", posted("P5")) == ()


@pytest.mark.parametrize(
    ("account", "kept", "balance"),
    [("cash.bank", 70, 70), ("cash.payables", -70, 70), ("cash.payables", 70, -70)],
)
def test_a_balance_is_read_on_the_normal_side(account: str, kept: int, balance: int) -> None:
    assert ledger.balance_of({account: kept}, account) == balance


@pytest.mark.parametrize("name", [name for name in ACCOUNTS if ACCOUNTS[name].guarded])
def test_a_guarded_account_never_stands_on_its_wrong_side(name: str) -> None:
    wrong = -1 if ACCOUNTS[name].side == "Dr" else 1
    with pytest.raises(Refusal) as refused:
        ledger.check_sides("fund", {name: wrong}, "CNY")
    assert [reason.rule for reason in refused.value.reasons] == ["ledger.side"]
    assert "0.01 CNY short" in str(refused.value)


def test_every_account_that_would_be_short_is_named_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        ledger.check_sides("fund", {"cash.bank": -1, "authority.available": -1}, "CNY")
    assert len(refused.value.reasons) == 2


def test_an_account_without_a_guard_may_stand_on_either_side() -> None:
    ledger.check_sides("fund", {"cash.restricted_net_assets": 5}, "CNY")
