"""Readable names for ids: one question for each read model, never one for each row."""

from __future__ import annotations

from typing import Any

from api.web.visit import Visit, word_noun
from application.kinds import PLURALS
from application.visibility import SEES

REFERS = {
    "fund": "funds",
    "round": "rounds",
    "parent": "rounds",
    "proposal": "proposals",
    "grant": "grants",
    "tranche": "tranches",
    "organisation": "organisations",
    "fiscal_agent": "organisations",
    "client": "organisations",
    "partners": "organisations",
    "waitlist": "proposals",
    "panel": "panels",
    "document": "documents",
    "import_id": "imports",
}
"""Fields that hold the id of a thing, and the read model that shows it."""

ORDER = (
    "approvals",
    "tranches",
    "costs",
    "reviews",
    "panels",
    "grants",
    "proposals",
    "contributions",
    "rounds",
    "funds",
    "organisations",
    "documents",
    "imports",
)
"""Read models in the order in which their names need one another."""

LEANS = {
    "approvals": (),
    "tranches": ("grant",),
    "costs": (),
    "reviews": ("proposal",),
    "panels": ("round",),
    "grants": ("proposal",),
}
"""Things that are named by another thing which they belong to."""


class Names:
    """The things that a page mentions, and what they are called."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.rows: dict[str, dict[str, dict[str, Any]]] = {view: {} for view in ORDER}
        self.wanted: dict[str, set[str]] = {view: set() for view in ORDER}

    def want(self, view: str, id: str) -> None:
        """Says that the page mentions a thing."""
        if id and id not in self.rows[view]:
            self.wanted[view].add(id)

    def know(self, view: str, values: dict[str, Any]) -> None:
        """Takes in a row that the page has at hand, and wants what its name needs."""
        self.rows[view][values["id"]] = values
        for name in LEANS.get(view, ()):
            self.want(REFERS[name], str(values.get(name, "")))
        if view == "approvals" and values.get("thing"):
            self.want(PLURALS[values["thing_noun"]], values["thing"])

    def load(self) -> None:
        """Asks for everything that is wanted, as far as the visitor may see it."""
        for view in ORDER:
            missing = sorted(self.wanted[view] - self.rows[view].keys())
            self.wanted[view].clear()
            if missing and self.visit.may_list(view):
                page = self.visit.house.questions.page(
                    view,
                    self.visit.sight(view),
                    filters={"id": ",".join(missing)},
                    q="",
                    limit=len(missing),
                    after="",
                )
                for row in page.rows:
                    self.know(view, row.values)

    def is_seen(self, view: str, id: str) -> bool:
        """Whether the visitor may open the thing."""
        return id in self.rows[view]

    def person(self, id: str) -> str:
        """The name of a person."""
        if id == "clock":
            return self.visit.words.word("role", "clock")
        return self.visit.people.get(id, id)

    def title(self, view: str, id: str) -> str:
        """What a thing is called; its noun and the end of its id where it has no name."""
        values = self.rows[view].get(id)
        if values is None:
            return self.nameless(view, id)
        return TITLES[view](self, values) or self.nameless(view, id)

    def nameless(self, view: str, id: str) -> str:
        """A thing without a name."""
        return f"{self.visit.label('noun', word_noun(view))} …{id[-6:]}"

    def of_tranche(self, values: dict[str, Any]) -> str:
        """A tranche is named by its grant and its number."""
        number = self.visit.words.text("instalment {no}", no=values["no"])
        return f"{self.title('grants', values['grant'])} · {number}"

    def of_review(self, values: dict[str, Any]) -> str:
        """A review is named by its proposal and its reviewer."""
        return f"{self.title('proposals', values['proposal'])} · {self.person(values['member'])}"

    def of_approval(self, values: dict[str, Any]) -> str:
        """An approval is named by what it would do, and to what."""
        verb = self.visit.label("verb", values["verb"], values["thing_noun"])
        if not values["thing"]:
            return verb
        thing = self.title(PLURALS[values["thing_noun"]], values["thing"])
        return f"{verb}{'：' if self.visit.language == 'zh' else ': '}{thing}"

    def of_panel(self, values: dict[str, Any]) -> str:
        """A panel is named by its round."""
        noun = self.visit.words.word("noun", "panel")
        return f"{self.title('rounds', values['round'])} · {noun}"


TITLES: dict[str, Any] = {
    "approvals": Names.of_approval,
    "tranches": Names.of_tranche,
    "costs": lambda names, values: values["description"] or values["voucher"],
    "reviews": Names.of_review,
    "panels": Names.of_panel,
    "grants": lambda names, values: names.title("proposals", values["proposal"]),
    "proposals": lambda names, values: values["title"],
    "contributions": lambda names, values: values["contributor"],
    "rounds": lambda names, values: values["title"],
    "funds": lambda names, values: values["name"],
    "organisations": lambda names, values: values["name"],
    "documents": lambda names, values: "",
    "imports": lambda names, values: "",
}
"""How one row of a read model is called; empty where it has no name of its own."""

assert set(TITLES) == set(ORDER) == set(SEES)
