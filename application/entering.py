"""Going through the door: what was proved becomes an event, and then a session or a password."""

from __future__ import annotations

from dataclasses import dataclass

from application.credentials import (
    Invited,
    as_name,
    as_password,
    is_fit_name,
    is_fit_password,
    is_same,
)
from application.decide import Sent
from application.people import PERSON, RecordCredentials, RecordSignIn
from application.principals import CLOCK, Principal
from application.questions import House
from domain.errors import NotPermitted, Reason, check, refuse
from domain.people.person import Method, Person, Stage
from domain.policies import holds

ADMINISTRATOR = "administrator"
"""The role in which people are invited."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How somebody has proved who they are; `token` is the secret, where it was one."""

    method: Method
    token: str = ""


def enter(house: House, person: str, proof: Proof, *, browser: str = "", instead: str = "") -> str:
    """Records the sign-in and opens a session; the secret is for the cookie.

    The session `instead`, which the browser had before, ends: no cookie outlives a sign-in.
    """
    record(house, person, "sign-in", RecordSignIn(method=proof.method))
    if instead:
        house.identity.sign_out(instead)
    return house.identity.sign_in(person, method=proof.method, browser=browser, token=proof.token)


def record(house: House, person: str, verb: str, command: RecordSignIn | RecordCredentials) -> None:
    """Tells the chronicle, in the system's own name, what it has seen: the method and no more."""
    id = person.removeprefix(PERSON)
    house.desk.send(Sent(noun="person", verb=verb, command=command, by=CLOCK, id=id))


def credentials_changed(house: House, person: str, method: Method) -> None:
    """Records that somebody proves who they are by something new."""
    record(house, person, "change-credentials", RecordCredentials(method=method))


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sign-in name and a password as somebody typed them, the password twice."""

    name: str
    password: str
    again: str


def set_password(house: House, person: str, chosen: Chosen, *, secret: str = "") -> None:
    """Sets the sign-in name and the password of somebody; every session of theirs ends.

    `secret` is the invitation that this uses up. Waits for the hash, which is worked out apart.
    """
    name, password = as_name(chosen.name), as_password(chosen.password)
    check(
        *is_fit_name(name),
        *is_fit_password(name, password),
        is_same(password, as_password(chosen.again)),
    )
    kept = house.credentials
    kept.check_name(name, person)
    hash = kept.hashed(password).result()
    credentials_changed(house, person, "password")
    kept.keep_password(person, name, hash, secret)


def change_password(house: House, person: str, old: str, chosen: Chosen, address: str) -> None:
    """Sets another password for whoever types the one they have; refused where it is not that."""
    own = house.credentials.of(person)
    if not own.name or house.credentials.by_password(own.name, old, address).result() != person:
        raise refuse("sign-in.old", "This is not your password.", field="/old")
    set_password(house, person, Chosen(own.name, chosen.password, chosen.again))


def invite(house: House, by: Principal, person: str) -> Invited:
    """Makes a one-time secret with which somebody sets up how they sign in.

    Only for somebody who has nothing yet: with an invitation for a colleague who signs in already,
    an administrator could act as that colleague. Whoever has lost theirs is helped at the machine.
    """
    if ADMINISTRATOR not in by.roles:
        raise NotPermitted(Reason("sign-in.invite", "Only an administrator invites people."))
    check(
        holds(
            "sign-in.person", is_known(house, person), "There is no such person.", field="/person"
        ),
        holds(
            "sign-in.has",
            not house.credentials.of(person).is_any,
            "This person can sign in already. Whoever has lost a password is helped at the command "
            "line of the machine.",
            field="/person",
        ),
    )
    return house.credentials.invite(person, by.person)


def is_known(house: House, person: str) -> bool:
    """Whether somebody of that reference has been let in, and has not gone."""
    if not person.startswith(PERSON):
        return False
    with house.shelf() as shelf:
        found = shelf.fetch((person,)).get(person)
    return isinstance(found, Person) and found.stage == Stage.KNOWN


def link(house: House, issuer: str, subject: str, secret: str) -> str:
    """Links a provider's subject to whom the invitation is for; the person."""
    person = house.credentials.invited(secret)
    if not person:
        raise refuse("sign-in.invitation", "This invitation is unknown, used or over.")
    if house.credentials.by_subject(issuer, subject) not in ("", person):
        raise refuse("sign-in.linked", "This account of the provider belongs to another person.")
    credentials_changed(house, person, "openid")
    house.credentials.link(person, issuer, subject, secret)
    return person
