"""Readable names for ids: one question for each read model, never one for each row."""

from __future__ import annotations

from typing import Any

from api.web.references import LEANS, ORDER, REFERS
from api.web.visit import Visit, word_noun
from application.kinds import PLURALS
from application.people import PERSON
from application.visibility import SEES

LONGEST_TITLE = 30
"""How much of a text stands for a thing that has no name."""


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
        if view == "findings" and not values["statement"]:
            self.want(*self.subject(values))

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
        return self.visit.people.get(id) or self.unnamed(id)

    def unnamed(self, id: str) -> str:
        """Somebody whose name is not kept, or not any more: the end of their reference."""
        if not id.startswith(PERSON):
            return id
        return f"{self.visit.words.word('noun', 'person')} …{id[-6:]}"

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

    def of_amendment(self, values: dict[str, Any]) -> str:
        """An amendment is named by its grant."""
        noun = self.visit.words.word("noun", "amendment")
        return f"{self.title('grants', values['grant'])} · {noun}"

    def of_custody(self, values: dict[str, Any]) -> str:
        """A custody account is named by the client for whom it is kept."""
        noun = self.visit.words.word("noun", "custody_account")
        return f"{self.title('organisations', values['organisation'])} · {noun}"

    def of_order(self, values: dict[str, Any]) -> str:
        """An order is named by what it is for; a fee, by whom it is paid to."""
        if values["purpose"] or not values["member"]:
            return str(values["purpose"])
        return (
            f"{self.visit.words.word('choice', values['kind'])} · {self.person(values['member'])}"
        )

    def of_clawback(self, values: dict[str, Any]) -> str:
        """A clawback is named by its grant."""
        noun = self.visit.words.word("noun", "clawback")
        return f"{self.title('grants', values['grant'])} · {noun}"

    def of_review(self, values: dict[str, Any]) -> str:
        """A review is named by its proposal and its reviewer."""
        return f"{self.title('proposals', values['proposal'])} · {self.person(values['member'])}"

    def of_objection(self, values: dict[str, Any]) -> str:
        """An objection is named by what it is about."""
        noun = self.visit.words.word("noun", "objection")
        return f"{self.title('proposals', values['proposal'])} · {noun}"

    def of_appeal(self, values: dict[str, Any]) -> str:
        """An appeal is named by who makes it."""
        noun = self.visit.words.word("noun", "appeal")
        return f"{self.title('organisations', values['organisation'])} · {noun}"

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

    def of_finding(self, values: dict[str, Any]) -> str:
        """A finding is named by what was found; a tip that nobody has taken up, by its subject."""
        if values["statement"]:
            return brief(values["statement"])
        noun = self.visit.words.word("noun", "finding")
        return f"{self.title(*self.subject(values))} · {noun}"

    def subject(self, values: dict[str, Any]) -> tuple[str, str]:
        """The read model and the id of what a row is about."""
        noun, _, id = values["subject"].partition(":")
        return PLURALS[noun], id

    def of_override(self, values: dict[str, Any]) -> str:
        """An override is named by the rule that it sets aside."""
        return f"{values['rule']} · {self.visit.words.word('noun', 'override')}"

    def of_delegation(self, values: dict[str, Any]) -> str:
        """A delegation is named by the role, and who has borrowed it."""
        return (
            f"{self.visit.words.word('role', values['role'])} · {self.person(values['to_person'])}"
        )

    def of_role(self, values: dict[str, Any]) -> str:
        """A role that is held is named by its word, and who holds it."""
        return f"{self.visit.words.word('role', values['role'])} · {self.person(values['person'])}"


def brief(text: str) -> str:
    """The beginning of what somebody wrote."""
    return text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE]}…"


TITLES: dict[str, Any] = {
    "approvals": Names.of_approval,
    "amendments": Names.of_amendment,
    "tranches": Names.of_tranche,
    "orders": Names.of_order,
    "custody-accounts": Names.of_custody,
    "clawbacks": Names.of_clawback,
    "costs": lambda names, values: values["description"] or values["voucher"],
    "reviews": Names.of_review,
    "objections": Names.of_objection,
    "appeals": Names.of_appeal,
    "panels": Names.of_panel,
    "pools": lambda names, values: values["name"],
    "grants": lambda names, values: names.title("proposals", values["proposal"]),
    "proposals": lambda names, values: values["title"],
    "contributions": lambda names, values: values["contributor"],
    "rounds": lambda names, values: values["title"],
    "funds": lambda names, values: values["name"],
    "organisations": lambda names, values: values["name"],
    "findings": Names.of_finding,
    "overrides": Names.of_override,
    "documents": lambda names, values: "",
    "policies": lambda names, values: f"{values['name']}（{values['edition']}）",
    "delegations": Names.of_delegation,
    "people": lambda names, values: names.person(f"person:{values['id']}"),
    "roles": Names.of_role,
    "places": lambda names, values: values["name"],
    "imports": lambda names, values: "",
}
"""How one row of a read model is called; empty where it has no name of its own."""

assert set(TITLES) == set(ORDER) == set(SEES)
