"""Decisions that do not hold: an award after an objection, a claim after an appeal."""

from __future__ import annotations

from tests.application.rounds import books as books_of_round
from tests.application.rounds import give_notice, hold, stage, with_two_waiting
from tests.application.test_appeals import heard, votes
from tests.application.test_objections import investigated
from tests.district import District
from tests.ordered import accept, approve, close, confirm, draft, send, sign
from tests.played import Path
from tests.played_to_end import found, with_grant_settled
from tests.story.stopped import CASHIER, FINANCE, LEADER, RECONCILER, books, claim, later

OFFICER = "district_officer"


def test_an_objection_that_is_upheld_gives_the_award_to_who_waited_longest(
    district: District,
) -> None:
    path = with_two_waiting(district)
    second, first = path.rivals
    # Three proposals bring 20 000 yuan each; 80 000 of the 510 000 are held for the award.
    held = {"available": 2_490_000, "pledged": 60_000, "counterpart": -60_000}
    assert books_of_round(path) == hold(allotted=430_000, reserved=80_000, **held)

    objection = investigated(path)
    path.tell("oversight_officer", "objections", "uphold", objection, result="重复申报属实")
    path.tell(LEADER, "proposals", "revoke-award", path.proposal, reason="异议成立")
    left = {"available": 2_490_000, "pledged": 40_000, "counterpart": -40_000}
    assert books_of_round(path) == hold(allotted=510_000, **left)

    path.tell(LEADER, "proposals", "promote", first)
    give_notice(path, "publish-supplementary-notice")
    assert books_of_round(path) == hold(allotted=430_000, reserved=80_000, **left)
    district.wait(days=11)
    path.tell(LEADER, "proposals", "confirm-award", first)

    assert stage(path, "proposal", path.proposal) == "revoked"
    assert stage(path, "proposal", second) == "waitlisted"
    assert stage(path, "grant", district.only("grants", proposal=first)) == "agreement_pending"
    assert books_of_round(path) == hold(allotted=430_000, reserved=80_000, **left)


def with_claim_repaid_in_part(district: District) -> Path:
    """Of 40 000 yuan that are ordered back 15 000 have come."""
    path = with_grant_settled(district)
    path.pair(
        FINANCE, LEADER, "clawbacks", "order",
        grant=path.grant, basis="结算决定", due=later(path),
    )  # fmt: skip
    path.pair(
        CASHIER, RECONCILER, "clawbacks", "record-repayment", claim(path).id,
        amount_minor=1_500_000, bank_ref="C1",
    )  # fmt: skip
    assert books(path) == {
        "authority.source": -300_000_000,
        "authority.available": 250_500_000,
        "authority.allotted": 43_000_000,
        "authority.spent": 6_500_000,
        "cash.bank": 293_500_000,
        "cash.income_appropriation": -300_000_000,
        "cash.grant_expense": 4_000_000,
        "cash.recoverable": 2_500_000,
    }
    return path


def win(path: Path, clawback: str) -> None:
    """The appeal against a claim is granted."""
    appeal = heard(path, "K0", contested=clawback)
    path.tell(LEADER, "appeals", "grant", appeal, votes=votes(True, True), step="withdraw")


def give_back(path: Path, minor: int) -> None:
    """An order of the fund pays back what had been repaid of the claim."""
    order = draft(path, minor, kind="subsidy", purpose="申诉成立，返还已退款项")
    approve(path, order)
    sign(path, order)
    accept(path, order, minor)
    send(path, order)
    confirm(path, order, minor)
    close(path, order)


def test_a_claim_that_an_appeal_takes_back_gives_back_by_an_order_what_was_repaid(
    district: District,
) -> None:
    path = with_claim_repaid_in_part(district)
    clawback = claim(path)
    win(path, clawback.id)
    withdrawn = found(path, clawback.stream)
    assert (withdrawn.stage, withdrawn.withdrawn_minor) == ("withdrawn", 2_500_000)
    stands = {
        "authority.source": -300_000_000,
        "authority.allotted": 43_000_000,
        "cash.income_appropriation": -300_000_000,
        "cash.grant_expense": 6_500_000,
    }
    assert books(path) == {
        **stands,
        "authority.available": 250_500_000,
        "authority.spent": 6_500_000,
        "cash.bank": 293_500_000,
    }
    path.tell(OFFICER, "grants", "close", path.grant)
    give_back(path, 1_500_000)
    assert books(path) == {
        **stands,
        "authority.available": 249_000_000,
        "authority.spent": 8_000_000,
        "cash.bank": 292_000_000,
        "cash.service_expense": 1_500_000,
    }
