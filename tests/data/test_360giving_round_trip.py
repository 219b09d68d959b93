"""What is exported in the 360Giving standard and imported elsewhere is the same there."""

from pathlib import Path

import pytest

from tests.commandline import Stored, migrated

FORMAT = ("--date-format", "%d/%m/%Y")


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
@pytest.mark.parametrize("form", ["grants.json", "grants.xlsx"])
def test_exported_and_imported_elsewhere_it_is_the_same(
    lloyd_webber: Path, sqlite_url: str, tmp_path: Path, form: str, ending: str
) -> None:
    fundtrail = migrated(sqlite_url)
    fundtrail.imported(lloyd_webber / form)
    file = tmp_path / f"exported.{ending}"

    assert fundtrail.answer("export", "360giving", "-o", file)["count"] == 475

    elsewhere = migrated(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert elsewhere.imported(file)["accepted"] == 475
    assert Stored(elsewhere.url).grants() == Stored(sqlite_url).grants()
    assert elsewhere.answer("balances")["accounts"] == fundtrail.answer("balances")["accounts"]
    assert elsewhere.imported(lloyd_webber / "grants.json")["events"] == 0


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_dates_of_another_form_are_exported_as_the_standard_has_them(
    wolfson: Path, sqlite_url: str, tmp_path: Path, ending: str
) -> None:
    fundtrail = migrated(sqlite_url)
    fundtrail.imported(wolfson / "grants-currency.json", *FORMAT)
    file = tmp_path / f"exported.{ending}"
    fundtrail.answer("export", "360giving", "-o", file)

    elsewhere = migrated(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    elsewhere.imported(file)

    assert Stored(elsewhere.url).grants() == Stored(sqlite_url).grants()
    assert elsewhere.answer("balances")["accounts"] == fundtrail.answer("balances")["accounts"]
