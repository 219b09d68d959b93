"""The page of a past grant shows what became of it, in the words of its list."""

import json
from datetime import UTC, datetime
from pathlib import Path

from tests.commandline import Stored, migrated
from tests.district import District
from tests.web.test_pages import text_of
from tests.web.workbench import pages, sign_in

MAPPING = """
name = "example"
as_of = 2024-12-31

[currency]
code = "OP"
units = { OP = 3 }

[fields]
id = "example:{no}"
title = "{title}"
recipient_id = "r"
recipient_name = "Well Diggers"
funder_id = "f"
funder_name = "The Funder"
awarded = "{sum}"

[[outcomes]]
says = "{state}"
amount = "{back}"
on = "{day}"
"""


def test_the_page_of_a_past_grant_shows_what_became_of_it(sqlite_url: str, tmp_path: Path) -> None:
    mapping, file = tmp_path / "map.toml", tmp_path / "list.json"
    mapping.write_text(MAPPING)
    row = {"no": 1, "title": "A well", "sum": "5000.125", "state": "Clawed Back", "back": 1250}
    file.write_text(json.dumps([{**row, "day": "2024-03-01"}]))
    fundtrail = migrated(sqlite_url)
    assert fundtrail("import", "history", file, "--mapping", mapping) == 0, fundtrail.err
    (grant,) = Stored(sqlite_url).events("grant.imported")
    id = grant.originator_id.partition(":")[2]
    district = District(sqlite_url, start=datetime(2027, 1, 1, tzinfo=UTC))
    district.officers()
    try:
        client = pages(district.system, **{"accept-language": "en"})
        sign_in(client, district.system, "administrator")
        page = client.get(f"/grants/{id}")
    finally:
        district.close()
    assert page.status_code == 200, page.text
    shown = " ".join(text_of(page.text).split())
    assert "5,000.125 OP:3" in shown
    assert "Clawed Back" in shown
    assert "1,250.000 OP:3" in shown
    assert "2024" in shown.partition("Clawed Back")[2][:80]
