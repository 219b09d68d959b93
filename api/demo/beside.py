"""All that is told beside the path of a grant, each theme in a module of its own."""

from __future__ import annotations

from collections.abc import Iterator

from api.demo import (
    amending,
    checking,
    contesting,
    entrusting,
    experts,
    fees,
    filing,
    governing,
    growing,
    keeping_money,
    leaving,
    objecting,
    ordering,
    overseeing,
    registers,
    stopping,
)
from api.demo.agenda import Story
from api.demo.district import District


def stories(district: District) -> Iterator[Story]:
    """Every story beside the path."""
    for story in (*governing.STORIES, *leaving.STORIES, *checking.STORIES, *experts.STORIES):
        yield story(district)
    yield growing.grown(district)
    yield registers.registers(district)
    yield entrusting.entrusted(district)
    yield keeping_money.money_kept(district)
    yield contesting.leaving(district)
    yield from (stopping.suspension(district), stopping.terminations(district))
    yield from (stopping.written_off(district), stopping.settled(district))
    yield stopping.claimed_wrongly(district)
    for group in filing.GROUPS:
        yield filing.filing(district, group)
    for purchase in ordering.PURCHASES:
        yield ordering.purchase(district, purchase)
    yield fees.fee(district)
    for change in amending.CHANGES:
        yield amending.change(district, change)
    for case in overseeing.CASES:
        yield overseeing.case(district, case)
    for protest in objecting.PROTESTS:
        yield objecting.protest(district, protest)
    for complaint in contesting.COMPLAINTS:
        yield contesting.complaint(district, complaint)
