"""What an organisation does with its proposal: draft, submit, correct, withdraw."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from domain.eligibility import may_apply
from domain.errors import Reason, Word, check
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.policies import check_unless_set_aside, holds, in_stage
from domain.proposals import events as e
from domain.proposals.content import (
    PARTS,
    Content,
    acceptable,
)
from domain.proposals.joining import may_take_part
from domain.proposals.lifecycle import lifecycle
from domain.proposals.proposal import Proposal
from domain.rounds.lifecycle import Stage as RoundStage
from domain.rounds.round import Round


def may_draft(round: Round, organisation: Organisation, by: Mandate) -> Iterable[Reason | None]:
    """What is asked of the round and of the organisation before anything is written (S1)."""
    yield in_stage("S1.round", round, RoundStage.OPEN)
    yield from may_apply("S1", organisation, round, by.day)


def may_join(
    partners: tuple[str, ...], organisation: Organisation, round: Round
) -> Iterable[Reason | None]:
    """What is asked of the partners of a joint proposal (S1)."""
    yield holds(
        "S1.joint",
        round.asks.joint_allowed or not partners,
        "This round takes no joint proposals.",
        field="/partners",
    )
    yield holds(
        "S1.partners",
        len({organisation.id, *partners}) == 1 + len(partners),
        "A partner is another organisation than the one that proposes, and is named once.",
        field="/partners",
    )


def draft(
    id: str,
    *,
    no: str,
    round: Round,
    organisation: Organisation,
    partners: tuple[str, ...],
    content: Content,
    by: Mandate,
) -> Proposal:
    check(*may_draft(round, organisation, by), *may_join(partners, organisation, round))
    proposal = Proposal(id=id)
    event = e.Drafted(
        stage=lifecycle.start("draft"),
        no=no,
        round=round.id,
        organisation=organisation.id,
        fund=round.fund,
        currency=round.currency,
        place=round.place,
        drafter=by.person,
        partners=partners,
        title=content.title,
        content=content,
    )
    proposal.record(event, by)
    return proposal


def edit(proposal: Proposal, *, content: Content, round: Round, by: Mandate) -> None:
    stage = proposal.after("edit")
    check(in_stage("S2.round", round, RoundStage.OPEN))
    proposal.record(e.Edited(stage=stage, content=content), by)


def below_limit(live_of_party: int, limit: int) -> Reason | None:
    """The organisation has not as many proposals in the round as it may have."""
    return holds(
        "S3.limit",
        live_of_party < limit,
        "An organisation may have {limit} proposals in this round.",
        limit=limit,
    )


def submit(
    proposal: Proposal,
    *,
    round: Round,
    parties: tuple[Organisation, ...],
    live_of_party: int,
    by: Mandate,
) -> None:
    """Hands the proposal to the round (S3); of the `parties` the one that proposes is the first."""
    stage, says = proposal.after("submit"), proposal.says
    check_unless_set_aside(
        proposal,
        by,
        in_stage("S3.round", round, RoundStage.OPEN),
        *may_take_part(proposal, parties, round, by),
        *acceptable(says, round),
        below_limit(live_of_party, round.asks.per_organisation_limit),
    )
    event = e.Submitted(
        stage=stage,
        no=proposal.no,
        requested_minor=says.requested_minor,
        match_minor=says.match_minor,
        budget=says.budget,
        indicators=says.indicators,
        content_sha=says.sha256,
    )
    proposal.record(event, by, proposal.posts("P15", says.match_minor))


def take_back(proposal: Proposal, *, round: Round, by: Mandate) -> None:
    stage = proposal.after("take-back")
    check(in_stage("S3a.round", round, RoundStage.OPEN))
    proposal.record(e.TakenBack(stage=stage), by, proposal.gives_back())


def only_listed_parts(proposal: Proposal, content: Content) -> Reason | None:
    """A correction changes nothing that was not listed as a defect (S6)."""
    listed = {defect.part for defect in proposal.defects}
    changed = {part for part in PARTS if getattr(content, part) != getattr(proposal.says, part)}
    return holds(
        "S6.listed",
        changed <= listed,
        "Only the parts that were listed may be changed; this also changes: {parts}.",
        field="/content",
        parts=tuple(Word("field", part) for part in sorted(changed - listed)),
    )


def resubmit(proposal: Proposal, *, content: Content, round: Round, by: Mandate) -> None:
    """Hands the corrected proposal back (S6); only the parts with defects may differ."""
    stage = proposal.after("resubmit")
    check_unless_set_aside(
        proposal,
        by,
        holds(
            "S6.due",
            proposal.due is not None and by.day <= proposal.due,
            "The correction was due on {due}.",
            due=proposal.due,
        ),
        only_listed_parts(proposal, content),
        *acceptable(content, round),
    )
    event = e.Resubmitted(
        stage=stage,
        content=content,
        requested_minor=content.requested_minor,
        match_minor=content.match_minor,
        budget=content.budget,
        content_sha=content.sha256,
    )
    pledged, promised = proposal.balance("match.pledged"), content.match_minor
    moved = () if pledged == promised else proposal.gives_back() + proposal.posts("P15", promised)
    proposal.record(event, by, moved)


def lapse(proposal: Proposal, *, more_days: int, by: Mandate) -> None:
    """Ends a correction that was not made (S7); later where its due day is set aside."""
    stage = proposal.after("lapse")
    over = proposal.due is not None and by.day > proposal.due + timedelta(days=more_days)
    check(holds("S7.due", over, "The correction is not overdue."))
    proposal.record(e.Lapsed(stage=stage), by, proposal.gives_back())


def withdraw(proposal: Proposal, *, by: Mandate) -> None:
    stage = proposal.after("withdraw")
    proposal.record(e.Withdrawn(stage=stage), by, proposal.gives_back())


def expire_draft(proposal: Proposal, *, round: Round, by: Mandate) -> None:
    stage = proposal.after("expire-draft")
    taking = (RoundStage.PUBLISHED, RoundStage.OPEN)
    check(holds("S26.round", round.stage not in taking, "Intake is not closed."))
    proposal.record(e.DraftExpired(stage=stage), by)
