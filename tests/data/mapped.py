"""A list and its mapping of our own making, in which nothing is written as we would."""

import json
from pathlib import Path
from typing import Any

from tests.commandline import CommandLine

MAPPING = """
name = "example"
as_of = 2024-12-31
leave_out = ["contact"]

[format]
date = "%d.%m.%Y"
decimal = ","
thousands = "."
missing = ["k. A."]

[currency]
code = "{currency}"
units = { DOT = 4 }

[fields]
id = "example:{no}"
title = "{title}"
recipient_id = "{to/id}"
recipient_name = "{to/name}"
funder_id = "funder"
funder_name = "The Funder"
programme = "{programme}"
awarded = "{sum}"
awarded_on = "{on}"
asked = "{asked}"

[status]
says = "{state}"
awarded = ["paid", "closed"]
not_awarded = ["refused", ""]

[[payments]]
each = "{payments}"
amount = "{sum}"
on = "{day}"

[[outcomes]]
says = "{state}"

[[outcomes]]
each = "{milestones}"
says = "{name}: {state}"
amount = "{cost}"
on = "{done}"
"""

ROW: dict[str, Any] = {
    "no": 7,
    "title": "A well",
    "to": {"id": "r-1", "name": "Well Diggers"},
    "programme": "Water",
    "currency": "EUR",
    "sum": "1.234,50",
    "on": "05.03.2023",
    "asked": "k. A.",
    "state": "paid",
    "contact": "Erika Mustermann",
    "payments": [{"sum": "1.000", "day": "01.04.2023"}, {"sum": "234,50", "day": "k. A."}],
    "milestones": [
        {"name": "drilled", "state": "done", "cost": "800,00", "done": "01.05.2023"},
        {"name": "tested", "state": "k. A.", "cost": "50,00"},
        {"name": "handed over", "state": "open"},
    ],
}


def write(
    folder: Path, *rows: dict[str, Any], mapping: str = MAPPING, ending: str = "json"
) -> Path:
    (folder / "map.toml").write_text(mapping)
    file = folder / f"list.{ending}"
    if ending == "jsonl":
        file.write_text("".join(json.dumps(row) + "\n\n" for row in rows))
    else:
        file.write_text(json.dumps(rows))
    return file


def take(fundtrail: CommandLine, file: Path, code: int = 0) -> Any:
    mapping = file.with_name("map.toml")
    return fundtrail.answer("import", "history", file, "--mapping", mapping, code=code)
