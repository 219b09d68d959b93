"""How money is promised to a fund, and how a promise is taken back."""

from __future__ import annotations

from domain.errors import check
from domain.funds import entries as e
from domain.funds.events import pledged
from domain.funds.fund import Fund
from domain.kernel import Mandate
from domain.policies import at_most, holds


def pledge_contribution(
    fund: Fund,
    *,
    contributor: str,
    source: str,
    amount_minor: int,
    purposes: tuple[str, ...],
    letter: str,
    binding: bool,
    by: Mandate,
) -> None:
    """Records a promise of money (F4); a binding one gives the right to commit at once (P1)."""
    stage = fund.after("pledge-contribution")
    check(
        holds(
            "F4.letter",
            letter not in {known.letter for known in fund.contributions},
            "The letter {letter} is recorded already.",
            field="/letter",
            letter=letter,
        ),
        holds(
            "F4.purposes",
            set(purposes) <= set(fund.purposes),
            "A contribution may only be for purposes of its fund.",
            field="/purposes",
        ),
    )
    event = e.ContributionPledged(
        stage=stage,
        contributor=contributor,
        source=source,
        amount_minor=amount_minor,
        purposes=purposes,
        letter=letter,
        binding=binding,
    )
    postings = fund.posts("P1", amount_minor, contributor=contributor) if binding else ()
    fund.record(event, by, postings)


def withdraw_pledge(fund: Fund, *, pledge: int, amount_minor: int, by: Mandate) -> None:
    """Takes back a promise as far as it is open (F4a), with the authority it gave (P12a)."""
    stage = fund.after("withdraw-pledge")
    known = pledged(fund.contributions, pledge)
    check(holds("F4a.pledge", known is not None, "There is no such pledge.", field="/pledge"))
    assert known is not None
    field, is_binding = "/amount_minor", known.binding
    check(
        at_most(
            "F4a.open", amount_minor, known.open_minor, fund.currency, of="pledge", field=field
        ),
        fund.has_available("F4a.available", amount_minor, field=field) if is_binding else None,
    )
    event = e.PledgeWithdrawn(
        stage=stage, pledge=pledge, contributor=known.contributor, amount_minor=amount_minor
    )
    dimensions = {"contributor": known.contributor}
    postings = fund.posts("P12a", amount_minor, **dimensions) if is_binding else ()
    fund.record(event, by, postings)
