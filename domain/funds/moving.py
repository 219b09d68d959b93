"""How money leaves a fund for another: by a transfer, by a rule, into the next year."""

from __future__ import annotations

from collections.abc import Iterable

from domain.documents import Document
from domain.errors import Reason, check
from domain.funds import entries as e
from domain.funds.fund import Fund
from domain.funds.values import Share
from domain.kernel import Mandate
from domain.ledger import Posting
from domain.money import percent_half_up
from domain.policies import holds

Split = tuple[Share, ...]


def transfer(
    fund: Fund, *, to: Fund, authority_minor: int, cash_minor: int, split: Split, by: Mandate
) -> None:
    """Passes authority, cash or both to another fund (F6)."""
    stage = fund.after("transfer")
    check(*may_move("F6", fund, to, authority_minor, cash_minor, split))
    event = e.Transferred(
        stage=stage, to=to.id, authority_minor=authority_minor, cash_minor=cash_minor, split=split
    )
    fund.record(event, by, passed(fund, to, authority_minor, cash_minor, split))


def carry_over(
    fund: Fund, *, to: Fund, authority_minor: int, cash_minor: int, split: Split, by: Mandate
) -> None:
    """Passes what is left to the fund of the same purposes for the year after (F10)."""
    stage = fund.after("carry-over")
    check(
        holds(
            "F10.year",
            to.year == fund.year + 1,
            "What is left is carried over into the fund of the year {year}.",
            field="/to",
            year=fund.year + 1,
        ),
        holds(
            "F10.same",
            set(to.purposes) == set(fund.purposes),
            "What is left is carried over into a fund of the same purposes.",
            field="/to",
        ),
        *may_move("F10", fund, to, authority_minor, cash_minor, split),
    )
    event = e.CarriedOver(
        stage=stage, to=to.id, authority_minor=authority_minor, cash_minor=cash_minor, split=split
    )
    fund.record(event, by, passed(fund, to, authority_minor, cash_minor, split))


def apply_allocation_rule(
    fund: Fund,
    *,
    to: Fund,
    rule_version: str,
    document: Document,
    basis_minor: int,
    percent: int,
    moves: str,
    by: Mandate,
) -> None:
    """Passes on a share of a basis that a document shows (F5), half up to the minor unit."""
    stage = fund.after("apply-allocation-rule")
    amount = percent_half_up(basis_minor, percent)
    authority, cash = (amount if moves != other else 0 for other in ("cash", "authority"))
    check(
        holds(
            "F5.once",
            (rule_version, document.id) not in fund.allocations,
            "This rule has been applied to this document already.",
            field="/document",
        ),
        holds(
            "F5.document",
            document.subject == fund.stream,
            "The document that shows the basis is not filed with this fund.",
            field="/document",
        ),
        *may_move("F5", fund, to, authority, cash, (), field="/basis_minor"),
    )
    event = e.AllocationComputed(
        stage=stage,
        to=to.id,
        rule_version=rule_version,
        document=document.id,
        basis_minor=basis_minor,
        percent=percent,
        amount_minor=amount,
        authority_minor=authority,
        cash_minor=cash,
    )
    fund.record(event, by, passed(fund, to, authority, cash, ()))


def lapse_authority(fund: Fund, *, amount_minor: int, by: Mandate) -> None:
    """Lets the right to commit end as far as nobody has used it (F10a, P12a)."""
    stage = fund.after("lapse-authority")
    check(fund.has_available("F10a.available", amount_minor, field="/amount_minor"))
    event = e.AuthorityLapsed(stage=stage, amount_minor=amount_minor)
    fund.record(event, by, fund.posts("P12a", amount_minor))


def may_move(
    rule: str,
    fund: Fund,
    to: Fund,
    authority_minor: int,
    cash_minor: int,
    split: Split,
    *,
    field: str = "",
) -> Iterable[Reason | None]:
    """What is asked of every move between two funds."""
    yield holds(
        f"{rule}.other", to.id != fund.id, "A fund does not pass money to itself.", field="/to"
    )
    yield holds(
        f"{rule}.currency",
        to.currency == fund.currency,
        "Both funds must be kept in {currency}.",
        field="/to",
        currency=fund.currency,
    )
    yield holds(
        f"{rule}.target", to.is_active, "The fund that would receive is not active.", field="/to"
    )
    yield holds(
        f"{rule}.purposes",
        set(to.purposes) <= set(fund.purposes),
        "The fund that would receive has purposes for which this money was not given.",
        field="/to",
    )
    yield holds(
        f"{rule}.amount",
        authority_minor + cash_minor > 0,
        "Say how much authority, how much cash, or both.",
        field=field or "/authority_minor",
    )
    yield fund.has_available(
        f"{rule}.available", authority_minor, field=field or "/authority_minor"
    )
    yield fund.has_free_cash(f"{rule}.cash", cash_minor, field=field or "/cash_minor")
    if split:
        sums = tuple(
            map(sum, zip(*((s.authority_minor, s.cash_minor) for s in split), strict=True))
        )
        yield holds(
            f"{rule}.split",
            sums == (authority_minor, cash_minor),
            "The shares of the contributors do not add up to what is moved.",
            field="/split",
        )


def passed(
    fund: Fund, to: Fund, authority_minor: int, cash_minor: int, split: Split
) -> tuple[Posting, ...]:
    """The postings in both funds (P17), one of each leg for every contributor's share."""
    legs: list[Posting] = []
    whole = Share(contributor="", authority_minor=authority_minor, cash_minor=cash_minor)
    for share in split or (whole,):
        who = share.contributor
        legs.extend(fund.posts("P17.cash_out", share.cash_minor, contributor=who))
        legs.extend(fund.posts("P17.authority_out", share.authority_minor, contributor=who))
        legs.extend(to.posts("P17.cash_in", share.cash_minor, contributor=who))
        legs.extend(to.posts("P17.authority_in", share.authority_minor, contributor=who))
    return tuple(legs)
