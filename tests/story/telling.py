"""The story as a whole: its people, its books, the time, and what has been made so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from infrastructure.system import System
from tests.story.books import Books
from tests.story.people import Teller, with_tokens


@dataclass
class Story:
    """Everybody by role, the books, and the ids of what the story is about."""

    system: System
    books: Books
    people: dict[str, Teller]
    organisation: str = ""
    fund: str = ""
    round: str = ""
    chosen: str = ""
    declined: str = ""
    grant: str = ""
    tranches: list[str] = field(default_factory=list)

    def __getitem__(self, role: str) -> Teller:
        return self.people[role]

    def by(self, role: str, nouns: str, verb: str, id: str, **fields: Any) -> str:
        """One person does it; nobody's account moves unless the story says so next."""
        return self[role].does(nouns, verb, id, **fields)

    def quietly(self, role: str, nouns: str, verb: str, id: str, **fields: Any) -> str:
        """One person does something that moves no money."""
        stage = self.by(role, nouns, verb, id, **fields)
        self.books.are_as_before()
        return stage

    def pair(
        self, first: str, second: str, nouns: str, verb: str, id: str = "", **fields: Any
    ) -> None:
        """One person prepares, which moves nothing; another finds it in the inbox and approves."""
        waiting = self[first].prepares(nouns, verb, id, **fields)
        self.books.are_as_before()
        assert not self[first].is_offered("approvals", "approve", waiting), "One hand did both."
        inbox = self[second].get("/approvals", stage="prepared").json()["data"]
        assert [approval["id"] for approval in inbox] == [waiting]
        assert inbox[0]["verb"] == verb
        assert self[second].does("approvals", "approve", waiting) == "approved"

    def until(self, moment: str) -> None:
        """Time passes, and the clock does what falls due; that moves no money."""
        answer = self["leader"].post("/clock/advance", {"to": moment})
        assert answer.status_code == 200, answer.text
        assert datetime.fromisoformat(answer.json()["now"]) == datetime.fromisoformat(moment)
        self.books.today = moment[:10]
        self.books.are_as_before()

    def stage(self, nouns: str, id: str) -> str:
        """The stage in which a thing stands, as the leader sees it."""
        return str(self["leader"].get(f"/{nouns}/{id}").json()["stage"])

    def all(self, nouns: str, **where: str) -> list[str]:
        """The ids that a list finds, oldest first, as the leader sees it."""
        page = self["leader"].get(f"/{nouns}", **where).json()
        assert not page["has_more"]
        return [row["id"] for row in reversed(page["data"])]

    def welcome(self) -> None:
        """Gives the people of the organisation their tokens."""
        some = next(iter(self.people.values()))
        self.people |= with_tokens(self.system, some.client, self.organisation)
