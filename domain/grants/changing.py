"""What changes or is shown of a grant while it runs: its payee, match money, visits, the result."""

from __future__ import annotations

from collections.abc import Iterable

from domain.custody import CustodyAccount, needs_agent
from domain.documents import Document
from domain.errors import Reason, check
from domain.grants import changing_events as c
from domain.grants import events as e
from domain.grants.grant import Grant
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.policies import at_most, holds, no_interest, other_hands
from domain.tranches.lifecycle import Stage as TrancheStage
from domain.tranches.tranche import Tranche


def nothing_left_open(
    rule: str, grant: Grant, *, custody_minor: int, requested: int
) -> Iterable[Reason | None]:
    """What must have come to its end beside the grant before its account is closed (G18 to G20)."""
    yield holds(
        f"{rule}.custody",
        not custody_minor,
        "A custody account still holds money of this grant.",
    )
    yield holds(
        f"{rule}.amendments",
        not requested,
        "An amendment of the grant is requested and not decided.",
    )


def goes_to_agent(
    rule: str, account: str, organisation: Organisation, custody: CustodyAccount | None
) -> Reason | None:
    """Money of an organisation that is no legal person goes to its fiscal agent."""
    is_agents = custody is not None and account == custody.account
    return holds(
        f"{rule}.custody_account",
        is_agents or not needs_agent(organisation),
        "The money of a filed organisation is paid to the account of its fiscal agent, for whom a "
        "custody account is open.",
        field="/account",
    )


def none_at_the_bank(rule: str, tranches: Iterable[Tranche]) -> Reason | None:
    """No payment to the old account is on its way."""
    return holds(
        f"{rule}.sent",
        not any(tranche.stage == TrancheStage.SENT for tranche in tranches),
        "A payment to the old account is at the bank; wait for its answer.",
    )


def is_new(rule: str, account: str, grant: Grant) -> Reason | None:
    """The account is another than that of the agreement."""
    return holds(
        f"{rule}.account",
        account != grant.account,
        "This is the account of the agreement already.",
        field="/account",
    )


def is_proof(rule: str, document: Document, grant: Grant, by: Mandate) -> Iterable[Reason | None]:
    """A document about this grant that somebody else than those who decide has put on file."""
    yield holds(
        f"{rule}.document",
        document.subject == grant.stream,
        "The document that proves it is filed with this grant.",
        field="/document",
    )
    yield other_hands(f"{rule}.filed", by, (document.owner,))


def is_party(
    rule: str, grant: Grant, organisation: Organisation, field: str | None = None
) -> Reason | None:
    """A filed organisation that was registered meanwhile is paid after an amendment alone."""
    return holds(
        f"{rule}.party",
        needs_agent(organisation) or not grant.custody_account,
        "The organisation was registered meanwhile; amend party and payee of the agreement.",
        field=field,
    )


def change_payee(
    grant: Grant,
    *,
    account: str,
    document: Document,
    organisation: Organisation,
    custody: CustodyAccount | None,
    tranches: tuple[Tranche, ...],
    by: Mandate,
) -> None:
    """Pays to another account from now on (G31); no payment goes there for some days."""
    stage = grant.after("change-payee")
    check(
        is_new("G31", account, grant),
        goes_to_agent("G31", account, organisation, custody),
        is_party("G31", grant, organisation, "/account"),
        none_at_the_bank("G31", tranches),
        other_hands("G31.manager", by, (grant.manager,)),
        other_hands("G31.verified", by, organisation.verifiers(account)),
        *is_proof("G31", document, grant, by),
    )
    event = c.PayeeChanged(
        stage=stage,
        account=account,
        verification=document.id,
        payee_changed=by.day,
        payee_changed_at=by.recorded_at,
        payee_hands=tuple(sorted(by.hands | {document.owner})),
    )
    grant.record(event, by)


def record_match(
    grant: Grant, *, amount_minor: int, document: Document, pledged_minor: int, by: Mandate
) -> None:
    """Match money that evidence shows (G29); so much less is pledged."""
    stage = grant.after("record-match")
    check(
        at_most(
            "G29.pledged",
            amount_minor,
            pledged_minor,
            grant.currency,
            of="match.pledged",
            field="/amount_minor",
        ),
        holds(
            "G29.document",
            document.subject == grant.stream,
            "The document that proves it is filed with this grant.",
            field="/document",
        ),
    )
    event = c.MatchReceived(stage=stage, amount_minor=amount_minor, document=document.id)
    grant.record(event, by, grant.posts("P15m", amount_minor))


def record_visit(
    grant: Grant,
    *,
    kind: str,
    visitors: tuple[str, ...],
    notes: str,
    faults: tuple[str, ...],
    by: Mandate,
) -> None:
    """A visit by two people (G30), with the faults that they found."""
    stage = grant.after("record-visit")
    check(
        holds(
            "G30.visitors",
            len(set(visitors)) >= 2,
            "Name the two people or more who visited.",
            field="/visitors",
        ),
        no_interest("G30.interest", by, grant.organisation),
    )
    event = c.Visited(stage=stage, kind=kind, visitors=visitors, notes=notes, faults=faults)
    grant.record(event, by)


def publish_result(grant: Grant, *, by: Mandate) -> None:
    """Makes known how a grant ended (G27)."""
    stage = grant.after("publish-result")
    check(
        holds("G27.once", grant.result_published is None, "The result is published already."),
        no_interest("G27.interest", by, grant.organisation),
    )
    grant.record(c.ResultPublished(stage=stage, result_published=by.day), by)


def take_back(grant: Grant, *, amount_minor: int, bank_ref: str, by: Mandate) -> None:
    """Counts what a fiscal agent returned among the refunds (G23); the agent's record posts it."""
    stage = grant.after("record-refund")
    event = e.RefundReceived(stage=stage, amount_minor=amount_minor, bank_ref=bank_ref)
    grant.record(event, by)
