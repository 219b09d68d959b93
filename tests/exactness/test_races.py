"""Many hands at one moment: one decision each time, and never more money than there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from application.handlers import HANDLERS
from application.permissions import PERMISSIONS, Permission
from tests.district import District
from tests.exactness import grants
from tests.exactness.grants import FIT, Money
from tests.exactness.pipes import Workers
from tests.exactness.racing import (
    CLIENTS,
    Field,
    Ground,
    Processes,
    Systems,
    command,
    refused_by,
    taking_turns,
    winners,
)
from tests.played import AWARD, Path, draft, with_fund, with_open_round
from tests.played_to_end import found

ROUNDS = 5
"""How often each race is run."""


@pytest.fixture(scope="module")
def racers() -> Iterator[Workers]:
    """Four processes that take part in one race after another."""
    started = Workers("tests.exactness.racer")
    yield started
    started.close()


@pytest.fixture(params=["sqlite-threads", "postgresql-systems", "postgresql-processes"])
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    """Where races are run: 32 threads, two systems of 16, or four processes of 8."""
    database, _, kind = request.param.partition("-")
    fields: dict[str, Callable[[District], Field]] = {
        "threads": lambda district: Systems(district, 1),
        "systems": lambda district: Systems(district, 2),
        "processes": lambda district: Processes(district, request.getfixturevalue("racers")),
    }
    made = Ground(District(request.getfixturevalue(f"{database}_url")), fields[kind])
    yield made
    made.close()


def prepared(path: Path, proposal: str) -> str:
    """An award that waits for the leader's hand."""
    told = path.district.tell(
        "panel_chair", "proposals", "propose-award", proposal, amount_minor=AWARD
    )
    assert told.prepared
    return told.id


def test_of_32_clients_who_award_and_decline_one_proposal_one_decides(ground: Ground) -> None:
    district = ground.district
    path = grants.with_scored_proposals(district, ROUNDS)
    for proposal in (path.proposal, *path.rivals):
        before = found(path, f"proposal:{proposal}").version
        waiting = [prepared(path, proposal), prepared(path, proposal)]
        award = [command(district, "leader", "approvals", "approve", id) for id in waiting]
        decline = command(
            district, "panel_chair", "proposals", "decline", proposal, feedback="名额有限"
        )
        commands = taking_turns(award[0], decline, award[1], decline)

        outcomes = ground.race(commands)

        won = winners(commands, outcomes)
        assert len(won) == 1
        refused = refused_by(outcomes)
        assert refused <= {("W2.left",), ("W2.stage",), ("S15.stage",)}
        said = ground.events(f"proposal:{proposal}", after=before)
        decided = "proposal.declined" if won == [decline] else "proposal.award_proposed"
        assert [name for name in said if name != "ledger.moved"] == [decided]
        stages = Counter(found(path, f"approval:{id}").stage for id in waiting)
        assert stages["approved"] == (won != [decline])


def test_of_32_clients_who_end_one_approval_one_way_or_another_one_does(ground: Ground) -> None:
    district, path = ground.district, with_fund(ground.district)
    for number in range(ROUNDS):
        before = found(path, f"fund:{path.fund}").appropriated_minor
        waiting = path.tell(
            "fund_manager", "funds", "record-appropriation", path.fund,
            doc_no=f"南财〔2026〕{number + 2}号", amount_minor=100, year=2026,
        )  # fmt: skip
        approve = command(district, "finance_approver", "approvals", "approve", waiting)
        decline = command(
            district, "finance_approver", "approvals", "decline", waiting, reason="文号有误"
        )
        withdraw = command(district, "fund_manager", "approvals", "withdraw", waiting)
        commands = taking_turns(approve, decline, withdraw)

        outcomes = ground.race(commands)

        won = winners(commands, outcomes)
        assert len(won) == 1
        assert refused_by(outcomes) <= {("W2.stage",), ("W3.stage",), ("W4.stage",), ("W2.left",)}
        ended = {"approve": "granted", "decline": "declined", "withdraw": "withdrawn"}
        assert ground.events(f"approval:{waiting}", after=1) == [f"approval.{ended[won[0].verb]}"]
        added = found(path, f"fund:{path.fund}").appropriated_minor - before
        assert added == (100 if won == [approve] else 0)


def test_of_32_clients_who_change_what_they_all_saw_one_does(ground: Ground) -> None:
    path = with_open_round(ground.district)
    proposal = draft(path, "为老服务")
    for _ in range(ROUNDS):
        seen = found(path, f"proposal:{proposal}").version
        commands = [
            command(
                ground.district, "applicant", "proposals", "edit", proposal,
                version=seen, summary=f"第{number}位的改动",
            )
            for number in range(CLIENTS)
        ]  # fmt: skip

        outcomes = ground.race(commands)

        won = winners(commands, outcomes)
        assert len(won) == 1
        assert refused_by(outcomes) == {("version",)}
        now = found(path, f"proposal:{proposal}")
        assert (now.version, now.says.summary) == (seen + 1, won[0].command.summary)


@pytest.mark.parametrize("payments", ["wait at the bank", "are paid"])
def test_32_approvals_at_once_never_promise_more_than_the_free_cash(
    payments: str, ground: Ground
) -> None:
    district, nearly_empty = ground.district, grants.NEARLY_EMPTY
    path = grants.with_active_grants(district, 4, paid_in=nearly_empty)
    fund, cash = f"fund:{path.fund}", nearly_empty
    money = Money(ground, path, [grants.checked(path, id) for id in district.all("tranches")])
    approved = []
    for number in range(ROUNDS):
        won = money.race(cash, "T4.cash")
        cash -= sum(map(money.amount, won))
        assert found(path, fund).free_cash == cash
        if payments == "are paid":
            for tranche in won:
                grants.paid(path, tranche, money.amount(tranche))
            assert money.account(fund, "cash.bank") == cash
        approved += won
        grants.received(path, nearly_empty - cash, f"B{number + 2}")
        cash = nearly_empty
    promised = sum(map(money.amount, approved))
    owed = 0 if payments == "are paid" else promised
    assert money.account(fund, "cash.payables") == owed
    assert money.account(fund, "cash.bank") == nearly_empty + owed


def test_32_approvals_at_once_never_pay_more_than_the_award(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An agreement divides its award exactly, so the guard bites only where something went wrong
    # before: here each grant has more instalments than its award can pay.
    monkeypatch.setitem(HANDLERS["tranche"], "plan", (dict, grants.plan_another))
    monkeypatch.setitem(PERMISSIONS["tranche"], "plan", Permission(("fund_manager",)))
    district, path = ground.district, grants.with_active_grants(ground.district, ROUNDS)
    agreed = {grant: district.all("tranches", grant=grant) for grant in district.all("grants")}
    for grant in agreed:
        for _ in range(CLIENTS - FIT):
            path.tell("fund_manager", "tranches", "plan", grant=grant)
    district.wait(hours=1)
    for grant, parts in agreed.items():
        planned = [grants.checked(path, id) for id in district.all("tranches", grant=grant)]
        for tranche in parts[FIT:]:
            path.tell("finance_approver", "tranches", "approve", tranche)
        money = Money(ground, path, [id for id in planned if id not in parts[FIT:]])

        won = money.race(FIT * grants.SMALL, "T4.committed")

        assert len(won) == FIT
        assert money.account(f"grant:{grant}", "cash.payables") == AWARD
        assert money.account(f"grant:{grant}", "authority.committed") == AWARD
