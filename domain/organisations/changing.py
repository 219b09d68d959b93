"""How an organisation changes while it lives: name, leader, address, account, fiscal agent."""

from __future__ import annotations

from collections.abc import Iterable

from domain.documents import Document
from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.organisations import filing_events as e
from domain.organisations.agency import is_accepted, may_become
from domain.organisations.guards import is_free, is_no_member, is_of
from domain.organisations.organisation import Organisation
from domain.policies import holds, other_hands

REFERENCES = {"leader": "person:", "account": "account:"}
"""What is named by a reference instead of in words, and how such a reference begins."""


def may_be_asked(
    organisation: Organisation,
    change: e.Changing,
    new_ref: str,
    namesakes: int,
    agent: Organisation | None,
) -> Iterable[Reason | None]:
    """What is asked of the new value (O7)."""
    yield holds(
        "O7.reference",
        new_ref.startswith(REFERENCES.get(change, "")),
        "A leader is named as person: and an account as account:, with the id behind it.",
        field="/new_ref",
    )
    yield holds(
        "O7.same",
        new_ref != getattr(organisation, change),
        "This is what is recorded already.",
        field="/new_ref",
    )
    yield holds(
        "O7.account",
        change != "account" or organisation.is_legal_person,
        "A filed organisation has no account of its own; its fiscal agent keeps its money.",
        field="/change",
    )
    yield is_free("O7", namesakes if change == "name" else 0, "/new_ref")
    if change == "fiscal_agent":
        yield from may_become(organisation, agent)


def request(
    organisation: Organisation,
    *,
    change: e.Changing,
    new_ref: str,
    document: Document,
    namesakes: int,
    agent: Organisation | None = None,
    by: Mandate,
) -> None:
    """Asks for one change, with a document that shows it (O7)."""
    stage = organisation.after("request-change")
    check(
        *may_be_asked(organisation, change, new_ref, namesakes, agent),
        is_of("O7", organisation, document, "/document"),
    )
    event = e.ChangeRequested(
        stage=stage,
        pending_change=change,
        new_ref=new_ref,
        change_document=document.id,
        change_requester=by.person,
        stage_before_change=organisation.stage,
    )
    organisation.record(event, by)


def is_of_account(organisation: Organisation) -> bool:
    """Whether the change leads money elsewhere, so that two officers verify it (O7a)."""
    return organisation.pending_change in ("account", "fiscal_agent")


def decides_freely(rule: str, organisation: Organisation, by: Mandate) -> Iterable[Reason | None]:
    """Whoever decides neither belongs to the organisation nor is to lead it (O7a, O7b)."""
    yield from is_no_member(rule, organisation, by)
    if organisation.pending_change == "leader":
        yield other_hands(f"{rule}.leader", by, (organisation.new_ref,))


def approve(
    organisation: Organisation,
    *,
    document: Document,
    namesakes: int,
    agent: Organisation | None = None,
    by: Mandate,
) -> None:
    """Makes the change (O7a); the day of a change of account is kept, payments wait after it."""
    stage, change = organisation.after("approve-change"), organisation.pending_change
    check(
        *decides_freely("O7a", organisation, by),
        other_hands("O7a.filed", by, (document.owner,)),
        is_free("O7a", namesakes if change == "name" else 0),
        *(is_accepted(organisation, agent, by) if agent else ()),
    )
    assert change, "a change is asked for in that stage"
    is_account = change == "account"
    event = e.Changed(
        stage=stage,
        changed=change,
        old_ref=getattr(organisation, change),
        new_ref=organisation.new_ref,
        account_changed=by.day if is_account else organisation.account_changed,
        account_changed_at=by.recorded_at if is_account else organisation.account_changed_at,
        account_hands=tuple(sorted(by.hands)) if is_account else organisation.account_hands,
    )
    organisation.record(event, by)


def refuse(organisation: Organisation, *, by: Mandate) -> None:
    """Leaves everything as it was (O7b)."""
    stage = organisation.after("refuse-change")
    check(*decides_freely("O7b", organisation, by))
    organisation.record(e.ChangeRefused(stage=stage), by)
