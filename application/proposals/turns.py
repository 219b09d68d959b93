"""How turns of a proposal are carried out: consent, better content, waiting, a forced end."""

from __future__ import annotations

from dataclasses import replace

from application.asides import is_ready
from application.docket import Docket
from application.proposals.commands import (
    AskOptimisation,
    Changes,
    ConsentToProposal,
    DisqualifyProposal,
    ExpireWait,
    LapseOptimisation,
    PromoteProposal,
    SubmitOptimised,
    WaitlistProposal,
)
from application.told import Handlers, said, tells
from domain.kernel import Mandate
from domain.organisations import Organisation
from domain.overrides import OVERRUN_DAYS
from domain.proposals import joining, optimising, waiting
from domain.proposals.content import PARTS, Content
from domain.proposals.lifecycle import Stage
from domain.proposals.proposal import Proposal
from domain.rounds.round import Round


def amended(content: Content, changes: Changes) -> Content:
    """The content with the given parts in place of the old ones."""
    given = {part: getattr(changes, part) for part in PARTS}
    return replace(content, **{part: new for part, new in given.items() if new is not None})


def consent(command: ConsentToProposal, docket: Docket, id: str, by: Mandate) -> Proposal:
    """The partner is the organisation for which the person acts."""
    proposal = docket.load(Proposal, id)
    partner = docket.load(Organisation, by.actor.place.get("organisation", ""))
    round = docket.load(Round, proposal.round)
    joining.consent(proposal, partner=partner, round=round, by=by)
    return proposal


def ask_optimisation(command: AskOptimisation, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    round = docket.load(Round, proposal.round)
    optimising.ask_optimisation(proposal, **said(command), round=round, by=by)
    return proposal


def submit_optimised(command: SubmitOptimised, docket: Docket, id: str, by: Mandate) -> Proposal:
    """The content as the budget check left it, with the given parts in place of the old ones."""
    proposal = docket.load(Proposal, id)
    checked = replace(
        proposal.says, budget=proposal.budget, requested_minor=proposal.requested_minor
    )
    round = docket.load(Round, proposal.round)
    optimising.submit_optimised(proposal, content=amended(checked, command), round=round, by=by)
    return proposal


def lapse_optimisation(
    command: LapseOptimisation, docket: Docket, id: str, by: Mandate
) -> Proposal:
    proposal = docket.load(Proposal, id)
    more_days = OVERRUN_DAYS if is_ready(docket, proposal, "S12a.due") else 0
    optimising.lapse_optimisation(proposal, more_days=more_days, by=by)
    return proposal


def waiting_in(round: str, docket: Docket) -> tuple[Proposal, ...]:
    """The waiting list of a round."""
    return docket.find(Proposal, round=round, stage=Stage.WAITLISTED)


def waitlist(command: WaitlistProposal, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    waiting.waitlist(
        proposal,
        waits_at=command.waits_at,
        waiting=waiting_in(proposal.round, docket),
        round=docket.load(Round, proposal.round),
        by=by,
    )
    return proposal


def promote(command: PromoteProposal, docket: Docket, id: str, by: Mandate) -> Proposal:
    proposal = docket.load(Proposal, id)
    proposed = docket.find(Proposal, round=proposal.round, stage=Stage.PROPOSED)
    waiting.promote(
        proposal,
        waiting=waiting_in(proposal.round, docket),
        round=docket.load(Round, proposal.round),
        proposed_minor=sum(other.amount_minor for other in proposed),
        by=by,
    )
    return proposal


HANDLERS: Handlers = {
    "consent": (ConsentToProposal, consent),
    "ask-optimisation": (AskOptimisation, ask_optimisation),
    "submit-optimised": (SubmitOptimised, submit_optimised),
    "waitlist": (WaitlistProposal, waitlist),
    "promote": (PromoteProposal, promote),
    "disqualify": (DisqualifyProposal, tells(Proposal, waiting.disqualify)),
    "expire-wait": (ExpireWait, tells(Proposal, waiting.expire_wait)),
    "lapse-optimisation": (LapseOptimisation, lapse_optimisation),
}
