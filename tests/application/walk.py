"""A walk through a district: random commands by random people, mostly such as may succeed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from application.actions import objections
from application.decide import Times, perform
from application.docket import Docket
from application.handlers import HANDLERS
from application.kinds import KINDS
from application.named import NAMED, given
from application.permissions import ANYONE, PERMISSIONS
from application.reach import held_for
from domain.approvals import Approval
from domain.kernel import Aggregate
from domain.organisations import Organisation
from infrastructure.clocks import FARTHEST
from tests.application.live import Live
from tests.application.near import near_a_limit, told
from tests.application.rehearsal import Rehearsal
from tests.application.wishes import CREATIONS, WISHES

ENDING = frozenset(
    {"withdraw", "cancel", "freeze", "start-closing", "reject-intake", "suspend",
     "place-on-list", "request-deregistration", "revoke-award", "supersede",
     "propose-termination", "disqualify", "hold", "escalate", "add-budget", "hand-over",
     "return-to-owner", "refuse-invitation", "abandon-filing", "reject-filing", "abandon-upgrade",
     "recuse", "reopen"}
)  # fmt: skip
"""Verbs after which there is little left to do, or which lead in a circle; mostly put off."""

DETOURS = frozenset(
    {"decline", "return-request", "return-final", "take-back", "disallow-cost", "retry",
     "record-bank-return", "record-late-return", "return-for-correction", "dismiss-tip", "escalate",
     "refuse", "undo-acceptance", "reverse-entry", "lapse-authority", "withdraw-pledge",
     "transfer", "carry-over", "charge-agent", "fail-midterm", "ask-optimisation",
     "waitlist", "reinstate", "confirm-deregistration", "return-filing", "refuse-change",
     "request-recusal", "ask-recusal"}
)  # fmt: skip
"""Verbs that lead back, or aside."""

SOUGHT = frozenset(
    {("fund", "close"), ("fund", "reopen"), ("proposal", "reject-intake"), ("appeal", "grant"),
     ("proposal", "ask-optimisation"), ("tranche", "record-bank-return"),
     ("tranche", "record-late-return"), ("tranche", "retry"), ("clawback", "write-off"),
     ("clawback", "record-late-recovery"), ("proposal", "revoke-award"), ("grant", "cancel"),
     ("fund", "declare-left-over"), ("document", "redact"),
     ("proposal", "return-for-correction")}
)  # fmt: skip
"""Verbs for which there is hardly ever occasion; mostly taken where there is one."""

NOUNS = {
    "fund": 2, "round": 4, "proposal": 6, "review": 6, "grant": 6, "tranche": 8, "approval": 1,
    "finding": 3, "organisation": 2, "objection": 5, "appeal": 5, "order": 6, "document": 1,
    "policy": 1, "delegation": 1, "amendment": 4, "custody_account": 3, "clawback": 6, "panel": 3,
    "person": 1, "place": 1, "pool": 1,
}  # fmt: skip
"""How often a thing of a noun is told something, compared with others."""

PROMPTED = (
    ("clawback", "order", "grant", ("settling", "terminated", "closed")),
    ("amendment", "request", "grant", ("active", "midterm_due")),
    ("custody_account", "open", "organisation", ("filed",)),
    ("override", "use", "tranche", ("checked", "requested")),
    ("appeal", "file", "clawback", ("ordered",)),
    ("document", "store", "organisation", ("draft", "returned", "upgrading")),
)
"""What is created for things of a noun in some stages, so that it is tried while it may succeed."""

OF_ONESELF = ("consent", "withdraw-consent")
"""What people say of themselves, whom the person that it is told to is."""

TRIES = 20
"""How often a walk looks for a command that may succeed before it waits."""


@dataclass
class Walk(Live):
    """Chooses what to send: mostly such as may succeed."""

    def turn(self, random: Random) -> str:
        """Does the next thing, whatever it is; what became of it."""
        self.random = random
        if self.has_prepared and random.random() < 0.8:
            return self.approve()
        turns = (self.step, self.approve, self.stray, self.wait)
        return random.choices(turns, weights=(15, 1, 1, 3))[0]()

    def step(self) -> str:
        """Sends a command that is likely to succeed; waits where none is found."""
        for _ in range(TRIES):
            who, noun, verb, thing = self.choice()
            fields = self.fields(noun, verb, thing)
            is_put_off = verb in ENDING and self.random.random() < (
                0.5 if (noun, verb) in SOUGHT else 0.9
            )
            if fields is None or is_put_off or self.objections(who, noun, verb, thing):
                continue
            if self.random.random() < 0.1:
                fields = near_a_limit(fields, self)
            return self.send(who, noun, verb, thing, fields)
        return self.wait()

    def approve(self) -> str:
        """Lets somebody who may approve what was prepared last."""
        waiting = self.things("approval", "prepared")
        if not waiting:
            return self.step()
        self.has_prepared = False
        who = self.someone(waiting[-1].roles, waiting[-1])
        return self.send(who, "approval", "approve", waiting[-1], {})

    def stray(self) -> str:
        """Sends any command to anything as anybody."""
        noun = self.random.choice(list(HANDLERS))
        verb = self.random.choice(list(HANDLERS[noun]))
        who = self.random.choice(list(self.district.people))
        fields = self.fields(noun, verb, None) or {}
        return self.send(who, noun, verb, self.some(noun), fields)

    def wait(self) -> str:
        """Lets time pass, an hour or until something is due, and the clock do what is due."""
        system = self.district.system
        now = system.clock.now()
        later = sorted(moment for moment in self.moments() if moment > now)
        until = self.random.choice([*[now + timedelta(hours=1)] * 3, *later[:1], *later[:2]])
        system.advance(min(until, now + FARTHEST))
        self.check(self.catch_up())
        return f"clock: waited until {until}"

    def moments(self) -> list[datetime]:
        """When the clock will have something to do."""
        zone, found = self.district.system.zone, []
        for thing in self.replayed.things.values():
            for name in (
                ("opens", "closes", "ends", "midterm", "due", "until") if told(thing) else ()
            ):
                match getattr(thing, name, None):
                    case datetime() as moment:
                        found.append(moment + timedelta(minutes=1))
                    case date() as day:
                        found.append(datetime.combine(day, time(), zone) + timedelta(hours=25))
        return found

    def choice(self) -> tuple[str, str, str, Aggregate | None]:
        """Who may probably say which verb to which thing."""
        if self.random.random() < 0.15:
            noun, verb = self.creation()
            return self.someone(PERMISSIONS[noun][verb].first, None), noun, verb, None
        thing = self.unfinished()
        verb = self.verb_of(thing)
        roles = PERMISSIONS[thing.noun][verb].first
        if isinstance(thing, Approval) and verb != "withdraw":
            roles = thing.roles
        return self.someone(roles, thing, verb), thing.noun, verb, thing

    def creation(self) -> tuple[str, str]:
        """What to create: mostly what something waits for."""
        for noun, verb, of, stages in PROMPTED:
            if self.random.random() < 0.15 and self.things(of, *stages):
                return noun, verb
        if self.things("round", "open") and self.random.random() < 0.9:
            return "proposal", "draft"
        if self.things("proposal", "on_notice") and self.random.random() < 0.4:
            return "objection", "file"
        decided = self.things("proposal", "ineligible", "not_selected", "revoked")
        if decided and self.random.random() < 0.4:
            return "appeal", "file"
        drawn = {panel.round for panel in self.things("panel")}
        if any(round.id not in drawn for round in self.things("round", "intake_closed")):
            return "panel", "draw"
        return self.random.choice(list(CREATIONS))

    def unfinished(self) -> Aggregate:
        """A thing that may be told something; the rare ones at the end of the path sooner."""
        live = [t for t in self.replayed.things.values() if told(t)]
        nouns = sorted({thing.noun for thing in live})
        noun = self.random.choices(nouns, weights=[NOUNS[noun] for noun in nouns])[0]
        return self.random.choice([thing for thing in live if thing.noun == noun])

    def verb_of(self, thing: Aggregate) -> str:
        """One of the verbs that people have for the thing's stage; mostly one that leads on."""
        verbs, steps = told(thing), thing.lifecycle.verbs
        weights = [
            20
            if (thing.noun, verb) in SOUGHT
            else 1
            if verb in ENDING
            else 3
            if verb in DETOURS or steps[verb].target is None
            else 8
            for verb in verbs
        ]
        return self.random.choices(verbs, weights)[0]

    def someone(self, roles: tuple[str, ...], thing: Aggregate | None, verb: str = "") -> str:
        """Mostly somebody who holds one of the roles for the thing, and did not prepare it."""
        people = self.district.people
        if verb in OF_ONESELF and thing is not None:
            themself = [name for name, who in people.items() if who.person == thing.stream]
            return (themself or list(people))[0]
        first = getattr(thing, "prepared_by", "")
        if roles == ANYONE and (first or getattr(thing, "owner", "")):
            meant = first or getattr(thing, "owner", "")
            found = [name for name, person in people.items() if person.person == meant]
            return found[0] if found else self.random.choice(list(people))
        fit = [
            name
            for name, person in people.items()
            if held_for(roles, person, thing, verb) and person.person != first
        ]
        if isinstance(thing, Organisation) and (thing.noun, verb) in NAMED:
            fit += [
                name
                for name, person in people.items()
                if any(held.role in roles for held in given(thing, person.person))
            ]
        return self.random.choice(fit if fit and self.random.random() < 0.95 else list(people))

    def objections(
        self, who: str, noun: str, verb: str, thing: Aggregate | None
    ) -> tuple[Any, ...]:
        """Why the verb would be refused whatever is typed."""
        if thing is None:
            return ()
        docket = self.docket()
        times = Times(docket.now, self.district.system.zone)
        return objections(thing, verb, self.district.people[who], docket, times)

    def docket(self) -> Docket:
        """What is known from the records, for a trial that saves nothing."""
        system = self.district.system
        return Docket(
            Rehearsal(self.replayed.things, system.store),
            now=system.clock.now(),
            entropy=system.entropy,
            calendars=system.calendars,
            perform=perform,
        )

    def fields(self, noun: str, verb: str, thing: Any) -> dict[str, Any] | None:
        """Fields for the verb that would be right for the thing; None where there are none."""
        wish = CREATIONS.get((noun, verb)) or WISHES.get((noun, verb))
        if wish is None:
            return {}
        return wish(self, thing or self.some(noun) or KINDS[noun](id="nothing"))
