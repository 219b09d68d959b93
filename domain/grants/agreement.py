"""How a grant comes about: opened by the award, signed, activated, or cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.custody import CustodyAccount, needs_agent
from domain.eligibility import may_apply
from domain.errors import Reason, check
from domain.funds.fund import Fund
from domain.grants import events as e
from domain.grants.changing import goes_to_agent
from domain.grants.grant import Grant
from domain.grants.lifecycle import lifecycle
from domain.kernel import Mandate
from domain.money import shares
from domain.organisations import Organisation
from domain.policies import holds
from domain.proposals.proposal import Proposal
from domain.rounds.round import Round
from domain.rounds.rules import Instalment


def open_for(id: str, *, proposal: Proposal, round: Round, due: date, by: Mandate) -> Grant:
    """Turns an award into a grant that waits for its agreement (G1)."""
    grant = Grant(id=id)
    event = e.Opened(
        stage=lifecycle.start("open"),
        no=proposal.award_no,
        proposal=proposal.id,
        round=round.id,
        fund=round.fund,
        organisation=proposal.organisation,
        place=round.place,
        currency=round.currency,
        amount_minor=proposal.amount_minor,
        budget=proposal.budget,
        indicators=proposal.says.indicators,
        sign_due=due,
    )
    grant.record(event, by)
    return grant


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an agreement says beyond the award: its document, account, period and mid-term."""

    document: str
    account: str
    starts: date
    ends: date
    midterm: date | None


def may_sign(
    grant: Grant,
    organisation: Organisation,
    custody: CustodyAccount | None,
    terms: Terms,
    *,
    round: Round,
    by: Mandate,
) -> Iterable[Reason | None]:
    """What is asked of the organisation and its account when it signs (G2)."""
    yield from may_apply("G2", organisation, round, by.day)
    yield holds(
        "G2.custody",
        custody is not None or not needs_agent(organisation),
        "A filed organisation needs an open custody account with its fiscal agent.",
    )
    yield holds(
        "G2.currency",
        custody is None or custody.currency == grant.currency,
        "The custody account is in another currency than the grant.",
    )
    yield goes_to_agent("G2", terms.account, organisation, custody)
    yield holds(
        "G2.payee",
        grant.payee_changed is None or terms.account == grant.account,
        "The payee was changed before the agreement; it names the account that was agreed.",
        field="/account",
    )


def are_sound(terms: Terms, parts: tuple[Instalment, ...]) -> Iterable[Reason | None]:
    """What is asked of the terms themselves, given the instalments of the round (G2)."""
    starts, ends, midterm = terms.starts, terms.ends, terms.midterm
    needs_midterm = any(part.condition == "midterm" for part in parts)
    yield holds("G2.period", starts < ends, "The last day comes after the first.", field="/ends")
    yield holds(
        "G2.midterm",
        midterm is not None or not needs_midterm,
        "A tranche of this round waits for the mid-term, so the agreement names its day.",
        field="/midterm",
    )
    yield holds(
        "G2.midterm_within",
        midterm is None or starts < midterm < ends,
        "The mid-term lies inside the period.",
        field="/midterm",
    )
    yield holds(
        "G2.account", bool(terms.account), "The agreement names an account.", field="/account"
    )


def sign_agreement(
    grant: Grant,
    *,
    terms: Terms,
    organisation: Organisation,
    custody: CustodyAccount | None,
    round: Round,
    by: Mandate,
) -> None:
    """Signs the agreement (G2); the tranches follow from the round's shares and sum to it.

    The fiscal agent is a party by the hands that signed its agreement to keep this money.
    """
    stage, parts = grant.after("sign-agreement"), round.asks.tranches
    reasons = may_sign(grant, organisation, custody, terms, round=round, by=by)
    check(*reasons, *are_sound(terms, parts))
    event = e.AgreementSigned(
        stage=stage,
        document=terms.document,
        account=terms.account,
        starts=terms.starts,
        ends=terms.ends,
        midterm=terms.midterm,
        parties=tuple(sorted(by.hands.union(custody.signatories if custody else ()))),
        instalments=parts,
        amounts_minor=shares(grant.amount_minor, [part.percent for part in parts]),
        custody_account=custody.id if custody else "",
    )
    grant.record(event, by)


def activate(
    grant: Grant, *, organisation: Organisation, fund: Fund, reserved_minor: int, by: Mandate
) -> None:
    """Turns the money that is reserved for the award into a commitment (G3)."""
    stage = grant.after("activate")
    check(
        holds("G3.fund", fund.is_active, "The fund is not active."),
        holds(
            "G3.blocked",
            not organisation.barred_by,
            "The organisation is on a list, suspended or being deregistered.",
        ),
        holds(
            "G3.reserved",
            reserved_minor == grant.amount_minor,
            "What is reserved for the award is not the amount of the grant.",
        ),
    )
    event = e.Activated(
        stage=stage, amount_minor=grant.amount_minor, manager=by.prepared_by or by.person
    )
    grant.record(event, by, grant.posts("P5", grant.amount_minor))


def cancel(grant: Grant, *, cause: str, pledged_minor: int, by: Mandate) -> None:
    """Ends a grant that was never activated (G28): declined, found unfit, or unsigned when due."""
    stage = grant.after("cancel")
    overdue = grant.sign_due is not None and by.day > grant.sign_due
    check(
        holds(
            "G28.due",
            by.actor.role != "clock" or (overdue and grant.stage == "agreement_pending"),
            "The agreement is not overdue.",
        )
    )
    postings = grant.posts("P4r", grant.amount_minor) + grant.posts("P15r", pledged_minor)
    grant.record(e.Cancelled(stage=stage, cause=cause), by, postings)
