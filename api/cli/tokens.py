"""Commands for API tokens: made for a person in one role, listed, ended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated
from uuid import uuid4

import typer

from api.cli.failing import NO, Commands, Failure
from api.cli.messages import say
from api.cli.opening import reading, settings_of, working
from api.cli.options import DatabaseOption, JsonOption
from api.cli.printing import print_json, print_table
from application.principals import Held
from domain.organisations import Organisation
from domain.roles import OF_ORGANISATION, ROLES
from infrastructure.identity import Identity
from infrastructure.system import System

PLACE = re.compile(r"[0-9]{6,15}", re.ASCII)
NAME = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,200}")
PERSON = "person:"
OFFERED = tuple(role for role in ROLES if role != "clock")
"""The roles that people can have; the clock's steps are the system's own."""

app = typer.Typer(cls=Commands, help=say("help.token"), no_args_is_help=True)


@app.command(help=say("help.token.create"))
def create(
    person: Annotated[str, typer.Option("--person", metavar="P", help=say("help.person"))],
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
    with working(settings_of(database)) as system:
        held = held_for(system, role, reach)
        id, who = str(uuid4()), person_of(system.identity, person)
        # The role is the person's own too, so that whose side they are on is known whichever
        # of their tokens they use.
        system.admit(who, system.identity.names()[who], held)
        secret = system.identity.create_token(id, who, held, datetime.now(UTC))
    made = {"id": id, "person": who, "role": role, "for": held.place or held.organisation}
    if as_json:
        print_json({**made, "secret": secret})
    else:
        typer.echo(say("token.made", id=id, person=who, role=role, reach=made["for"]))
        typer.echo(secret)


@app.command("list", help=say("help.token.list"))
def list_(database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    with reading(database) as opened:
        identity = Identity(opened.database)
        tokens, names = identity.list_tokens(), identity.names()
    if as_json:
        listed = [
            {
                "id": token.id,
                "person": token.person,
                "role": token.role,
                "for": token.reach,
                "created_at": token.created_at,
                "revoked_at": token.revoked_at or None,
            }
            for token in tokens
        ]
        print_json({"tokens": listed})
        return
    rows = [
        (t.id, names.get(t.person, t.person), t.role, t.reach, t.created_at, t.revoked_at)
        for t in tokens
    ]
    print_table(("id", "person", "role", "reach", "created", "revoked"), rows)


@app.command(help=say("help.token.revoke"))
def revoke(
    id: Annotated[str, typer.Argument(metavar="ID", help=say("help.token-id"))],
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    with working(settings_of(database)) as system:
        done = system.identity.revoke_token(id, datetime.now(UTC))
    if not done:
        raise Failure("token.unknown", id=id, code=NO)
    if as_json:
        print_json({"id": id, "revoked": True})
    else:
        typer.echo(say("token.revoked", id=id))


def held_for(system: System, role: str, reach: str | None) -> Held:
    """The role with its place, or with its organisation."""
    if role not in OF_ORGANISATION:
        place = reach or system.settings.place
        if not PLACE.fullmatch(place):
            raise Failure("place.unfit", place=place)
        return Held(role, place=place)
    if not reach:
        raise Failure("role.organisation", role=role)
    with system.shelf() as shelf:
        if not shelf.ids(Organisation.noun, {"id": reach}):
            raise Failure("organisation.unknown", id=reach)
    return Held(role, organisation=reach)


def known_person(known: Mapping[str, str], named: str) -> str:
    """The id of the one person who is meant by an id or a name."""
    if named in known:
        return named
    called = sorted(id for id, name in known.items() if name == named)
    if len(called) > 1:
        raise Failure("person.several", person=named, ids=", ".join(called))
    if not called:
        raise Failure("person.unknown", person=named)
    return called[0]


def person_of(identity: Identity, named: str) -> str:
    """The id of the person who is meant by an id or a name; a new name adds a person."""
    known = identity.names()
    if named in known or named in known.values() or named.startswith(PERSON):
        return known_person(known, named)
    if not NAME.fullmatch(named):
        raise Failure("person.unfit")
    id = f"{PERSON}{uuid4()}"
    identity.add_person(id, named)
    return id
