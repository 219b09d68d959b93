"""The command that checks another system's event log against our lifecycles; it writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.failing import NO, WRONG, Commands
from api.cli.importing import Outcome, fault_of, line_of
from api.cli.options import JsonOption
from api.cli.printing import print_json, progress
from api.cli.saying import say, words
from application.conforming import Found, Refused, Unassessed, not_assessed
from application.permissions import Permission
from domain.money import written
from infrastructure.imports.logs import LogMapping, check_log, read_log_mapping
from infrastructure.imports.threesixty.faults import UnreadableFile, printable

app = typer.Typer(cls=Commands, help=say("help.check"), no_args_is_help=True)

DIGITS = 1_000
"""Enough for any sum of amounts to be written out exactly."""


@app.callback()
def check() -> None:
    """Keeps the name of the command, which would be left out where it is the only one."""


@app.command("event-log", help=say("help.check.event-log"))
def check_event_log(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("help.file"))],
    mapping: Annotated[
        Path, typer.Option("--mapping", metavar="MAP.toml", help=say("help.log-mapping"))
    ],
    as_json: JsonOption = False,
) -> None:
    at_fault = mapping
    try:
        read = read_log_mapping(mapping)
        at_fault = file
        with progress("progress.check") as step:
            found = check_log(file, read, step)
    except UnreadableFile as unfit:
        end_unread(at_fault, unfit, as_json=as_json)
    if as_json:
        print_json(document(found, read))
    else:
        tell(found, read)
    if found.refused:
        raise typer.Exit(NO)


def end_unread(file: Path, unfit: UnreadableFile, *, as_json: bool) -> None:
    """Tells what keeps the log or its mapping from being read, and ends."""
    outcome = Outcome(refusals=tuple({**fault_of(fault), "event": ""} for fault in unfit.faults))
    if as_json:
        print_json(outcome.document)
    else:
        for fault in outcome.refusals:
            typer.echo(line_of(file, fault), err=True)
        typer.echo(say("check.unreadable", count=len(outcome.refusals)), err=True)
    raise typer.Exit(WRONG)


def document(found: Found, mapping: LogMapping) -> dict[str, Any]:
    """What became of the cases, for programs."""
    answer: dict[str, Any] = {
        "accepted": found.accepted,
        "refused": len(found.refused),
        "events": found.events,
        "refusals": [refusal(each) for each in sorted(found.refused, key=lambda each: each.case)],
        "not_assessed": list(unassessed(found, mapping)),
        "final_stages": dict(sorted(found.final_stages.items())),
    }
    if (amounts := mapping.amounts) is not None:
        answer["amounts"] = {
            "currency": amounts.currency,
            "rounding": amounts.rounding,
            "cases": found.amounts.cases,
            "stated": exactly(found),
            "stated_minor": found.amounts.stated_minor(amounts.currency),
            "rounded_minor": found.amounts.minor,
        }
    return answer


def exactly(found: Found) -> str:
    """The sum of the amounts as they are stated, with all its digits."""
    stated = found.amounts.stated
    with localcontext(prec=DIGITS):
        return f"{Decimal(stated.numerator) / Decimal(stated.denominator):f}"


def refusal(refused: Refused) -> dict[str, Any]:
    """A case that does not conform; `event` is the number of the event in the case, from 1."""
    departure = refused.departure
    return {
        "case": refused.case,
        "row": departure.occurrence.row,
        "event": departure.occurrence.number,
        "activity": departure.occurrence.activity,
        "thing": departure.thing,
        "stage": departure.stage,
        "step": departure.step,
        "rule": departure.reason.rule,
        "message": words().sentence(departure.reason),
    }


def unassessed(found: Found, mapping: LogMapping) -> Iterator[dict[str, Any]]:
    """What the log was not held to: who acted, what else the rows ask for, what is no step."""
    for each in not_assessed(mapping.measure, mapping.verbs, found):
        message = who(each, mapping.says.lifecycle)
        yield {"rule": each.rule, "step": each.step, "message": message}
    yield {"rule": "guards", "step": "", "message": say("check.guards")}
    for activity, count in sorted(found.without_step.items()):
        message = say("check.without-step", activity=printable(activity), count=count)
        yield {"rule": "activity", "step": "", "message": message}


def who(each: Unassessed, noun: str) -> str:
    """Who may take a step with us, and whom the log names."""
    said = tuple(map(printable, each.roles))
    log = say("check.log-says", roles=words().listed(said)) if said else ""
    verb, roles = words().word("verb", each.step, noun), roles_of(each.permission)
    return say("check.who", verb=verb, roles=roles, log=log)


def roles_of(permission: Permission | None) -> str:
    """The roles of a step; of a pair, whoever prepares and whoever approves."""
    if permission is None:
        return "–"
    hands = (permission.first, permission.second)
    return " → ".join(
        words().listed([words().word("role", role) for role in roles]) for roles in hands if roles
    )


def tell(found: Found, mapping: LogMapping) -> None:
    """Tells people what became of the cases."""
    for refused in found.refused:
        shown = {
            name: printable(value) if isinstance(value, str) and name != "message" else value
            for name, value in refusal(refused).items()
        }
        thing = say("check.thing", thing=shown["thing"]) if shown["thing"] else ""
        typer.echo(say("check.case", **{**shown, "thing": thing}))
    noun, stages = mapping.says.lifecycle, sorted(found.final_stages.items())
    counts = [f"{words().word('stage', stage, noun)} {count}" for stage, count in stages]
    typer.echo(say("check.not-assessed"))
    for each in unassessed(found, mapping):
        typer.echo(f"  {each['rule']}: {each['message']}")
    if (amounts := mapping.amounts) is not None:
        typer.echo(
            say(
                "check.amounts",
                cases=found.amounts.cases,
                currency=amounts.currency,
                rounding=say(f"rounding.{amounts.rounding}"),
                stated=written(found.amounts.stated_minor(amounts.currency), amounts.currency),
                rounded=written(found.amounts.minor, amounts.currency),
            )
        )
    if counts:
        typer.echo(say("check.stages", stages=words().listed(counts)))
    typer.echo(
        say("check.done", events=found.events, accepted=found.accepted, refused=len(found.refused))
    )
