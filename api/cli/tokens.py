"""Commands for API tokens: made for a person in one role, listed, ended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import uuid4

import typer

from api.cli.failing import NO, Commands, Failure
from api.cli.opening import reading, settings_of, working
from api.cli.options import DatabaseOption, JsonOption
from api.cli.printing import print_json, print_table
from api.cli.saying import say
from application.entering import credentials_changed
from application.identity import Token
from application.principals import Held
from application.scopes import scope_of
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
    scope: Annotated[str, typer.Option("--scope", metavar="S", help=say("help.scope"))] = "",
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help=say("help.until"))
    ] = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    if role not in OFFERED:
        raise Failure("role.unknown", role=role, roles=", ".join(OFFERED))
    limits = scope_of(scope.split(",")), day_of(until)
    with working(settings_of(database)) as system:
        held = held_for(system, role, reach)
        id, who, secret = given(system, person, held, *limits)
    made = {"id": id, "person": who, "role": role, "for": held.place or held.organisation}
    if as_json:
        print_json({**made, "secret": secret})
    else:
        typer.echo(say("token.made", id=id, person=who, role=role, reach=made["for"]))
        typer.echo(secret)


def given(
    system: System, person: str, held: Held, scope: frozenset[str], until: date | None
) -> tuple[str, str, str]:
    """A token for a person in a role, which is theirs from now on: its id, whose, and the secret.

    The role is the person's own too, so that whose side they are on is known whichever of their
    tokens they use.
    """
    id, who = str(uuid4()), person_of(system.identity, person)
    system.admit(who, system.identity.names()[who], held)
    credentials_changed(system, who, "token")
    making, now = system.identity.create_token, datetime.now(UTC)
    return id, who, making(id, who, held, now, scope=scope, until=until)


@app.command("list", help=say("help.token.list"))
def list_(database: DatabaseOption = None, as_json: JsonOption = False) -> None:
    with reading(database) as opened:
        identity = Identity(opened.database)
        tokens, names = identity.list_tokens(), identity.names()
    if as_json:
        print_json({"tokens": [document(token) for token in tokens]})
        return
    heads = ("id", "person", "role", "reach", "scope", "until", "created", "revoked")
    print_table(heads, [row_of(token, names) for token in tokens])


def document(token: Token) -> dict[str, Any]:
    """A token for programs."""
    return {
        "id": token.id,
        "person": token.person,
        "role": token.role,
        "for": token.reach,
        "created_at": token.created_at,
        "revoked_at": token.revoked_at or None,
        "scope": [name for name in token.scope.split(",") if name],
        "until": token.until or None,
    }


def row_of(token: Token, names: dict[str, str]) -> tuple[str, ...]:
    """A token for people."""
    who = names.get(token.person, token.person)
    days = (token.until, token.created_at, token.revoked_at)
    return (token.id, who, token.role, token.reach, token.scope, *days)


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


def day_of(text: str | None) -> date | None:
    """The day that was written."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Failure("day.unfit", day=text) from None


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
