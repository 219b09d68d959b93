"""Credit codes: what is one is taken however it is typed, and one wrong character is noticed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from domain.organisations.codes import is_credit_code, plain_code

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of a code (GB 32100); I, O, S, V and Z are left out."""


def check_character(body: str) -> str:
    """The last character, worked out by the standard and not by what is tested."""
    total = sum(LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return LETTERS[-total % 31]


def made(random: Random) -> str:
    """A code of a social organisation, made up."""
    kind, place = random.choice(["51", "52", "53"]), random.randrange(1_000_000)
    body = f"{kind}{place:06d}" + "".join(random.choices(LETTERS, k=9))
    return body + check_character(body)


def test_every_one_of_twenty_thousand_codes_is_one_and_stays_as_it_is() -> None:
    random = Random(88)
    codes = {made(random) for _ in range(20_000)}
    assert len(codes) > 19_990
    assert [code for code in codes if not is_credit_code(code) or plain_code(code) != code] == []


def test_any_one_wrong_character_is_noticed_wherever_it_stands() -> None:
    random, taken = Random(89), []
    for code in (made(random) for _ in range(200)):
        for place, right in enumerate(code):
            others = [letter for letter in LETTERS if letter != right]
            assert len(others) == 30
            for wrong in [*others, *"IOSVZ", "?", " ", "１", "善", "a", ""]:
                changed = code[:place] + wrong + code[place + 1 :]
                if is_credit_code(changed):
                    taken.append(changed)
    assert taken == []


def full_width(code: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) for letter in code)


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        full_width,
        lambda code: full_width(code.lower()),
        lambda code: f" {code[:6]} {code[6:]}　",
        lambda code: "-".join((code[:2], code[2:8], code[8:17], code[17:])),
    ],
)
def test_a_code_is_taken_in_any_width_and_case_with_spaces_or_hyphens(
    typed: Callable[[str], str],
) -> None:
    random = Random(90)
    for code in (made(random) for _ in range(500)):
        assert not is_credit_code(typed(code)) or typed(code) == code
        assert plain_code(typed(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "52220102MJY000001",
        "52220102MJY0000019X",
        "91110000600037341L",
        "５２２２０１０２ＭＪＹ０００００1８",
        "٥٢٢٢٠١٠٢MJY0000019",
        "五二220102MJY0000019",
    ],
)
def test_what_is_no_code_of_a_social_organisation_is_none_in_any_writing(typed: str) -> None:
    assert not is_credit_code(plain_code(typed))
