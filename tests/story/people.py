"""Nine people, and how each of them speaks to the server: with a token for each of their roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from httpx2 import Client, Response

from application.principals import Held
from infrastructure.system import System

DISTRICT = "220102"

NINE = {
    "person:wang": ("applicant",),
    "person:li": ("legal_representative",),
    "person:zhao": ("round_secretary", "evaluator"),
    "person:chen": ("reviewer", "panel_chair"),
    "person:liu": ("leader", "district_officer"),
    "person:yang": ("fund_manager",),
    "person:zhou": ("finance_approver",),
    "person:wu": ("cashier",),
    "person:sun": ("reconciler", "oversight_officer"),
}
"""Who holds which roles: whoever prepares, approves, sends and reconciles are four people."""

OF_THE_ORGANISATION = ("applicant", "legal_representative")


@dataclass
class Teller:
    """A person in one role; every command is said over HTTP with a key of its own."""

    client: Client
    person: str
    role: str
    secret: str
    keys: count[int] = field(default_factory=lambda: count(1))

    @property
    def signed(self) -> dict[str, str]:
        """The header that says who is speaking."""
        return {"Authorization": f"Bearer {self.secret}"}

    def get(self, path: str, **asked: Any) -> Response:
        """The answer to a question that is answered."""
        answer = self.client.get(f"/v1{path}", params=asked, headers=self.signed)
        assert answer.status_code == 200, answer.text
        return answer

    def post(self, path: str, fields: dict[str, Any], **headers: str) -> Response:
        """The answer to a command, whatever it is."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        key = {"Idempotency-Key": f"{self.role}-{next(self.keys)}"}
        return self.client.post(f"/v1{path}", json=fields, headers={**self.signed, **key, **named})

    def creates(self, nouns: str, **fields: Any) -> str:
        """The id of a new thing, which stands where Location says."""
        answer = self.post(f"/{nouns}", fields)
        assert answer.status_code == 201, answer.text
        assert answer.headers["Location"] == f"/v1/{nouns}/{answer.json()['id']}"
        return self.confirmed(nouns, answer)

    def does(self, nouns: str, verb: str, id: str, **fields: Any) -> str:
        """Says a command that was offered; the stage in which the thing stands after it."""
        assert self.is_offered(nouns, verb, id)
        answer = self.post(f"/{nouns}/{id}/{verb}", fields)
        assert answer.status_code == 200, answer.text
        self.confirmed(nouns, answer)
        return answer.json()["stage"]

    def prepares(self, nouns: str, verb: str, id: str, **fields: Any) -> str:
        """Says a command that needs a second hand; the id of the approval that waits for it."""
        assert not id or self.is_offered(nouns, verb, id)
        answer = self.post(f"/{nouns}/{id}/{verb}" if id else f"/{nouns}", fields)
        assert answer.status_code == 202, answer.text
        approval = answer.json()["approval"]
        assert answer.headers["Location"] == f"/v1/approvals/{approval}"
        return self.confirmed("approvals", answer)

    def is_refused(self, nouns: str, verb: str, id: str, **fields: Any) -> list[str]:
        """The rules that refuse a command."""
        answer = self.post(f"/{nouns}/{id}/{verb}", fields)
        assert answer.status_code == 409, answer.text
        return [error["rule"] for error in answer.json()["errors"]]

    def is_offered(self, nouns: str, verb: str, id: str) -> bool:
        """Whether the thing says that this person may do this to it now."""
        offers = {offer["verb"]: offer for offer in self.get(f"/{nouns}/{id}/actions").json()}
        assert offers[verb]["permitted"] == (not offers[verb]["why_not"])
        return bool(offers[verb]["permitted"])

    def confirmed(self, nouns: str, answer: Response) -> str:
        """The id of the thing that was answered for, whose version and position agree."""
        said, tag = answer.json(), answer.headers["ETag"]
        assert tag == f'"{said["version"]}"'
        assert answer.headers["Event-Position"] == str(said["position"])
        thing = self.get(f"/{nouns}/{said['id']}")
        assert (thing.headers["ETag"], thing.json()["stage"]) == (tag, said["stage"])
        again = {**self.signed, "If-None-Match": tag}
        unchanged = self.client.get(f"/v1/{nouns}/{said['id']}", headers=again)
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        return str(said["id"])


def with_tokens(system: System, client: Client, organisation: str = "") -> dict[str, Teller]:
    """Everybody who has a token: officers, and once there is an organisation its own people."""
    found = {}
    for person, roles in NINE.items():
        for role in roles:
            is_theirs = role in OF_THE_ORGANISATION
            if is_theirs != bool(organisation):
                continue
            held = Held(role, organisation=organisation) if is_theirs else Held(role, DISTRICT)
            system.admit(person, person.partition(":")[2], held)
            secret = system.identity.create_token(role, person, held, system.clock.now())
            found[role] = Teller(client, person, role, secret)
    return found
