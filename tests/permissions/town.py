"""The interface over HTTP, and for every noun a thing of which somebody may tell something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path as FilePath
from typing import Any

from application.kinds import PLURALS
from application.principals import Held
from domain.roles import EVERYWHERE, OF_ORGANISATION
from tests.api.everyone import with_every_noun
from tests.api.surface import Surface
from tests.application.test_guards_of_stops import with_claim
from tests.district import DISTRICT, District, uscc
from tests.ordered import draft
from tests.permissions.places import OURS, STREET, THEIRS, Spot
from tests.permissions.stages import sent
from tests.permissions.stages_of_judgement import appealed, noticed
from tests.played import Path, with_fund
from tests.played_in_custody import with_custody
from tests.played_to_end import found

AGENT = "agent"
OTHER_DISTRICT = "220103"


def busy(district: District) -> Path:
    """A grant that is paid, with everything beside it that a district has."""
    path = sent(district)
    with_every_noun(path)
    draft(path, 1_000)
    asked = {"grant": path.grant, "ends": "2026-12-31", "reason": "延期"}
    path.tell("legal", "amendments", "request", **asked)
    starts, cashier = district.today, "person:cashier"
    days: dict[str, Any] = {"starts": starts, "until": starts + timedelta(days=9)}
    lent = {"role": "cashier", "holder": cashier, "to_person": "person:deputy", "place": DISTRICT}
    path.tell("leader", "delegations", "grant", **lent, **days)
    policy: dict[str, Any] = {"name": "办法", "edition": "1", "place": DISTRICT, "starts": starts}
    path.pair(
        "district_officer", "leader", "policies", "publish", document="document:1",
        sha256="ab" * 32, **policy,
    )  # fmt: skip
    return path


PLAYED = (busy, noticed, appealed, with_custody, with_claim, with_fund)
"""What is played, so that between them there is a thing of every noun."""


@dataclass
class Town:
    """One played district behind the interface."""

    path: Path
    surface: Surface
    others: str

    def holder(self, role: str, reach: str) -> Held:
        """The role, as near to the district's things or as far from them as is asked."""
        if role in EVERYWHERE:
            return Held(role, DISTRICT)
        if role in OF_ORGANISATION:
            mine = self.agent if role == "fiscal_agent" else self.path.organisation
            return Held(role, organisation=mine if reach == DISTRICT else self.others)
        return Held(role, reach)

    @property
    def agent(self) -> str:
        """Who keeps the organisation's money; itself where nobody else does."""
        of = found(self.path, f"organisation:{self.path.organisation}")
        return of.fiscal_agent or of.id

    def name(self, held: Held) -> str:
        """Somebody with a token in that role."""
        name = f"{held.role} of {held.place}{held.organisation}"
        if name not in self.surface.secrets:
            self.surface.lends(name, held)
        return name

    def spot(self, noun: str, id: str) -> Spot:
        """Where a thing belongs, in the words of the matrix."""
        thing = found(self.path, f"{noun}:{id}")
        whose = id if noun == "organisation" else getattr(thing, "organisation", "")
        known = {"": "", self.path.organisation: OURS}
        agent = AGENT if getattr(thing, "agent", "") == self.agent else ""
        return Spot(getattr(thing, "place", ""), known.get(whose, THEIRS), agent)


def seat_of(town: Town, held: Held) -> Held:
    """What somebody holds, in the words of the matrix."""
    if not held.organisation:
        return held
    known = {town.agent: AGENT, town.path.organisation: OURS}
    return Held(held.role, organisation=known.get(held.organisation, "elsewhere"))


def others(path: Path) -> str:
    """An organisation that has nothing to do with the matter."""
    return path.tell(
        "district_officer", "organisations", "import", name="别处的服务中心", uscc=uscc(77),
        place=DISTRICT, leader="person:elsewhere", account="account:elsewhere",
    )  # fmt: skip


@contextmanager
def towns(folder: FilePath) -> Iterator[list[Town]]:
    """Every played district behind an interface of its own."""
    with ExitStack() as stack:
        opened = []
        for play in PLAYED:
            district = District(f"sqlite:///{folder / play.__name__}.db")
            stack.callback(district.close)
            path = play(district)
            opened.append(Town(path, Surface(district), others(path)))
        yield opened


def things(town: Town) -> dict[str, str]:
    """The newest thing of every noun that the district has."""
    all_of = {noun: town.path.district.all(nouns) for noun, nouns in PLURALS.items()}
    waiting = town.path.district.all("approvals", stage="prepared")
    ours = [town.path.organisation]
    chosen = {**all_of, "approval": waiting, "organisation": ours}
    return {noun: ids[-1] for noun, ids in chosen.items() if ids}


REACHES = (DISTRICT, DISTRICT, STREET, OTHER_DISTRICT)
"""How far the roles reach that are drawn: own place twice, so that something is permitted."""
