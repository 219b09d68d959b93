"""How an appeal is filed, admitted, heard and decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from domain.appeals.appeal import (
    Admitted,
    Appeal,
    Denied,
    Filed,
    Granted,
    Heard,
    Matter,
    Notified,
    Refused,
    SignedVote,
    Withdrawn,
    lifecycle,
)
from domain.errors import Reason, Word, check
from domain.kernel import Mandate
from domain.policies import holds, no_interest

PANEL_LEAST = 3
"""The fewest people who look at a matter again (X2)."""

ANSWER_DAYS = 15
"""Within how many days of the hearing its result is sent in writing (X7)."""


def may_be_contested(matter: Matter, by: Mandate) -> Iterable[Reason | None]:
    """There is such a decision, its days are not over, and nobody has contested it yet (X1)."""
    yield holds(
        "X1.decision",
        matter.stands,
        "There is no such decision to be contested.",
        field="/decision",
    )
    yield holds(
        "X1.time",
        not matter.stands or by.day <= matter.until,
        "This decision could be contested until {until}.",
        until=matter.until,
    )
    yield holds("X1.once", matter.is_new, "This decision has been contested before.")


def file(id: str, *, decision: str, statement: str, matter: Matter, by: Mandate) -> Appeal:
    """Contests a decision, by whom it concerns and in time (X1)."""
    check(*may_be_contested(matter, by))
    appeal = Appeal(id=id)
    event = Filed(
        stage=lifecycle.start("file"),
        decision=decision,
        contested=matter.stream,
        statement=statement,
        organisation=matter.organisation,
        place=matter.place,
        round=matter.round,
        until=matter.until,
    )
    appeal.record(event, by)
    return appeal


def are_free(members: tuple[str, ...], matter: Matter, by: Mandate) -> Iterable[Reason | None]:
    """Enough people, none of whom had a hand in the decision."""
    yield holds(
        "X2.least",
        len(set(members)) == len(members) >= PANEL_LEAST,
        "An appeal panel has {least} different people or more.",
        field="/members",
        least=PANEL_LEAST,
    )
    yield holds(
        "X2.hands",
        set(members).isdisjoint(matter.hands),
        "Nobody sits on the panel who decided, checked or scored the matter.",
        field="/members",
    )
    yield holds(
        "X2.self",
        by.person not in members,
        "Whoever names the panel does not sit on it.",
        field="/members",
    )


def admit(appeal: Appeal, *, members: tuple[str, ...], matter: Matter, by: Mandate) -> None:
    """Admits the appeal, and names the people who look at the matter again (X2)."""
    stage = appeal.after("admit")
    check(no_interest("X2.interest", by, appeal.organisation), *are_free(members, matter, by))
    appeal.record(Admitted(stage=stage, members=members), by)


def refuse(appeal: Appeal, *, by: Mandate) -> None:
    """Does not admit the appeal (X2a): late, or not about a decision that can be contested."""
    stage = appeal.after("refuse")
    appeal.record(Refused(stage=stage, answer_due=due(by)), by)


def due(by: Mandate) -> date:
    """The last day on which the result is sent."""
    return by.day + timedelta(days=ANSWER_DAYS)


def hear(appeal: Appeal, *, minutes: str, by: Mandate) -> None:
    appeal.record(Heard(stage=appeal.after("hear"), minutes=minutes, answer_due=due(by)), by)


def are_votes(rule: str, appeal: Appeal, votes: tuple[SignedVote, ...]) -> Iterable[Reason | None]:
    """The votes are those of the panel, one each, and more than half of it has voted."""
    voters = [vote.member for vote in votes]
    yield holds(
        f"{rule}.members",
        set(voters) <= set(appeal.members) and len(set(voters)) == len(voters),
        "Only members of the panel vote, and each of them once.",
        field="/votes",
    )
    yield holds(
        f"{rule}.quorum",
        2 * len(voters) > len(appeal.members),
        "More than half of the panel has to vote.",
        field="/votes",
    )


def is_won(appeal: Appeal, votes: tuple[SignedVote, ...]) -> bool:
    """Whether more than half of the whole panel is for the appeal."""
    return 2 * sum(vote.is_for for vote in votes) > len(appeal.members)


def grant(
    appeal: Appeal, *, votes: tuple[SignedVote, ...], step: str, matter: Matter, by: Mandate
) -> None:
    """Finds for the appellant by the votes of the panel, and names the step reopened (X4)."""
    stage = appeal.after("grant")
    check(
        *are_votes("X4", appeal, votes),
        holds(
            "X4.majority",
            is_won(appeal, votes),
            "More than half of the panel has to vote for the appeal.",
            field="/votes",
        ),
        holds(
            "X4.step",
            step == matter.step,
            "This decision is reopened by “{step}”.",
            field="/step",
            step=Word("verb", matter.step),
        ),
        no_interest("X4.interest", by, appeal.organisation),
    )
    appeal.record(Granted(stage=stage, votes=votes, step=step), by)


def deny(appeal: Appeal, *, votes: tuple[SignedVote, ...], by: Mandate) -> None:
    """Lets the decision stand by the votes of the panel (X5)."""
    stage = appeal.after("deny")
    check(
        *are_votes("X5", appeal, votes),
        holds(
            "X5.majority",
            not is_won(appeal, votes),
            "More than half of the panel has voted for the appeal.",
            field="/votes",
        ),
    )
    appeal.record(Denied(stage=stage, votes=votes), by)


def withdraw(appeal: Appeal, *, by: Mandate) -> None:
    appeal.record(Withdrawn(stage=appeal.after("withdraw")), by)


def notify(appeal: Appeal, *, document: str, by: Mandate) -> None:
    """Sends the result in writing, within the days that it takes (X7)."""
    stage = appeal.after("notify")
    check(
        holds(
            "X7.time",
            appeal.answer_due is not None and by.day <= appeal.answer_due,
            "The result was to be sent by {due}.",
            due=appeal.answer_due,
        )
    )
    appeal.record(Notified(stage=stage, document=document), by)
