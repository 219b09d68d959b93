"""The options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.saying import say

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="FUNDTRAIL_DATABASE_URL",
        show_default="sqlite:///var/fundtrail.db",
        help=say("help.database"),
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=say("help.json"))]
AsOfOption = Annotated[str | None, typer.Option("--as-of", metavar="WHEN", help=say("help.as-of"))]
KnownAtOption = Annotated[
    str | None, typer.Option("--known-at", metavar="WHEN", help=say("help.known-at"))
]
FundOption = Annotated[str | None, typer.Option("--fund", metavar="ID", help=say("help.fund"))]
OutputOption = Annotated[
    Path, typer.Option("-o", "--output", metavar="PATH", help=say("help.output"))
]
