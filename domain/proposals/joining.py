"""Joint proposals: each partner consents to the content as it stands, by its own hand.

The proposing organisation's representative signs for the proposing organisation alone. So that
nobody speaks for a partner, its own legal representative consents by a step of its own, and a
consent goes no further than the words and figures that were consented to.
"""

from __future__ import annotations

from collections.abc import Iterable

from domain.eligibility import may_apply
from domain.errors import Reason, check
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.policies import holds, in_stage
from domain.proposals import turns as e
from domain.proposals.proposal import Proposal
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round


def consent(proposal: Proposal, *, partner: Organisation, round: Round, by: Mandate) -> None:
    """A partner agrees to take part in the proposal as it stands now (S3b)."""
    stage = proposal.after("consent")
    check(
        in_stage("S3b.round", round, RoundStage.OPEN),
        holds(
            "S3b.partner",
            partner.id in proposal.partners,
            "“{name}” is no partner of this proposal.",
            name=partner.name,
        ),
        *may_apply("S3b", partner, round, by.day),
    )
    event = e.Consented(stage=stage, organisation=partner.id, content_sha=proposal.says.sha256)
    proposal.record(event, by)


def all_consent(proposal: Proposal, partners: Iterable[Organisation]) -> Reason | None:
    """Every partner has consented to the content as it stands (S3)."""
    stands = proposal.says.sha256
    agreed = {c.organisation for c in proposal.consents if c.content_sha == stands}
    missing = tuple(partner.name for partner in partners if partner.id not in agreed)
    return holds(
        "S3.consent",
        not missing,
        "These partners have not consented to the proposal as it stands: {names}.",
        names=missing,
    )


def may_take_part(
    proposal: Proposal, parties: tuple[Organisation, ...], round: Round, by: Mandate
) -> Iterable[Reason | None]:
    """Every party is live and eligible, and every partner consents (S3)."""
    for party in parties:
        yield from may_apply("S3", party, round, by.day)
    yield all_consent(proposal, parties[1:])
