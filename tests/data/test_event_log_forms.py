"""A small log in every form, and mappings of cases that are about several things at once."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.commandline import CommandLine
from tests.data.logged import MAPPING, ROWS, Told, mapped, objects, write

ROW_OF_THE_DEPARTURE = {"xes": 51, "csv": 9, "jso": 8}
FORMS = ("xes", "xes.gz", "csv", "csv:gb18030", "csv:utf-8-sig", "json")


def check(fundtrail: CommandLine, file: Path, mapping: str = MAPPING, code: int = 0) -> Any:
    at = mapped(file.parent, mapping)
    return fundtrail.answer("check", "event-log", file, "--mapping", at, code=code)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_log_is_judged_alike(
    fundtrail: CommandLine, tmp_path: Path, form: str
) -> None:
    found = check(fundtrail, write(tmp_path, form, *ROWS), code=1)

    assert (found["accepted"], found["refused"], found["events"]) == (1, 1, 8)
    (refusal,) = found["refusals"]
    assert refusal == {
        "case": "乙",
        "row": ROW_OF_THE_DEPARTURE[form[:3]],
        "event": 3,
        "activity": "signed",
        "thing": "",
        "stage": "requested",
        "step": "approve",
        "rule": "T4.stage",
        "message": "Tranche in stage “requested” does not allow “approve”.",
    }
    assert found["final_stages"] == {"paid": 1}
    # 10.005 and 0.005 are 10.01 as stated; each rounded by itself they are 10.01 and 0.01.
    assert found["amounts"] == {
        "currency": "CNY",
        "rounding": "half-up",
        "cases": 2,
        "stated": "10.01",
        "stated_minor": 1_001,
        "rounded_minor": 1_002,
    }
    assert len(list(tmp_path.iterdir())) == 2


def test_the_small_log_is_as_the_schema_of_the_standard_has_it(logs: Path) -> None:
    schema = json.loads((logs / "schema_ocel2.json").read_text())
    jsonschema.validate(objects(*ROWS), schema)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_sheets_and_objects_are_read_by_time_and_equal_times_in_their_order(
    fundtrail: CommandLine, tmp_path: Path, form: str
) -> None:
    """`signed` before `seen` in the file is no fault where its time is later, or it stands last."""
    asked, seen, _, signed, paid = ROWS[:5]
    late = write(tmp_path, form, paid, signed, asked, seen)
    assert check(fundtrail, late)["accepted"] == 1
    level = [row._replace(time="2024-01-01T09:00:00+08:00") for row in (asked, seen, signed)]
    assert check(fundtrail, write(tmp_path, form, *level))["accepted"] == 1
    level.reverse()
    assert check(fundtrail, write(tmp_path, form, *level), code=1)["refused"] == 1


def test_times_of_a_sheet_may_be_written_otherwise(fundtrail: CommandLine, tmp_path: Path) -> None:
    asked, seen = ROWS[0]._replace(time="9/1/2024 9:05"), ROWS[1]._replace(time="10/1/2024 8:00")
    mapping = MAPPING.replace("repeatable", 'timestamp_format = "%d/%m/%Y %H:%M"\nrepeatable')
    file = write(tmp_path, "csv", seen, asked)
    assert check(fundtrail, file, mapping)["final_stages"] == {"checked": 1}
    assert check(fundtrail, file, code=2)["refusals"][0]["rule"] == "moment_unfit"


def test_numbers_of_objects_are_read_exactly(fundtrail: CommandLine, tmp_path: Path) -> None:
    file = write(tmp_path, "json", *ROWS[:5])
    number = "2754953.12089079777181390001"
    file.write_text(file.read_text().replace('"10.005"', number))
    assert check(fundtrail, file)["amounts"]["stated"] == number


def test_an_object_has_the_value_that_it_had_last(fundtrail: CommandLine, tmp_path: Path) -> None:
    log, file = objects(*ROWS[:5]), tmp_path / "log.json"
    for event in log["events"]:
        event["attributes"].pop(0)
    log["objects"][0]["attributes"] = [
        {"name": "sum", "value": value, "time": f"{year}-01-01T00:00:00Z"}
        for value, year in (("3", 2024), ("5", 2025), ("4", 2023))
    ]
    file.write_text(json.dumps(log))
    assert check(fundtrail, file)["amounts"]["stated"] == "5"


def test_xes_is_read_in_the_order_of_the_file_whatever_its_times_say(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    asked, seen = ROWS[0], ROWS[1]._replace(time="2020-01-01T00:00:00Z")
    assert check(fundtrail, write(tmp_path, "xes", asked, seen))["accepted"] == 1
    assert check(fundtrail, write(tmp_path, "xes", seen, asked), code=1)["refused"] == 1


REVIEWS = """
lifecycle = "review"
start = "-"
[attributes]
instance = "office"
[steps]
"drawn" = "assign"
"asked" = "invite"
"came" = ["accept", "start-scoring", "submit-score"]
"further" = { steps = ["assign", "invite"], of = "next" }
"answer" = { steps = ["accept", "start-scoring", "submit-score"], of = "last" }
"closed" = { steps = ["lock"], of = "each", in = ["submitted"] }
"closed early" = { steps = ["lock"], of = ["anna", "ben"] }
"""


def told(*events: str) -> list[Told]:
    """A case of reviews; after a colon stands whose review it is."""
    parted = [event.partition(":") for event in events]
    return [
        Told("p1", activity, f"2024-01-01T00:00:{no:02}Z", office=who)
        for no, (activity, _, who) in enumerate(parted)
    ]


@pytest.mark.parametrize(
    ("events", "stages"),
    [
        (("drawn:anna", "asked:anna", "drawn:ben", "asked:ben", "came:anna", "closed"),
         {"invited": 1, "locked": 1}),
        (("drawn:anna", "further", "further", "answer", "closed"),
         {"drawn": 1, "invited": 1, "locked": 1}),
        (("further", "answer", "further", "answer", "closed"), {"locked": 2}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["xes", "csv"])
def test_a_case_may_be_about_several_things_each_on_its_own_way(
    fundtrail: CommandLine, tmp_path: Path, form: str, events: list[str], stages: dict[str, int]
) -> None:
    found = check(fundtrail, write(tmp_path, form, *told(*events)), REVIEWS)

    assert found["final_stages"] == stages


@pytest.mark.parametrize(
    ("events", "place"),
    [
        (("asked:anna",), (1, "anna", "", "invite", "V2.begun")),
        (("drawn:anna", "drawn:anna"), (2, "anna", "drawn", "assign", "V1a.stage")),
        (("drawn:anna", "asked:anna", "came:ben"), (3, "ben", "", "accept", "V2a.begun")),
        (("answer",), (1, "+1", "", "accept", "V2a.begun")),
        (("drawn:anna", "closed early"), (2, "anna", "drawn", "lock", "V6.stage")),
    ],
)
def test_the_thing_that_departs_is_named(
    fundtrail: CommandLine, tmp_path: Path, events: list[str], place: tuple[object, ...]
) -> None:
    found = check(fundtrail, write(tmp_path, "csv", *told(*events)), REVIEWS, code=1)

    (refusal,) = found["refusals"]
    told_of = tuple(refusal[name] for name in ("event", "thing", "stage", "step", "rule"))
    assert told_of == place


def test_objects_of_another_type_are_the_things_of_a_case(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    log = objects(*told("drawn", "asked", "came"))
    log["objectTypes"].append({"name": "review", "attributes": []})
    log["objects"] += [{"id": name, "type": "review"} for name in ("r1", "r2")]
    for event in log["events"]:
        event["relationships"] += [{"objectId": name, "qualifier": ""} for name in ("r1", "r2")]
    log["events"][-1]["relationships"].pop()
    file = tmp_path / "log.json"
    file.write_text(json.dumps(log))
    mapping = REVIEWS.replace('instance = "office"', 'instance = "review"\ncase = "request"')

    assert check(fundtrail, file, mapping)["final_stages"] == {"invited": 1, "submitted": 1}


def test_events_of_other_transitions_than_those_that_count_are_passed_over(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    mapping = MAPPING.replace("repeatable", 'transitions = ["Complete"]\nrepeatable').replace(
        'role = "office"', 'transition = "office"'
    )
    asked, _, _, signed, _ = ROWS[:5]
    rows = (signed._replace(office="start"), asked._replace(office="complete"))
    file = write(tmp_path, "xes", *rows)
    found = check(fundtrail, file, mapping)
    assert (found["final_stages"], found["events"]) == ({"requested": 1}, 2)
    every = mapping.replace('transitions = ["Complete"]\n', "")
    assert check(fundtrail, file, every, code=1)["refused"] == 1


def test_an_activity_that_is_not_mapped_stands_for_nothing_only_where_the_mapping_says_so(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    file = write(tmp_path, "xes", ROWS[0], ROWS[0]._replace(activity="dreamt"))
    mapping = MAPPING.replace("repeatable", 'unmapped = "-"\nrepeatable')

    found = check(fundtrail, file, mapping)

    assert found["final_stages"] == {"requested": 1}
    assert "the activity “dreamt” stands for no step (1 times)" in [
        each["message"] for each in found["not_assessed"]
    ]
    assert check(fundtrail, file, code=2)["refusals"][0]["rule"] == "activity_unmapped"


def test_what_leads_back_goes_to_the_stage_that_was_left(
    fundtrail: CommandLine, tmp_path: Path
) -> None:
    mapping = MAPPING.replace("[steps]", '[steps]\n"held" = "hold"\n"freed" = "release"')
    asked, seen, *_ = ROWS
    held, freed = asked._replace(activity="held"), asked._replace(activity="freed")
    file = write(tmp_path, "xes", asked, held, freed, seen)
    assert check(fundtrail, file, mapping)["final_stages"] == {"checked": 1}
    unknown = mapping.replace('start = "eligible"', 'start = "held"')
    (refusal,) = check(fundtrail, write(tmp_path, "xes", freed), unknown, 1)["refusals"]
    assert refusal["rule"] == "T9b.left"
