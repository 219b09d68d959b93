"""How money is promised to a fund, and how a promise is taken back."""

from __future__ import annotations

from domain.errors import check
from domain.funds import entries as e
from domain.funds.events import pledged
from domain.funds.fund import Fund
from domain.funds.receipts import is_for_its_purposes
from domain.funds.values import Contribution
from domain.kernel import Mandate
from domain.policies import at_most, holds


def pledge_contribution(fund: Fund, *, promised: Contribution, by: Mandate) -> None:
    """Records a promise of money (F4); a binding one gives the right to commit at once (P1)."""
    stage, letter = fund.after("pledge-contribution"), promised.letter
    check(
        holds(
            "F4.letter",
            letter not in {known.letter for known in fund.contributions},
            "The letter {letter} is recorded already.",
            field="/letter",
            letter=letter,
        ),
        is_for_its_purposes("F4.purposes", fund, promised),
    )
    event = e.ContributionPledged(
        stage=stage,
        contributor=promised.contributor,
        source=promised.source,
        amount_minor=promised.amount_minor,
        purposes=promised.purposes,
        letter=letter,
        binding=promised.binding,
    )
    dimensions = {"contributor": promised.contributor}
    binds = fund.posts("P1", promised.amount_minor, **dimensions) if promised.binding else ()
    fund.record(event, by, binds)


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
