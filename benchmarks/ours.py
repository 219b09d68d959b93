"""Our side of the benchmarks: a system in which grants stand ready to be paid."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from application.decide import Sent
from application.desk import Answer
from application.handlers import HANDLERS
from application.kinds import NOUNS
from benchmarks.payments import ACCOUNT, PLACE, Payments, people_of
from infrastructure.settings import Settings
from infrastructure.system import System

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
RULES: dict[str, Any] = {
    "cap_minor": 10_000_000, "cap_percent": 80, "match_min_percent": 20,
    "per_organisation_limit": 100, "corrections_max": 2, "reviewers_min": 1,
    "rubric": [{"code": "need", "title": "需求", "weight": 100}], "aggregation": "mean",
    "notice_days": 5, "sign_days": 30, "tranches": [{"percent": 100, "condition": "signature"}],
    "payment_threshold_minor": 20_000_000, "final_days": 30,
    "grade_bands": [{"grade": "pass", "from_milli": 60_000}], "unspent": "reuse",
    "calendar": "CN-2026.1",
}  # fmt: skip


def settings_of(url: str) -> Settings:
    """The settings of the benchmarks' systems, whose time stands still unless it is moved."""
    return Settings(database_url=url, clock="simulated", simulated_start=START)


class Ours:
    """A system in which every client has a grant of its own, and one in a fund that all share."""

    def __init__(self, url: str, clients: int) -> None:
        self.system = System(settings_of(url), migrating=True)
        self.adapters: dict[Any, TypeAdapter[Any]] = {}
        self.system.admit("person:reviewer", "reviewer")
        self.people = people_of("")
        organisation = self.tell(
            "district_officer", "organisations", "import", name="同创社工", leader="person:legal",
            uscc="52220102000000001F", place=PLACE, account=ACCOUNT,
        ).id  # fmt: skip
        self.organisation = organisation
        self.people = people_of(organisation)
        own = [self.round(f"own-{n}") for n in range(clients)]
        shared = self.round("shared")
        proposals = [self.proposal(r, organisation) for r in (*own, *[shared] * clients)]
        tranches = self.tranches((*own, shared), proposals)
        self.payments = Payments(
            self.system, organisation, own=tranches[:clients], hot=tranches[clients:]
        )

    def tell(self, who: str, nouns: str, verb: str, id: str = "", **fields: Any) -> Answer:
        """Sends a command as somebody and waits for its answer."""
        kind = HANDLERS[NOUNS[nouns]][verb][0]
        adapter = self.adapters.setdefault(kind, TypeAdapter(kind))
        command = adapter.validate_python(fields)
        sent = Sent(noun=NOUNS[nouns], verb=verb, command=command, by=self.people[who], id=id)
        return self.system.desk.send(sent)

    def pair(
        self, first: str, second: str, nouns: str, verb: str, id: str = "", **fields: Any
    ) -> None:
        """Sends a command that needs two hands."""
        waiting = self.tell(first, nouns, verb, id, **fields)
        self.tell(second, "approvals", "approve", waiting.id)

    def round(self, name: str) -> str:
        """An open round with a fund of its own."""
        fund = self.tell(
            "fund_manager", "funds", "propose", name=name, kind="dedicated", place=PLACE,
            year=2026, currency="CNY", purposes=["创投"], reuse=True,
        ).id  # fmt: skip
        self.tell("finance_approver", "funds", "open", fund)
        pair = ("fund_manager", "finance_approver")
        self.pair(*pair, "funds", "record-appropriation", fund, doc_no=name,
                  amount_minor=10**10, year=2026)  # fmt: skip
        self.pair("cashier", "reconciler", "funds", "receive-contribution", fund,
                  contributor="财政局", source="appropriation", amount_minor=10**10,
                  purposes=["创投"], bank_ref=name)  # fmt: skip
        id = self.tell("round_secretary", "rounds", "plan", no=name, title=name, kind="micro",
                       place=PLACE, rules=RULES).id  # fmt: skip
        self.pair(*pair, "rounds", "allot-budget", id, fund=fund,
                  lines=[{"line": "grants", "amount_minor": 10**9}])  # fmt: skip
        now = self.system.clock.now()
        self.tell("district_officer", "rounds", "publish-call", id, rules_version="1",
                  opens=now + timedelta(seconds=1), closes=now + timedelta(days=1))  # fmt: skip
        self.wait(timedelta(seconds=2))
        return id

    def proposal(self, round: str, organisation: str) -> str:
        """A proposal that has come through intake."""
        id = self.tell("applicant", "proposals", "draft", round=round, organisation=organisation,
                       title="为老服务").id  # fmt: skip
        self.tell(
            "applicant", "proposals", "edit", id, summary="每周两次",
            budget=[{"line": "activity", "amount_minor": 1_000_000}], requested_minor=800_000,
            match_minor=200_000, starts="2026-04-01", ends="2026-10-31",
            indicators=[{"name": "人次", "unit": "person_times", "target": 90}],
        )  # fmt: skip
        self.pair("applicant", "legal_representative", "proposals", "submit", id)
        self.tell("round_secretary", "proposals", "take-intake", id)
        self.tell("finance_approver", "proposals", "pass-budget-check", id)
        self.tell("round_secretary", "proposals", "admit", id)
        return id

    def tranches(self, rounds: tuple[str, ...], proposals: list[str]) -> list[str]:
        """The tranche of each proposal, once it is awarded, signed and active."""
        self.wait(timedelta(days=2))
        for round in rounds:
            self.review(round)
        for proposal in proposals:
            self.pair("panel_chair", "leader", "proposals", "propose-award", proposal,
                      amount_minor=800_000)  # fmt: skip
        for round in rounds:
            (panel,) = self.ids("panel", round=round)
            self.tell("panel_chair", "panels", "hold-deliberation", panel,
                      votes=[{"member": "person:reviewer", "choice": "for"}])  # fmt: skip
            self.pair("panel_chair", "leader", "rounds", "fix-ranking", round)
            self.tell("district_officer", "rounds", "publish-notice", round, contact="0431",
                      starts=self.today, ends=self.today + timedelta(days=12))  # fmt: skip
        self.wait(timedelta(days=13))
        return [self.tranche(proposal) for proposal in proposals]

    def review(self, round: str) -> None:
        """A round from the draw to its locked scores."""
        pool = self.tell("district_officer", "pools", "create", name="库", place=PLACE).id
        expert = {"person": "person:reviewer", "place": f"{PLACE}099"}
        listed = self.tell("district_officer", "pools", "add-expert", pool, expert=expert)
        self.pair("round_secretary", "oversight_officer", "panels", "draw", round=round,
                  pool_id=pool, pool_version=listed.version, size=1)  # fmt: skip
        self.tell("round_secretary", "rounds", "start-review", round)
        for review in self.ids("review", round=round):
            self.tell("round_secretary", "reviews", "invite", review,
                      due=self.today + timedelta(days=3))  # fmt: skip
            self.tell("reviewer", "reviews", "accept", review, declaration="无利害关系")
            self.tell("reviewer", "reviews", "start-scoring", review)
            self.tell("reviewer", "reviews", "submit-score", review, comment="可行",
                      scores=[{"criterion": "need", "points": 90}])  # fmt: skip
            self.tell("panel_chair", "reviews", "lock", review)
        self.wait(timedelta(seconds=1))

    def tranche(self, proposal: str) -> str:
        """Awards, signs and activates; the one tranche of the grant."""
        self.tell("leader", "proposals", "confirm-award", proposal)
        (grant,) = self.ids("grant", proposal=proposal)
        self.pair("legal_representative", "district_officer", "grants", "sign-agreement", grant,
                  document="document:1", account=ACCOUNT, starts=self.today + timedelta(days=1),
                  ends=self.today + timedelta(days=200))  # fmt: skip
        self.pair("fund_manager", "finance_approver", "grants", "activate", grant)
        self.wait(timedelta(seconds=1))
        (tranche,) = self.ids("tranche", grant=grant)
        return tranche

    def ids(self, noun: str, **where: str) -> list[str]:
        """The ids that a question finds."""
        with self.system.store.shelf() as shelf:
            return shelf.ids(noun, where)

    @property
    def today(self) -> date:
        """The local day."""
        return self.system.clock.now().astimezone(self.system.zone).date()

    def wait(self, some_time: timedelta) -> None:
        """Lets simulated time pass and does what is due."""
        self.system.advance(self.system.clock.now() + some_time)
