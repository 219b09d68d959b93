"""Policies: the written rules that decisions cite, one version after another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.documents import SHA256
from domain.errors import Reason, check
from domain.kernel import Aggregate, Event, Mandate
from domain.lifecycle import Lifecycle, Step
from domain.policies import holds
from domain.values import covers


class Stage(StrEnum):
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


STEPS = (
    Step("Y1", "publish", (), Stage.IN_FORCE, "policy.published"),
    Step("Y2", "supersede", (Stage.IN_FORCE,), Stage.SUPERSEDED, "policy.superseded"),
)
lifecycle = Lifecycle("policy", Stage, (Stage.SUPERSEDED,), STEPS)


class Published(Event, frozen=True, tag="policy.published"):
    name: str
    edition: str
    place: str
    starts: date
    document: str
    sha256: str


class Superseded(Event, frozen=True, tag="policy.superseded"):
    until: date


class Policy(Aggregate):
    """One version of a written rule of a place, in force from `starts` to `until` at the latest.

    `edition` is what the version is called, `sha256` that of the document with its words.
    """

    noun = "policy"
    lifecycle = lifecycle

    name: str = ""
    edition: str = ""
    place: str = ""
    starts: date | None = None
    until: date | None = None
    document: str = ""
    sha256: str = ""

    def is_in_force(self, day: date) -> bool:
        """Whether a decision that takes effect on that day may rest on this version."""
        has_begun = self.starts is not None and self.starts <= day
        return has_begun and (self.until is None or day <= self.until)

    def concerns(self, place: str) -> bool:
        """Whether it is a rule of that place, or of one around it or inside it."""
        return covers(self.place, place) or covers(place, self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A version as it is to be published: what it is called, where and from when it holds."""

    name: str
    edition: str
    place: str
    starts: date
    document: str
    sha256: str


def may_be_published(new: Edition, versions: tuple[Policy, ...]) -> Iterable[Reason | None]:
    """What is asked of a new version, beside those that there are (Y1)."""
    earlier = [policy for policy in versions if policy.stage == Stage.IN_FORCE]
    yield holds(
        "Y1.edition",
        new.edition not in {policy.edition for policy in versions},
        "This policy has a version {edition} already.",
        field="/edition",
        edition=new.edition,
    )
    yield holds(
        "Y1.starts",
        all(policy.starts is None or new.starts > policy.starts for policy in earlier),
        "A new version takes effect later than the one in force.",
        field="/starts",
    )
    yield holds(
        "Y1.hash",
        bool(SHA256.fullmatch(new.sha256)),
        "A document is named by its SHA-256.",
        field="/sha256",
    )
    yield holds(
        "Y1.name",
        "@" not in new.name + new.edition,
        "The sign @ parts the name of a policy from its version, and stands in neither.",
        field="/name",
    )


def publish(id: str, *, new: Edition, versions: tuple[Policy, ...], by: Mandate) -> Policy:
    """Publishes a version (Y1); `versions` are those that the place has of this policy already."""
    check(*may_be_published(new, versions))
    policy = Policy(id=id)
    event = Published(
        stage=lifecycle.start("publish"),
        name=new.name,
        edition=new.edition,
        place=new.place,
        starts=new.starts,
        document=new.document,
        sha256=new.sha256,
    )
    policy.record(event, by)
    return policy


def supersede(policy: Policy, *, until: date, by: Mandate) -> None:
    """Ends a version that nothing replaces (Y2); what was decided under it stands."""
    stage = policy.after("supersede")
    check(
        holds(
            "Y2.until",
            until >= by.day,
            "A policy does not end before today.",
            field="/until",
        )
    )
    policy.record(Superseded(stage=stage, until=until), by)


def give_way(policy: Policy, *, to: Policy, by: Mandate) -> None:
    """Ends a version on the day before the one that replaces it takes effect (Y2)."""
    stage = policy.after("supersede")
    assert to.starts is not None
    policy.record(Superseded(stage=stage, until=to.starts - timedelta(days=1)), by)
