"""A small log of our own making in each of the forms that are read, with its mapping."""

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import quoteattr

from tests.commandline import CHINESE, ENGLISH, CommandLine

MAPPING = """
lifecycle = "tranche"
start = "eligible"
repeatable = ["check"]

[attributes]
amount = "sum"
currency = "CNY"
rounding = "half-up"
role = "office"

[steps]
"asked" = "request"
"seen" = "check"
"signed" = ["approve", "send"]
"paid" = "confirm"
"noted" = "-"
"""


class Told(NamedTuple):
    """An event of the small log."""

    case: str
    activity: str
    time: str
    sum: str = "10.005"
    office: str = "desk"


INSIDE = '<int key="sum" value="x"/>'
"""What stands inside an attribute, and says nothing of the event."""

ROWS = (
    Told("甲", "asked", "2024-01-01T09:00:00+08:00"),
    Told("甲", "seen", "2024-01-02T09:00:00+08:00"),
    Told("甲", "seen", "2024-01-02T09:00:00+08:00"),
    Told("甲", "signed", "2024-01-03T09:00:00+08:00"),
    Told("甲", "paid", "2024-01-04T09:00:00+08:00"),
    Told("乙", "asked", "2024-01-01T10:00:00+08:00", "0.005"),
    Told("乙", "noted", "2024-01-01T10:30:00+08:00", "0.0050"),
    Told("乙", "signed", "2024-01-01T11:00:00+08:00", "0.005"),
)


def xes(*rows: Told) -> str:
    """The rows as XES; each attribute on a line of its own."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<log xmlns="http://www.xes-standard.org">']
    lines += ['<global scope="event"><string key="concept:name" value="x"/></global>']
    for name in dict.fromkeys(row.case for row in rows):
        lines += ["<trace>", f'<string key="concept:name" value={quoteattr(name)}/>']
        for row in rows:
            if row.case == name:
                lines += [
                    "<event>",
                    f'<string key="concept:name" value={quoteattr(row.activity)}/>',
                    f'<date key="time:timestamp" value={quoteattr(row.time)}/>',
                    f'<float key="sum" value={quoteattr(row.sum)}>{INSIDE}</float>',
                    f'<string key="office" value={quoteattr(row.office)}/>',
                    "</event>",
                ]
        lines.append("</trace>")
    return "\n".join([*lines, "</log>"])


def sheet(*rows: Told) -> str:
    """The rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["case:concept:name", "concept:name", "time:timestamp", "sum", "office"])
    writer.writerows(rows)
    return text.getvalue()


def objects(*rows: Told) -> dict[str, Any]:
    """The rows as OCEL 2.0."""
    names = ("sum", "office")
    return {
        "eventTypes": [
            {"name": kind, "attributes": [{"name": name, "type": "string"} for name in names]}
            for kind in dict.fromkeys(row.activity for row in rows)
        ],
        "objectTypes": [{"name": "request", "attributes": []}],
        "events": [
            {
                "id": f"e{no}",
                "type": row.activity,
                "time": row.time,
                "attributes": [{"name": name, "value": getattr(row, name)} for name in names],
                "relationships": [{"objectId": row.case, "qualifier": "of"}],
            }
            for no, row in enumerate(rows)
        ],
        "objects": [
            {"id": name, "type": "request"} for name in dict.fromkeys(row.case for row in rows)
        ],
    }


def write(folder: Path, form: str, *rows: Told) -> Path:
    """A file of the rows: form is its ending, with the encoding of a sheet after a colon."""
    ending, _, encoding = form.partition(":")
    file = folder / f"log.{ending}"
    if ending == "xes.gz":
        file.write_bytes(gzip.compress(xes(*rows).encode()))
    elif ending == "xes":
        file.write_text(xes(*rows), encoding="utf-8")
    elif ending == "csv":
        file.write_bytes(sheet(*rows).encode(encoding or "utf-8"))
    else:
        file.write_text(json.dumps(objects(*rows)), encoding="utf-8")
    return file


def mapped(folder: Path, mapping: str = MAPPING) -> Path:
    """The file of a mapping."""
    file = folder / "map.toml"
    file.write_text(mapping, encoding="utf-8")
    return file


def faults(fundtrail: CommandLine, file: Path, mapping: Path) -> list[tuple[int, str, str]]:
    """Row, field and rule of each fault; the same faults are told to people in two languages."""
    command = ("check", "event-log", file, "--mapping", mapping)
    found = fundtrail.answer(*command, code=2)
    counts = {name: found[name] for name in ("accepted", "events", "not_assessed")}
    assert counts == {"accepted": 0, "events": 0, "not_assessed": []}
    for language, field in ((ENGLISH, "message"), (CHINESE, "field")):
        assert fundtrail(*command, language=language) == 2
        assert fundtrail.out == ""
        assert all(fault[field] in fundtrail.err for fault in found["refusals"])
        assert str(file.parent) in fundtrail.err
    return [(fault["row"], fault["field"], fault["rule"]) for fault in found["refusals"]]
