"""Where walks start: a district played to a stage, put aside, and copied for each walk."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event

from application.principals import Held, Principal
from domain.roles import ROLES
from infrastructure.entropy import SeededEntropy
from tests.district import DISTRICT, District
from tests.drawn import listed

ELSEWHERE = "220103"


@dataclass
class Start:
    """A district that was played to a stage and put aside, to be taken up by walks."""

    file: Path
    given: int
    people: dict[str, Principal]

    @classmethod
    def put_aside(cls, file: Path, played: Any) -> Start:
        """Plays a district on that file and closes it."""
        district = District(f"sqlite:///{file}")
        extras(district, played(district).organisation)
        given = seeded(district).given
        district.close()
        return cls(file, given, district.people)

    def taken_up(self, file: Path) -> District:
        """A copy of the district on another file."""
        shutil.copyfile(self.file, file)
        district = District(f"sqlite:///{file}")
        engine = district.system.database.engine
        event.listen(engine, "connect", careless)
        engine.dispose()
        district.people = dict(self.people)
        seeded(district).given = self.given
        return district


def seeded(district: District) -> SeededEntropy:
    """Where the district's ids come from; a copy must go on from where it was put aside."""
    entropy = district.system.entropy
    assert isinstance(entropy, SeededEntropy)
    return entropy


def careless(connection: Any, _: Any) -> None:
    """Does not wait for the disk: what a walk has written is thrown away."""
    connection.execute("PRAGMA synchronous=OFF")


def extras(district: District, organisation: str) -> None:
    """People beside those of the path: second hands, strangers, and one who holds every role."""
    for role in ROLES:
        district.pretender(f"{role} elsewhere", Held(role, ELSEWHERE))
    for role in (
        "finance_approver",
        "fund_manager",
        "leader",
        "reconciler",
        "reviewer",
        "community_officer",
        "subdistrict_officer",
    ):
        district.person(f"second {role}", Held(role, DISTRICT))
    everything = [Held(role, DISTRICT) for role in ROLES if role != "clock"]
    district.pretender("jack of all trades", *everything)
    hands = ("applicant", "legal_representative")
    district.person("insider", *(Held(role, organisation=organisation) for role in hands))
    district.person("nobody")
    listed(district, "person:reviewer", "person:second reviewer")
