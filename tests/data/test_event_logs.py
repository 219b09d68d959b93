"""Real event logs of other systems against our lifecycles: which cases conform, and which not."""

import gzip
import json
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from time import process_time
from typing import Any
from xml.etree import ElementTree

import pytest

from infrastructure.imports.logs import read_log_mapping
from tests.commandline import CHINESE, CommandLine
from tests.conftest import REPOSITORY

MAPPINGS = REPOSITORY / "docs" / "mappings"
XES = "{http://www.xes-standard.org}"
COMPARED = ("case", "event", "activity", "stage", "step")


@pytest.fixture(scope="module")
def payments(logs: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, float]:
    """What is answered of the payment requests, and how many seconds of work that took."""
    folder = tmp_path_factory.mktemp("logs")
    fundtrail = CommandLine(f"sqlite:///{folder / 'none.db'}")
    began = process_time()
    file, mapping = logs / "RequestForPayment.xes.gz", logs / "request-for-payment.toml"
    found = check(fundtrail, file, mapping, code=1)
    assert list(folder.iterdir()) == []
    return found, process_time() - began


def check(fundtrail: CommandLine, file: Path, mapping: Path, code: int = 0) -> Any:
    return fundtrail.answer("check", "event-log", file, "--mapping", mapping, code=code)


def test_payment_requests_are_refused_exactly_where_our_payments_would_be(
    payments: tuple[Any, float], logs: Path
) -> None:
    expected = json.loads((logs / "request-for-payment.expected.json").read_text())
    found, seconds = payments

    assert seconds < 20
    assert (found["accepted"], found["refused"]) == (expected["conforming"], expected["refused"])
    assert found["final_stages"] == expected["final_stages"]
    told = [{field: refusal[field] for field in COMPARED} for refusal in found["refusals"]]
    assert told == expected["refusals"]
    assert found["events"] == 36_072
    rules = {refusal["step"]: refusal["rule"] for refusal in found["refusals"]}
    assert rules == {
        "approve": "T4.stage",
        "check": "T3.stage",
        "request": "T2.stage",
        "confirm": "T6.stage",
    }
    assert found["refusals"][0]["message"] == (
        "Tranche in stage “requested” does not allow “approve”."
    )


def test_the_mapping_that_comes_with_the_program_says_the_same(logs: Path) -> None:
    given = read_log_mapping(logs / "request-for-payment.toml")
    ours = read_log_mapping(MAPPINGS / "payment-requests.toml")
    assert (ours.meanings, ours.measure, ours.says) == (given.meanings, given.measure, given.says)


def amounts_of(file: Path) -> Iterator[Decimal]:
    """The amount of each case, read without any of our reader."""
    with gzip.open(file) as packed:
        for _, element in ElementTree.iterparse(packed):
            if element.tag == f"{XES}trace":
                (stated,) = {
                    inner.attrib["value"]
                    for inner in element.iter(f"{XES}string")
                    if inner.attrib["key"] == "(case)_RequestedAmount"
                }
                yield Decimal(stated)
                element.clear()


def test_amounts_are_added_up_as_stated_and_each_rounded_half_up(
    payments: tuple[Any, float], logs: Path
) -> None:
    found, _ = payments
    amounts = list(amounts_of(logs / "RequestForPayment.xes.gz"))
    cent = Decimal("0.01")

    assert found["amounts"] == {
        "currency": "EUR",
        "rounding": "half-up",
        "cases": 6_760,
        "stated": str(sum(amounts)),
        "stated_minor": 275_495_312,
        "rounded_minor": 275_495_240,
    }
    assert sum(a.quantize(cent, ROUND_HALF_UP) for a in amounts) == Decimal("2754952.40")


def test_who_acted_is_named_as_not_assessed_in_both_languages(
    fundtrail: CommandLine, payments: tuple[Any, float], logs: Path
) -> None:
    file, mapping = logs / "RequestForPayment.xes.gz", logs / "request-for-payment.toml"
    found = payments[0]["not_assessed"]

    rules = [each["rule"] for each in found]
    assert rules == [*(f"{row}.who" for row in ("T2", "T3", "T4", "T4r", "T5", "T6")),
                     "guards", "activity"]  # fmt: skip
    assert found[2]["message"] == (
        "who took “approve”, and whether its hands are different people (with us: "
        "finance approver → leader); the log says: DIRECTOR, SUPERVISOR"
    )
    assert "Request For Payment SAVED by EMPLOYEE" in found[-1]["message"]
    assert "(74 times)" in found[-1]["message"]
    assert fundtrail("check", "event-log", file, "--mapping", mapping, language=CHINESE) == 1
    assert "拨付期次处于“已申请拨款”阶段，不能办理“批准拨付”。" in fundtrail.out
    assert "“批准拨付”由谁办理" in fundtrail.out
    assert "2754953.12 EUR" in fundtrail.out
    assert "逐案四舍五入后相加 2754952.40 EUR" in fundtrail.out
    assert "符合的案件 6116 个，不符合的 644 个" in fundtrail.out


def activities_of(file: Path) -> dict[str, list[str]]:
    """The activities that ended, by case, read without any of our reader."""
    with gzip.open(file) as packed:
        root = ElementTree.parse(packed).getroot()
    cases = {}
    for trace in root.findall("trace"):
        (name,) = (a.attrib["value"] for a in trace if a.attrib.get("key") == "concept:name")
        said = [{a.attrib["key"]: a.attrib["value"] for a in e} for e in trace.findall("event")]
        cases[name] = [
            event["concept:name"] if event["lifecycle:transition"] == "complete" else ""
            for event in said
        ]
    return cases


def test_reviews_that_timed_out_are_never_collected_by_our_rules(
    fundtrail: CommandLine, logs: Path
) -> None:
    """A case conforms where all three invited reviewers answered before reviews were collected."""
    file = logs / "reviewing.xes.gz"
    found = check(fundtrail, file, MAPPINGS / "reviewing.toml", code=1)

    late = {
        name: (1 + done.index("collect reviews"), min(a[-1] for a in done if a in TIME_OUTS))
        for name, done in activities_of(file).items()
        if TIME_OUTS & set(done)
    }
    assert (found["accepted"], found["refused"], found["events"]) == (11, 89, 3_730)
    told = {each["case"]: (each["event"], each["thing"]) for each in found["refusals"]}
    assert told == late
    places = {(e["activity"], e["stage"], e["step"], e["rule"]) for e in found["refusals"]}
    assert places == {("collect reviews", LEFT_BY_A_TIME_OUT, "lock", "V6.stage")}
    assert found["final_stages"][LEFT_BY_A_TIME_OUT] == 18


TIME_OUTS = {"time-out 1", "time-out 2", "time-out 3"}
LEFT_BY_A_TIME_OUT = "declined"


def test_a_log_of_receipts_is_read_and_what_stands_for_nothing_is_named(
    fundtrail: CommandLine, logs: Path
) -> None:
    found = check(fundtrail, logs / "08_receipt.xes.gz", MAPPINGS / "permit-receipt.toml")

    assert (found["accepted"], found["refused"], found["events"]) == (1_434, 0, 8_577)
    assert found["final_stages"] == {"in_intake": 1_434}
    assert [each["rule"] for each in found["not_assessed"]].count("activity") == 26
