"""Writing 360Giving files: valid, the same in all three forms, and harmless in a spreadsheet."""

import csv
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from jsonschema import Draft202012Validator, FormatChecker
from openpyxl import load_workbook
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from infrastructure.exports.threesixty import (
    GrantFacts,
    Party,
    Payment,
    UnwritableGrant,
    grant_object,
    write_360giving,
)
from infrastructure.imports.threesixty import GrantRow, PaymentRow, fingerprint, read_360giving
from infrastructure.imports.threesixty.guard import guarded, unguarded
from infrastructure.imports.threesixty.values import is_clean
from tests.infrastructure.threesixty import GRANT, SHANGHAI

FORMS = ("grants.json", "grants.csv", "grants.xlsx")
DANGEROUS = ("=1+1", "+44 20", "-5", "@SUM(A1)", "\t=1", " =1", "'=1", "''=1", "＝1", "\n=1")
FACTS = GrantFacts(
    grant_id="360G-fundtrail-1",
    title="助老餐",
    description="为八十岁以上老人供餐",
    currency="CNY",
    awarded_minor=8_500_010,
    awarded_on=date(2026, 3, 2),
    recipient=Party("CN-USCC-91440300000000000X", "邻里中心"),
    funder=Party("360G-fundtrail-fund", "公益基金"),
    asked_minor=9_000_000,
    planned_start=date(2026, 4, 1),
    planned_months=12,
    programme=Party("2026-micro", "微创投"),
    locations=("福田区",),
    country_code="CN",
    payments=(Payment("tranche-1", 4_250_005, date(2026, 4, 1)),),
    from_open_call=True,
    modified_at=datetime(2026, 4, 2, 8, tzinfo=UTC),
)


def read(path: Path) -> tuple[GrantRow, ...]:
    result = read_360giving(path, zone=SHANGHAI)
    assert result.faults == ()
    return result.rows


def is_date_time(text: object) -> bool:
    """Whether a date with a time and an offset is meant, as the standard's "date-time" wants."""
    return not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is not None


@pytest.fixture(scope="module")
def validator(shared_data: Path) -> Draft202012Validator:
    """Of the standard's package schema, which names its grant schema by an online address."""
    folder = shared_data / "360giving" / "schema" / "schema"
    package, grant = (
        json.loads((folder / f"360-giving-{name}schema.json").read_text())
        for name in ("package-", "")
    )
    address = package["properties"]["grants"]["items"]["$ref"]
    resource = DRAFT202012.create_resource(grant)
    registry: Registry = Registry().with_resources([(address, resource), (grant["$id"], resource)])
    formats = FormatChecker(formats=())
    formats.checks("date-time", raises=ValueError)(is_date_time)
    return Draft202012Validator(package, registry=registry, format_checker=formats)


@pytest.mark.parametrize("name", FORMS)
def test_real_grants_survive_every_form(shared_data: Path, tmp_path: Path, name: str) -> None:
    rows = read(shared_data / "360giving" / "andrew-lloyd-webber" / "grants.json")

    written = write_360giving(tmp_path / name, (row.source for row in rows))

    again = read(tmp_path / name)
    assert written == 475
    assert [fingerprint(row) for row in again] == [fingerprint(row) for row in rows]
    assert sum(row.awarded_minor for row in again) == 2_175_779_327


def test_written_json_is_valid(
    shared_data: Path, tmp_path: Path, validator: Draft202012Validator
) -> None:
    rows = read(shared_data / "360giving" / "andrew-lloyd-webber" / "grants.json")
    package = {"title": "Grants", "publisher": {"name": "Fundtrail"}, "issued": "2026-04-02"}

    write_360giving(
        tmp_path / "grants.json",
        [*(row.source for row in rows), grant_object(FACTS)],
        package=package,
    )

    document = json.loads((tmp_path / "grants.json").read_text(encoding="utf-8"))
    assert [error.message for error in validator.iter_errors(document)] == []
    assert document["publisher"] == {"name": "Fundtrail"}
    assert len(document["grants"]) == 476
    del document["grants"][0]["awardDate"]
    assert not validator.is_valid(document)


@pytest.mark.parametrize("name", FORMS)
def test_a_live_grant_is_read_as_it_was_told(tmp_path: Path, name: str) -> None:
    write_360giving(tmp_path / name, [grant_object(FACTS)])

    (row,) = read(tmp_path / name)
    assert (row.grant_id, row.title, row.description) == (
        "360G-fundtrail-1",
        "助老餐",
        "为八十岁以上老人供餐",
    )
    assert (row.asked_minor, row.awarded_minor, row.currency) == (9_000_000, 8_500_010, "CNY")
    assert (row.recipient_id, row.recipient_name) == FACTS.recipient
    assert (row.funder_id, row.funder_name) == FACTS.funder
    assert (row.programme_code, row.programme) == FACTS.programme
    assert (row.awarded_on, row.planned_start) == (date(2026, 3, 2), date(2026, 4, 1))
    assert (row.planned_months, row.planned_end) == (12, None)
    assert row.payments == (PaymentRow(4_250_005, date(2026, 4, 1)),)
    assert (row.locations, row.modified) == (("福田区",), "2026-04-02T08:00:00Z")


def test_what_is_unknown_is_left_out() -> None:
    facts = GrantFacts(
        grant_id="1",
        title="t",
        description="d",
        currency="JPY",
        awarded_minor=1500,
        awarded_on=date(2026, 3, 2),
        recipient=Party("2", "r"),
        funder=Party("3", "f"),
        disbursed_minor=0,
    )

    assert grant_object(facts) == {
        "id": "1",
        "title": "t",
        "description": "d",
        "currency": "JPY",
        "amountAwarded": 1500,
        "amountDisbursed": 0,
        "awardDate": "2026-03-02",
        "recipientOrganization": [{"id": "2", "name": "r"}],
        "fundingOrganization": [{"id": "3", "name": "f"}],
    }


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("minor", [1, 10, 99, 4_113_377, 2**53 - 2, 2**53 - 1])
def test_amounts_survive_to_the_last_minor_unit(tmp_path: Path, name: str, minor: int) -> None:
    grant = {**GRANT, "amountAwarded": Decimal(minor) / 100, "disbursementTransaction": []}

    write_360giving(tmp_path / name, [grant])

    assert read(tmp_path / name)[0].awarded_minor == minor


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_runs_as_a_formula(tmp_path: Path, text: str) -> None:
    grants = [{**GRANT, "title": "a", "description": text}]
    write_360giving(tmp_path / "grants.csv", grants)
    write_360giving(tmp_path / "grants.xlsx", grants)

    with (tmp_path / "grants.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["Description"].startswith("'")
    sheet = load_workbook(tmp_path / "grants.xlsx").worksheets[0]
    (cell,) = [cell for cell in sheet[2] if cell.column == 3]
    assert (cell.data_type, cell.value) == ("s", text)
    assert read(tmp_path / "grants.csv")[0].description == text.strip()


@given(text=some.text(alphabet="'=+-@＝ \t\r\nab"))
def test_a_guard_is_taken_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(text=some.text(max_size=40).filter(is_clean), name=some.sampled_from(FORMS))
def test_every_clean_text_survives_every_form(tmp_path: Path, text: str, name: str) -> None:
    grant = {**GRANT, "description": f"x{text}", "title": text.strip() or "x"}
    write_360giving(tmp_path / "expected.json", [grant])
    write_360giving(tmp_path / name, [grant])

    expected, written = (
        read_360giving(tmp_path / each, zone=SHANGHAI) for each in ("expected.json", name)
    )
    assert len(written.faults) == len(expected.faults)
    assert [row.title for row in written.rows] == [row.title for row in expected.rows]
    assert [row.description for row in written.rows] == [row.description for row in expected.rows]


def test_lists_get_a_column_for_each_item(tmp_path: Path) -> None:
    write_360giving(tmp_path / "grants.csv", [{**GRANT, "relatedActivity": ["a", "b"]}, GRANT])

    with (tmp_path / "grants.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert list(first)[:4] == ["Identifier", "Title", "Description", "Currency"]
    assert first["Beneficiary Location:1:Name"] == "York"
    assert (first["Related Activity"], second["Related Activity"]) == ("a;b", "")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        *((name, {"title": "a\0b"}) for name in FORMS),
        *((name, {"Notes": ["\ud800"]}) for name in FORMS),
        *((name, {"amountAwarded": float("nan")}) for name in FORMS),
        ("grants.csv", {"title": ["a"]}),
        ("grants.csv", {"recipientOrganization": "Neighbours"}),
        ("grants.xlsx", {"description": "x" * 32_768}),
    ],
)
def test_what_cannot_be_written_leaves_the_file_as_it_was(
    tmp_path: Path, name: str, change: dict[str, Any]
) -> None:
    (tmp_path / name).write_text("as it was")

    with pytest.raises(UnwritableGrant, match="360G-example-1"):
        write_360giving(tmp_path / name, [{**GRANT, **change}])

    assert (tmp_path / name).read_text() == "as it was"
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must end in"):
        write_360giving(tmp_path / "grants.xls", [GRANT])


def test_the_workbook_has_one_sheet_named_grants(tmp_path: Path) -> None:
    write_360giving(tmp_path / "grants.xlsx", [GRANT])

    assert load_workbook(tmp_path / "grants.xlsx").sheetnames == ["grants"]
    assert zipfile.is_zipfile(tmp_path / "grants.xlsx")
