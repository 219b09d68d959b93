"""Does the work of a day cost the same in the thirtieth year as in the first?

Two chronicles of the same district (benchmarks/grown.py), one a hundred times as long as the
other. In both one fund lives from the first record to the last, and every question and command
below that has to do with a fund is put to that one. Questions are asked as an officer asks them, of
the read models and once more through the HTTP application; a command is prepared by one officer and
approved by another, and posts. Each age is asked about the middle of its own life.
Run: python -m benchmarks.growth [FOLDER]; in a folder that is named, the two databases are kept.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
from fastapi.testclient import TestClient

from api.demo.starting import settings_of_demonstration
from api.main import create_app
from application.approvals import Approve
from application.decide import Sent
from application.funds import RecordAppropriation
from application.principals import Held, Principal
from application.questions import Moment
from application.visibility import sight
from benchmarks.grown import grow
from benchmarks.measure import Timed, interleaved, machine, median_rate, together, write_section
from benchmarks.sizes import bytes_of, count_of
from infrastructure.book import entries
from infrastructure.closings import CLOSINGS
from infrastructure.followers.following import Following
from infrastructure.moments import STAMP
from infrastructure.questions import DatabaseQuestions
from infrastructure.recorder import events
from infrastructure.settings import Settings
from infrastructure.system import System
from infrastructure.views import VIEWS

YOUNG, OLD = 10_000, 1_000_000
ROUNDS = 7
EACH = 20
PLACE = "220102"
MANAGER = Principal("person:growth-manager", (Held("fund_manager", PLACE),))
APPROVER = Principal("person:growth-approver", (Held("finance_approver", PLACE),))
OFFICER = Held("district_officer", PLACE)
LOOKER = Principal("person:growth-officer", (OFFICER,))


class District:
    """One of the two: its system, and what is asked of it."""

    def __init__(self, url: str, folder: Path) -> None:
        settings = settings_of_demonstration(Settings(database_url=url, files=folder))
        # New things get identities that no run before has given.
        self.system = System(settings.model_copy(update={"seed": ""}))
        Following(self.system.database, CLOSINGS).catch_up()
        # A database that is kept has the keys and tokens of the runs before.
        self.numbers, self.name = count(1), f"growth-{uuid4().hex}"
        identity, person = self.system.identity, "person:growth-officer"
        if person not in identity.names():
            self.system.admit(person, "growth-officer", OFFICER)
        token = identity.create_token(self.name, person, OFFICER, self.system.clock.now())
        self.client = TestClient(create_app(self.system))
        self.client.headers["Authorization"] = f"Bearer {token}"
        with self.system.database.reading() as connection:
            self.fund = connection.execute(
                sa.select(entries.c.fund).group_by(entries.c.fund)
                .order_by(sa.func.count().desc()).limit(1)
            ).scalars().one()  # fmt: skip
            position = connection.execute(sa.select(sa.func.max(entries.c.position))).scalar_one()
            proposals = VIEWS["proposals"].table
            self.proposal = connection.execute(
                sa.select(proposals.c.id).order_by(proposals.c.born).limit(1)
            ).scalars().one()  # fmt: skip
            self.middle = position // 2
            query = sa.select(events.c.record).where(events.c.position == self.middle)
            self.half_way = str(STAMP.decode(connection.execute(query).scalar_one()).recorded_at)[
                :10
            ]

    def ask(self, path: str) -> Timed:
        """One client asks over HTTP, over and over."""

        def act(_: int, __: int) -> None:
            answer = self.client.get(path)
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:300]}")

        return together(1, EACH, act)

    def question(self, ask: Callable[[DatabaseQuestions], object]) -> Timed:
        """The question alone, over and over; an empty answer is none."""

        def act(_: int, __: int) -> None:
            if not ask(self.system.questions):
                raise RuntimeError("Nothing was found.")

        return together(1, EACH, act)

    def balances(self, as_of: str | None = None, known_at: str | None = None) -> Timed:
        """The balances of the fund that lives through it all, at a moment."""
        return self.question(
            lambda asked: asked.balances(
                asked.moment(as_of, known_at), fund=self.fund, sight=sight("funds", LOOKER)
            )
        )

    def command(self) -> Timed:
        """Money that one officer writes down and another approves."""

        def act(_: int, __: int) -> None:
            number = next(self.numbers)
            wanted = RecordAppropriation(
                doc_no=f"{self.name}-{number}", amount_minor=100, year=2026
            )
            waiting = self.send("fund", "record-appropriation", self.fund, wanted, MANAGER)
            self.send("approval", "approve", waiting, Approve(), APPROVER)

        return together(1, EACH, act)

    def send(self, noun: str, verb: str, id: str, command: object, by: Principal) -> str:
        """Sends a command; the id of what it concerns."""
        key = f"{self.name}-{next(self.numbers)}"
        sent = Sent(noun=noun, verb=verb, command=command, by=by, id=id, key=key, digest=b"0" * 32)
        return self.system.desk.send(sent).id

    def contenders(self) -> dict[str, Callable[[], Timed]]:
        """What is measured, by its name."""
        half, now, seen = f"position:{self.middle}", Moment(), sight("proposals", LOOKER)
        return {
            "command on the fund, prepared and approved": self.command,
            "page of the list of proposals": lambda: self.question(
                lambda asked: (
                    asked.page("proposals", seen, filters={}, q="", limit=20, after="").rows
                )
            ),
            "timeline of a proposal": lambda: self.question(
                lambda asked: asked.timeline(f"proposal:{self.proposal}", now)
            ),
            "balances of the fund now": self.balances,
            "as of a day half way": lambda: self.balances(as_of=self.half_way),
            "known half way": lambda: self.balances(known_at=half),
            "both": lambda: self.balances(as_of=self.half_way, known_at=half),
            "the list over HTTP": lambda: self.ask("/v1/proposals"),
            "balances over HTTP, as of a day half way": lambda: self.ask(
                f"/v1/balances?fund={self.fund}&as_of={self.half_way}"
            ),
        }


@contextmanager
def grown(folder: Path, events: int) -> Iterator[tuple[District, str]]:
    """A district of so many events; grown where it is not there yet."""
    file = folder / f"{events}.db"
    url = f"sqlite:///{file}"
    if not file.exists():
        sys.stderr.write(f"growing {events:,} events …\n")
        grow(url, events)
    found, size = count_of(url), bytes_of(url)
    district = District(url, folder)
    yield district, f"{found:,} events, {size / found:,.0f} bytes an event"
    district.system.close()


def measured(folder: Path) -> list[str]:
    """The table."""
    with grown(folder, YOUNG) as (young, small), grown(folder, OLD) as (old, large):
        ours, theirs = young.contenders(), old.contenders()
        turns = {}
        for name in ours:
            turns[f"{name}, young"], turns[f"{name}, old"] = ours[name], theirs[name]
        for act in turns.values():
            act()
        found = interleaved(turns, ROUNDS)
    lines = [
        f"Young: {small}. Old: {large}.",
        "",
        "| | young, ms | old, ms | old / young |",
        "|---|---:|---:|---:|",
    ]
    for name in ours:
        before, after = (median_rate(found[f"{name}, {age}"]) for age in ("young", "old"))
        lines.append(
            f"| {name} | {1_000 / before:.2f} | {1_000 / after:.2f} | {before / after:.2f} |"
        )
    return [*lines, ""]


def main() -> None:
    """Measures, and writes the section of docs/performance.md."""
    lines = ["## Growth", "", __doc__ or "", f"Measured with {machine()}", ""]
    if len(sys.argv) > 1:
        lines += measured(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            lines += measured(Path(folder))
    write_section("growth", lines)


if __name__ == "__main__":
    main()
