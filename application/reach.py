"""The one door at which the table of permissions is asked: whose role covers which thing."""

from __future__ import annotations

from application.addressed import ADDRESSED
from application.kinds import PLURALS
from application.permissions import ANYBODY, ANYONE, FA, RESIDENT, WRITERS
from application.principals import Held, Principal
from application.visibility import EVERYTHING, KEEPERS, SEALED
from domain.approvals import Approval
from domain.errors import NotPermitted, Reason, Word
from domain.kernel import Aggregate
from domain.roles import EVERYWHERE, OF_ORGANISATION
from domain.values import covers


def reaches(held: Held, thing: Aggregate | None, verb: str = "") -> bool:
    """Whether a role that somebody holds covers the thing, for that verb."""
    if thing is None or held.role in EVERYWHERE:
        return True
    if held.role in OF_ORGANISATION:
        concerns = ADDRESSED.get((thing.noun, verb))
        if concerns is not None:
            return bool(held.organisation) and concerns(held, thing)
        return bool(held.organisation) and held.organisation == whose(thing, held.role)
    return covers(held.place, getattr(thing, "place", ""))


def may_know(principal: Principal, thing: Aggregate) -> bool:
    """Whether the person may know that the thing is there; what is sealed, only its keepers do."""
    view, place = PLURALS.get(thing.noun, ""), getattr(thing, "place", "")
    if thing.stage not in SEALED.get(view, ()):
        return True
    keepers = [held for held in principal.held if held.role in (*KEEPERS.get(view, ()), "clock")]
    return any(held.role in (*EVERYTHING, "clock") or covers(held.place, place) for held in keepers)


def organisation_of(thing: Aggregate) -> str:
    """The organisation whose matter the thing is: an organisation's own id, or what it names."""
    return thing.id if thing.noun == "organisation" else getattr(thing, "organisation", "")


def whose(thing: Aggregate, role: str) -> str:
    """The organisation that speaks in that role: a fiscal agent for itself, where it keeps money.

    What an agent keeps is the client's matter and the agent's charge, so that another agent has
    the word as soon as the account is another's.
    """
    keeper = getattr(thing, "agent", "") if role == FA else ""
    return keeper or organisation_of(thing)


def meant_by(roles: tuple[str, ...]) -> tuple[str, ...]:
    """The roles by their names, where any role will do."""
    return WRITERS if roles == ANYONE else roles


def held_for(
    roles: tuple[str, ...], principal: Principal, thing: Aggregate | None, verb: str = ""
) -> Held | None:
    """The first role of the person that is among these and covers the thing."""
    if roles == ANYBODY:
        return Held(RESIDENT)
    for held in principal.held:
        if held.role in meant_by(roles) and reaches(held, thing, verb):
            return held
    return None


def permit(
    rule: str, verb: str, roles: tuple[str, ...], principal: Principal, thing: Aggregate | None
) -> Held:
    """The role in which the person may do it; refused with the roles that may."""
    if isinstance(thing, Approval) and verb in ("approve", "decline"):
        roles = thing.roles
    held = held_for(roles, principal, thing, verb)
    if held is None:
        raise NotPermitted(
            Reason(
                f"{rule}.who",
                "“{verb}” is for these roles, for the place or organisation concerned: {roles}.",
                {
                    "verb": Word("verb", verb),
                    "roles": tuple(Word("role", role) for role in meant_by(roles)),
                },
            )
        )
    return held
