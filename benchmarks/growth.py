"""Does the work of a day cost the same in the thirtieth year as in the first?

Two chronicles of the same district (benchmarks/grown.py), one a hundred times as long as the
other. In both one fund lives from the first record to the last, and every question and command
below that has to do with a fund is put to that one. Questions go through the HTTP application as
an officer asks them; a command is prepared by one officer and approved by another, and posts.
Run: python -m benchmarks.growth [FOLDER]; in a folder that is named, the two databases are kept.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import sqlalchemy as sa
from fastapi.testclient import TestClient
from infrastructure.followers.closings import catch_up

from api.demo.starting import settings_of_demonstration
from api.main import create_app
from application.approvals import Approve
from application.decide import Sent
from application.funds import RecordAppropriation
from application.principals import Held, Principal
from benchmarks.grown import bytes_of, count_of, grow
from benchmarks.measure import Timed, interleaved, machine, median_rate, together, write_section
from infrastructure.book import entries
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


class District:
    """One of the two: its system, and what is asked of it."""

    def __init__(self, url: str, folder: Path) -> None:
        settings = settings_of_demonstration(Settings(database_url=url, files=folder))
        self.system = System(settings)
        catch_up(self.system.database)
        self.numbers = count(1)
        identity, person = self.system.identity, "person:growth-officer"
        identity.add_person(person, "growth-officer")
        identity.grant(person, OFFICER)
        token = identity.create_token("growth", person, OFFICER, self.system.clock.now())
        self.client = TestClient(create_app(self.system))
        self.client.headers["Authorization"] = f"Bearer {token}"
        with self.system.database.reading() as connection:
            self.fund = connection.execute(
                sa.select(entries.c.fund).group_by(entries.c.fund).order_by(sa.func.count().desc())
            ).scalars().first()  # fmt: skip
            position = connection.execute(sa.select(sa.func.max(entries.c.position))).scalar_one()
            proposals = VIEWS["proposals"].table
            self.proposal = connection.execute(
                sa.select(proposals.c.id).order_by(proposals.c.born)
            ).scalars().first()  # fmt: skip
        self.middle = position // 2

    def ask(self, path: str) -> Timed:
        """One client asks, over and over."""

        def act(_: int, __: int) -> None:
            answer = self.client.get(path)
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:300]}")

        return together(1, EACH, act)

    def command(self) -> Timed:
        """Money that one officer writes down and another approves."""

        def act(_: int, __: int) -> None:
            number = next(self.numbers)
            wanted = RecordAppropriation(doc_no=f"第{number}号", amount_minor=100, year=2026)
            waiting = self.send("fund", "record-appropriation", self.fund, wanted, MANAGER)
            self.send("approval", "approve", waiting, Approve(), APPROVER)

        return together(1, EACH, act)

    def send(self, noun: str, verb: str, id: str, command: object, by: Principal) -> str:
        """Sends a command; the id of what it concerns."""
        key = f"growth-{next(self.numbers)}"
        sent = Sent(noun=noun, verb=verb, command=command, by=by, id=id, key=key, digest=b"0" * 32)
        return self.system.desk.send(sent).id

    def contenders(self) -> dict[str, Callable[[], Timed]]:
        """What is measured, by its name."""
        half = f"position:{self.middle}"
        day = str(self.client.get("/v1/balances", params={"known_at": half}).status_code)
        assert day == "200"
        return {
            "command on the fund": self.command,
            "list of proposals": lambda: self.ask("/v1/proposals"),
            "list of proposals, as a page": lambda: self.ask("/proposals"),
            "timeline of a proposal": lambda: self.ask(f"/v1/proposals/{self.proposal}/timeline"),
            "balances of the fund now": lambda: self.ask(f"/v1/balances?fund={self.fund}"),
            "the same as of a day": lambda: self.ask(
                f"/v1/balances?fund={self.fund}&as_of=2026-06-30"
            ),
            "the same as known half way": lambda: self.ask(
                f"/v1/balances?fund={self.fund}&known_at={half}"
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
