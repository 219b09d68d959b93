"""How another organisation becomes the fiscal agent of a filed one, if it agrees."""

from __future__ import annotations

from collections.abc import Iterable

from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.organisations import filing_events as e
from domain.organisations.organisation import Organisation
from domain.policies import holds, no_interest, other_hands


def can_keep(rule: str, agent: Organisation | None, field: str | None = None) -> Reason | None:
    """A fiscal agent is a legal person that may act and stands on no list (O7, O7a)."""
    return holds(
        f"{rule}.agent",
        agent is not None and agent.is_live and agent.is_legal_person and not agent.barred_by,
        "The fiscal agent is a registered organisation in good standing.",
        field=field,
    )


def may_become(client: Organisation, agent: Organisation | None) -> Iterable[Reason | None]:
    """What is asked when a filed organisation names another fiscal agent (O7)."""
    yield holds(
        "O7.client",
        not client.is_legal_person,
        "A registered organisation keeps its own money and has no fiscal agent.",
        field="/change",
    )
    yield can_keep("O7", agent, "/new_ref")


def accept(client: Organisation, *, by: Mandate) -> None:
    """The one that is named agrees, by its own legal representative, to keep the money (O7c)."""
    stage = client.after("accept-agency")
    check(
        holds(
            "O7c.change",
            client.pending_change == "fiscal_agent",
            "The change that is asked for is not one of fiscal agent.",
        ),
        holds(
            "O7c.once",
            not client.agency_accepted_by,
            "The fiscal agent has agreed already.",
        ),
        other_hands("O7c.own", by, (client.founder, client.leader, client.change_requester)),
    )
    client.record(e.AgencyAccepted(stage=stage, agency_accepted_by=by.person), by)


def is_accepted(client: Organisation, agent: Organisation, by: Mandate) -> Iterable[Reason | None]:
    """The new fiscal agent has agreed, may keep money still, and does not decide itself (O7a).

    What the former one keeps stays in its account until it is paid out or returned.
    """
    yield holds(
        "O7a.accepted",
        bool(client.agency_accepted_by),
        "The legal representative of the new fiscal agent agrees first.",
    )
    yield can_keep("O7a", agent)
    yield no_interest("O7a.agent_interest", by, agent.id)
