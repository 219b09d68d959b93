"""Amendments: changes of an agreement that one side asks for and the funder agrees to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from domain.errors import Reason, check
from domain.grants import changing_events as c
from domain.grants.changes import Added, Around, Changes, Replanned, are_sound
from domain.grants.grant import Grant
from domain.grants.lifecycle import AMENDABLE
from domain.kernel import Aggregate, Event, Mandate
from domain.lifecycle import Lifecycle, Step
from domain.policies import holds, in_stage, no_interest, other_hands
from domain.proposals.content import BudgetLine, Indicator
from domain.rounds.round import Round


class Stage(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


S = Stage
STEPS = (
    #    row   verb        from            to           event
    Step("M1", "request", (), S.REQUESTED, "amendment.requested"),
    Step("M2", "approve", (S.REQUESTED,), S.APPROVED, "amendment.approved"),
    Step("M3", "refuse", (S.REQUESTED,), S.REFUSED, "amendment.refused"),
    Step("M4", "withdraw", (S.REQUESTED,), S.WITHDRAWN, "amendment.withdrawn"),
)
lifecycle = Lifecycle("amendment", Stage, (S.APPROVED, S.REFUSED, S.WITHDRAWN), STEPS)

MAY_RETURN = ("suspended", "terminating")
"""Stages from which a grant may come back to one in which amendments are agreed."""


class Requested(Event, frozen=True, tag="amendment.requested"):
    grant: str
    proposal: str
    round: str
    fund: str
    organisation: str
    place: str
    currency: str
    requester: str
    delta_minor: int
    amount_minor: int | None = None
    tranches: tuple[Replanned, ...] = ()
    added: tuple[Added, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    scope: str | None = None
    ends: date | None = None
    midterm: date | None = None
    party: str | None = None
    account: str | None = None


class Approved(Event, frozen=True, tag="amendment.approved"):
    no: int
    delta_minor: int


class Refused(Event, frozen=True, tag="amendment.refused"):
    pass


class Withdrawn(Event, frozen=True, tag="amendment.withdrawn"):
    pass


class Amendment(Aggregate):
    """A change of one grant's agreement; `no` counts those that were agreed."""

    noun = "amendment"
    lifecycle = lifecycle

    no: int = 0
    grant: str = ""
    proposal: str = ""
    round: str = ""
    fund: str = ""
    organisation: str = ""
    place: str = ""
    requester: str = ""
    delta_minor: int = 0
    amount_minor: int | None = None
    tranches: tuple[Replanned, ...] = ()
    added: tuple[Added, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    scope: str | None = None
    ends: date | None = None
    midterm: date | None = None
    party: str | None = None
    account: str | None = None

    @property
    def changes(self) -> Changes:
        """What is to be changed."""
        names = Changes.__dataclass_fields__
        return Changes(**{name: getattr(self, name) for name in names})


def is_above_limit(amendment: Amendment, round: Round) -> bool:
    """Whether so much money moves that a leader agrees in the place of finance (M2)."""
    return abs(amendment.delta_minor) > round.asks.amendment_limit_minor


def request(id: str, *, changes: Changes, around: Around, requested: int, by: Mandate) -> Amendment:
    """Asks for a change of the agreement (M1), one at a time."""
    grant = around.grant
    check(
        in_stage("M1.grant", grant, *AMENDABLE),
        holds(
            "M1.once",
            not requested,
            "An amendment of this grant is requested already; it is decided first.",
        ),
        *are_sound("M1", changes, around, by.day),
    )
    amendment = Amendment(id=id)
    event = Requested(
        stage=lifecycle.start("request"),
        grant=grant.id,
        proposal=grant.proposal,
        round=grant.round,
        fund=grant.fund,
        organisation=grant.organisation,
        place=grant.place,
        currency=grant.currency,
        requester=by.person,
        delta_minor=changes.delta(grant),
        **changes.stated(),
    )
    amendment.record(event, by)
    return amendment


def may_be_agreed(amendment: Amendment, grant: Grant, by: Mandate) -> Iterable[Reason | None]:
    """Who asked does not agree, nor who gains; the manager agrees to no new payee (M2)."""
    agreeing = by.person if by.prepared_by else ""
    yield holds(
        "M2.requester",
        agreeing != amendment.requester,
        "Who asked for the amendment cannot be the one who agrees to it.",
    )
    yield holds(
        "M2.manager",
        amendment.account is None or not agreeing or agreeing != grant.manager,
        "Somebody else than the grant's manager agrees to a new payee.",
    )
    yield no_interest("M2.interest", by, grant.organisation)


def approve(amendment: Amendment, *, around: Around, no: int, by: Mandate) -> None:
    """Agrees to the change (M2): more is committed (P5a), or less (P5r)."""
    stage = amendment.after("approve")
    grant, delta = around.grant, amendment.changes.delta(around.grant)
    check(
        in_stage("M2.grant", grant, *AMENDABLE),
        *may_be_agreed(amendment, grant, by),
        other_hands("M2.verified", by, around.organisation.verifiers(amendment.account or "")),
        *are_sound("M2", amendment.changes, around, by.day),
    )
    event = Approved(stage=stage, no=no, delta_minor=delta)
    postings = grant.posts("P5a", delta) if delta > 0 else grant.posts("P5r", -delta)
    amendment.record(event, by, postings)


def refuse(amendment: Amendment, *, by: Mandate) -> None:
    """Says no to the change (M3)."""
    amendment.record(Refused(stage=amendment.after("refuse")), by)


def withdraw(amendment: Amendment, *, grant: Grant, by: Mandate) -> None:
    """Takes the request back (M4); the clock does so when it can never be agreed any more."""
    stage = amendment.after("withdraw")
    is_over = grant.stage not in (*AMENDABLE, *MAY_RETURN)
    check(
        holds(
            "M4.stage",
            by.actor.role != "clock" or is_over,
            "The grant is still in a stage in which the amendment can be agreed.",
        )
    )
    amendment.record(Withdrawn(stage=stage), by)


def take_in(grant: Grant, amendment: Amendment, by: Mandate) -> None:
    """The grant as its agreement says from now on (G32)."""
    changes = amendment.changes
    is_new_payee = changes.account is not None
    event = c.Amended(
        stage=grant.after("amend"),
        amendment=amendment.id,
        amount_minor=grant.amount_minor + amendment.delta_minor,
        budget=changes.budget or grant.budget,
        indicators=changes.indicators or grant.indicators,
        scope=changes.scope or grant.scope,
        ends=changes.ends or grant.ends,
        midterm=changes.midterm or grant.midterm,
        account=changes.account or grant.account,
        custody_account="" if changes.party else grant.custody_account,
        payee_changed=by.day if is_new_payee else grant.payee_changed,
        payee_changed_at=by.recorded_at if is_new_payee else grant.payee_changed_at,
        payee_hands=(
            tuple(sorted(by.hands | {amendment.requester})) if is_new_payee else grant.payee_hands
        ),
    )
    grant.record(event, by)
