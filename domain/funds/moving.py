"""How money leaves a fund for another: by a transfer, by a rule, into the next year."""

from __future__ import annotations

from collections.abc import Iterable

from domain.documents import Document
from domain.errors import Reason, check
from domain.funds import entries as e
from domain.funds.fund import Fund
from domain.funds.values import Basis, Share
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
    check(
        *may_target("F6", fund, to),
        *may_spare("F6", fund, authority_minor, cash_minor),
        adds_up("F6", split, authority_minor, cash_minor),
    )
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
        *may_target("F10", fund, to),
        *may_spare("F10", fund, authority_minor, cash_minor),
        adds_up("F10", split, authority_minor, cash_minor),
    )
    event = e.CarriedOver(
        stage=stage, to=to.id, authority_minor=authority_minor, cash_minor=cash_minor, split=split
    )
    fund.record(event, by, passed(fund, to, authority_minor, cash_minor, split))


def apply_allocation_rule(
    fund: Fund, *, to: Fund, document: Document, basis: Basis, by: Mandate
) -> None:
    """Passes on a share of a basis that a document shows (F5, P17), half up to the minor unit."""
    stage = fund.after("apply-allocation-rule")
    amount = percent_half_up(basis.basis_minor, basis.percent)
    authority, cash = (amount if basis.moves != other else 0 for other in ("cash", "authority"))
    check(
        *may_apply(fund, basis, document),
        *may_target("F5", fund, to),
        *may_spare("F5", fund, authority, cash, field="/basis_minor"),
    )
    event = e.AllocationComputed(
        stage=stage,
        to=to.id,
        rule_version=basis.rule_version,
        document=document.id,
        basis_minor=basis.basis_minor,
        percent=basis.percent,
        amount_minor=amount,
        authority_minor=authority,
        cash_minor=cash,
    )
    fund.record(event, by, passed(fund, to, authority, cash, ()))


def may_apply(fund: Fund, basis: Basis, document: Document) -> Iterable[Reason | None]:
    """A rule is applied once to each document, and the document is the fund's."""
    yield holds(
        "F5.once",
        (basis.rule_version, document.id) not in fund.allocations,
        "This rule has been applied to this document already.",
        field="/document",
    )
    yield holds(
        "F5.document",
        document.subject == fund.stream,
        "The document that shows the basis is not filed with this fund.",
        field="/document",
    )


def lapse_authority(fund: Fund, *, amount_minor: int, by: Mandate) -> None:
    """Lets the right to commit end as far as nobody has used it (F10a, P12a)."""
    stage = fund.after("lapse-authority")
    check(fund.has_available("F10a.available", amount_minor, field="/amount_minor"))
    event = e.AuthorityLapsed(stage=stage, amount_minor=amount_minor)
    fund.record(event, by, fund.posts("P12a", amount_minor))


def may_target(rule: str, fund: Fund, to: Fund) -> Iterable[Reason | None]:
    """What is asked of the fund that would receive."""
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


def may_spare(
    rule: str, fund: Fund, authority_minor: int, cash_minor: int, *, field: str = ""
) -> Iterable[Reason | None]:
    """What is asked of the amounts: that they are something, and that the fund can spare them."""
    of_authority, of_cash = field or "/authority_minor", field or "/cash_minor"
    yield holds(
        f"{rule}.amount",
        authority_minor + cash_minor > 0,
        "Say how much authority, how much cash, or both.",
        field=of_authority,
    )
    yield fund.has_available(f"{rule}.available", authority_minor, field=of_authority)
    yield fund.has_free_cash(f"{rule}.cash", cash_minor, field=of_cash)


def adds_up(rule: str, split: Split, authority_minor: int, cash_minor: int) -> Reason | None:
    """The shares of the contributors, where they are named, are all of what moves."""
    sums = (sum(s.authority_minor for s in split), sum(s.cash_minor for s in split))
    return holds(
        f"{rule}.split",
        not split or sums == (authority_minor, cash_minor),
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
