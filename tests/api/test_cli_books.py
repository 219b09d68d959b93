"""What the command line shows of a district: accounts, stages, timelines, records, and checks."""

import sys
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from infrastructure.imports.threesixty import read_360giving
from tests.commandline import CHINESE, CommandLine, Stored, content, migrated
from tests.district import District
from tests.played import AWARD
from tests.played_to_end import pay, with_grant_active

PROGRAM = Path(sys.executable).with_name("fundtrail")
WHENS = (
    (),
    ("--as-of", "2026-03-02"),
    ("--as-of", "2026-03-02T10:00:00+08:00"),
    ("--as-of", "2027-01-01"),
    ("--as-of", "1999-01-01"),
    ("--as-of", "position:40"),
    ("--as-of", "position:0"),
    ("--known-at", "2026-03-20"),
    ("--known-at", "2026-03-02T01:00:00Z"),
    ("--known-at", "position:25"),
    ("--as-of", "2026-03-02", "--known-at", "position:12"),
    ("--as-of", "position:30", "--known-at", "position:60"),
)


@dataclass(frozen=True)
class Played:
    """A district in which one grant has had its first tranche, and the ids of its things."""

    fundtrail: CommandLine
    fund: str
    round: str
    proposal: str
    grant: str


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    url = f"sqlite:///{tmp_path_factory.mktemp('played') / 'fundtrail.db'}"
    district = District(url)
    path = with_grant_active(district, rivals=1)
    pay(path)
    district.close()
    return Played(CommandLine(url), path.fund, path.round, path.proposal, path.grant)


@pytest.mark.parametrize("when", WHENS, ids=" ".join)
def test_balances_are_what_the_events_give(played: Played, when: tuple[str, ...]) -> None:
    balances = played.fundtrail.answer("balances", *when)
    replayed = played.fundtrail.answer("replay", *when)
    trial = played.fundtrail.answer("trial-balance", *when)

    stages = replayed.pop("stages")
    assert replayed == balances
    assert trial["accounts"] == balances["accounts"]
    assert trial["balanced"]
    assert bool(stages) == (balances["position"] > 0 and "1999-01-01" not in when)
    keys = [(row["fund"], row["currency"], row["account"]) for row in balances["accounts"]]
    assert keys == sorted(keys)
    for row in balances["accounts"]:
        assert row["balance_minor"] == row["debit_minor"] - row["credit_minor"]


def test_a_moment_bounds_what_is_told(played: Played) -> None:
    def accounts(*when: str) -> list[str]:
        rows = played.fundtrail.answer("balances", *when)["accounts"]
        return [row["account"] for row in rows]

    assert accounts("--as-of", "1999-01-01") == []
    assert "authority.committed" not in accounts("--as-of", "2026-03-02")
    assert "authority.committed" in accounts()
    answer = played.fundtrail.answer("balances", "--as-of", "position:12")
    assert (answer["as_of"], answer["known_at"], answer["position"]) == ("position:12", None, 12)
    everything = played.fundtrail.answer("replay", "--known-at", "position:999999")
    assert everything["position"] == len(Stored(played.fundtrail.url).lines)


def test_known_at_is_the_longest_run_recorded_by_then(played: Played) -> None:
    records = Stored(played.fundtrail.url).records
    moment = records[60].recorded_at
    expected = sum(record.recorded_at <= moment for record in records)

    answer = played.fundtrail.answer("replay", "--known-at", moment.isoformat())

    assert answer["position"] == expected


@pytest.mark.parametrize("command", ["balances", "replay", "trial-balance"])
@pytest.mark.parametrize("option", ["--as-of", "--known-at"])
@pytest.mark.parametrize("when", ["soon", "2026-02-30", "position:-1", "2026-03-02T10:00", ""])
def test_what_is_no_moment_is_refused(played: Played, command: str, option: str, when: str) -> None:
    assert played.fundtrail(command, option, when) == 2
    assert "no moment" in played.fundtrail.err


def test_one_fund_alone(played: Played) -> None:
    every = played.fundtrail.answer("balances")["accounts"]

    assert played.fundtrail.answer("balances", "--fund", played.fund)["accounts"] == every
    assert played.fundtrail.answer("replay", "--fund", played.fund)["accounts"] == every
    assert played.fundtrail.answer("balances", "--fund", "another")["accounts"] == []
    assert played.fundtrail.answer("replay", "--fund", "another")["stages"] == {}


def test_one_grant_alone(played: Played) -> None:
    answer = played.fundtrail.answer("replay", "--grant", played.grant)

    balances = {row["account"]: row["balance_minor"] for row in answer["accounts"]}
    assert balances["authority.committed"] + balances["authority.spent"] == AWARD
    assert answer["stages"] == {
        "grants": {"active": 1},
        "tranches": {"planned": 1, "reconciled": 1},
    }


def test_one_round_with_its_scores_and_draw(played: Played) -> None:
    answer = played.fundtrail.answer("replay", "--round", played.round)

    assert [score["rank"] for score in answer["scores"]] == [1, 1]
    assert {score["score_milli"] for score in answer["scores"]} == {87_000}
    assert played.proposal in {ranked["proposal"] for ranked in answer["ranking"]}
    (draw,) = answer["draw"]
    assert len(draw["seed"]) == 32
    assert (draw["order"], draw["members"]) == (["person:reviewer"], ["person:reviewer"])
    assert answer["stages"]["proposals"] == {"awarded": 1, "not_selected": 1}


def test_people_read_names_and_amounts(played: Played) -> None:
    assert played.fundtrail("replay", language=CHINESE) == 0
    assert "街道创新专项" in played.fundtrail.out
    assert "银行存款" in played.fundtrail.out
    assert played.fundtrail("trial-balance", language=CHINESE) == 0
    assert played.fundtrail.out.endswith("试算平衡。\n")
    assert played.fundtrail("balances", "--as-of", "1999-01-01") == 0
    assert played.fundtrail.out == "There is nothing to show.\n"


@pytest.mark.parametrize("noun", ["", "grant:"])
def test_the_timeline_of_a_grant(played: Played, noun: str) -> None:
    events = played.fundtrail.answer("timeline", f"{noun}{played.grant}")["events"]

    assert events[0]["event"]["type"] == "grant.opened"
    assert [event["version"] for event in events] == list(range(1, len(events) + 1))
    assert [event["position"] for event in events] == sorted(e["position"] for e in events)
    activated = next(e for e in events if e["event"]["type"] == "grant.activated")
    assert activated["actor"]["id"] == "person:finance_approver"
    assert activated["on_behalf_of"] == {"prepared_by": "person:fund_manager"}
    assert played.fundtrail("timeline", f"{noun}{played.grant}", language=CHINESE) == 0
    assert "person:finance_approver" in played.fundtrail.out


def test_what_is_not_there_has_no_timeline(played: Played) -> None:
    assert played.fundtrail("timeline", "none") == 1
    assert "“none”" in played.fundtrail.err


def test_records_are_exported_byte_for_byte(played: Played, tmp_path: Path) -> None:
    lines = Stored(played.fundtrail.url).lines
    file = tmp_path / "records.jsonl"

    assert played.fundtrail.answer("export", "records", "-o", file)["count"] == len(lines)
    assert file.read_bytes() == b"".join(line + b"\n" for line in lines)
    played.fundtrail("export", "records", "-o", file, "--as-of", "position:7")
    assert file.read_bytes().splitlines() == lines[:7]
    played.fundtrail("export", "records", "-o", file, "--as-of", "1999-01-01")
    assert file.read_bytes() == b""
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_a_live_grant_is_exported_with_what_was_paid(
    played: Played, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"grants.{ending}"

    assert played.fundtrail.answer("export", "360giving", "-o", file)["count"] == 1

    (row,) = read_360giving(file, zone=ZoneInfo("Asia/Shanghai")).rows
    assert (row.title, row.currency, row.awarded_minor) == ("为老服务", "CNY", AWARD)
    assert (row.asked_minor, row.recipient_name) == (8_000_000, "同创社工")
    assert [payment.amount_minor for payment in row.payments] == [AWARD * 60 // 100]
    elsewhere = migrated(f"sqlite:///{tmp_path / 'elsewhere.db'}", FUNDTRAIL_CLOCK="simulated")
    elsewhere("tick", "--now", "2027-01-01")
    assert elsewhere.imported(file)["accepted"] == 1


def test_reading_changes_nothing(played: Played, tmp_path: Path) -> None:
    before = content(played.fundtrail.url)

    for command in ("balances", "replay", "trial-balance", "verify"):
        assert played.fundtrail(command) == 0
    played.fundtrail("timeline", played.grant)
    played.fundtrail("export", "records", "-o", tmp_path / "records.jsonl")

    assert content(played.fundtrail.url) == before
