"""Commands for people: let in with a role, invited, given a password at the machine itself."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from api.cli.failing import NO, Commands, Failure
from api.cli.opening import settings_of, working
from api.cli.options import DatabaseOption, JsonOption
from api.cli.printing import print_json
from api.cli.saying import say
from api.cli.tokens import NAME, OFFERED, PERSON, held_for, person_of
from application.entering import Chosen, is_known, set_password
from infrastructure.admitting import OPERATOR
from infrastructure.system import System

app = typer.Typer(cls=Commands, help=say("help.person-group"), no_args_is_help=True)

PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help=say("help.person-known"))]


@app.command(help=say("help.person.add"))
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help=say("help.person-name"))],
    role: Annotated[str, typer.Option("--role", metavar="R", help=say("help.role"))],
    reach: Annotated[
        str | None,
        typer.Option("--for", metavar="PLACE_OR_ORGANISATION", help=say("help.for")),
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    if role not in OFFERED:
        raise Failure("role.unknown", role=role, roles=", ".join(OFFERED))
    if not NAME.fullmatch(name):
        raise Failure("person.unfit")
    id = f"{PERSON}{uuid4()}"
    with working(settings_of(database)) as system:
        held = held_for(system, role, reach)
        system.admit(id, name, held)
    made = {"id": id, "role": role, "for": held.place or held.organisation}
    if as_json:
        print_json(made)
    else:
        typer.echo(say("person.added", person=id, role=role, reach=made["for"]))


@app.command(help=say("help.person.invite"))
def invite(
    person: PersonArgument, database: DatabaseOption = None, as_json: JsonOption = False
) -> None:
    with working(settings_of(database)) as system:
        who = known(system, person)
        made = system.credentials.invite(who, OPERATOR.person)
    if as_json:
        print_json({"person": who, "secret": made.secret, "until": made.until.isoformat()})
    else:
        typer.echo(say("person.invited", person=who, until=made.until.isoformat()))
        typer.echo(made.secret)


@app.command(help=say("help.person.password"))
def password(
    person: PersonArgument,
    name: Annotated[
        str | None, typer.Option("--sign-in-name", metavar="N", help=say("help.sign-in-name"))
    ] = None,
    database: DatabaseOption = None,
) -> None:
    with working(settings_of(database)) as system:
        who = known(system, person)
        name = name or system.credentials.of(who).name
        if not name:
            raise Failure("person.nameless")
        typed = typer.prompt(say("person.prompt"), hide_input=True, err=True)
        again = typer.prompt(say("person.again"), hide_input=True, err=True)
        set_password(system, who, Chosen(name, typed, again))
    typer.echo(say("person.set", person=who))


def known(system: System, named: str) -> str:
    """The id of somebody who has been let in and has not gone."""
    names = system.identity.names()
    is_there = named in names or named in names.values()
    who = person_of(system.identity, named) if is_there else named
    if not is_there or not is_known(system, who):
        raise Failure("person.unknown", person=named, code=NO)
    return who
