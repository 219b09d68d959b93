"""The registers of the subdistricts: every organisation of the district that is in no story.

How many are registered and filed is told for each subdistrict; who they are is worked out from a
few lists by counting, so that it is the same every time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from api.demo.agenda import Story
from api.demo.days import at
from api.demo.district import District
from api.demo.earlier import BODIES, CALLED, GIVEN, SURNAMES
from api.demo.organisations import (
    ASSOCIATION,
    FILED,
    ORGANISATIONS,
    SERVICE_CENTRE,
    Body,
    leader_of,
    taken_over,
)
from api.demo.people import OFFICER
from api.demo.places import (
    COMMUNITIES,
    HONGCHENG,
    MINKANG,
    SHUGUANG,
    SUBDISTRICTS,
    TAOYUAN,
    XINCHUN,
    XINGFU,
    ZIQIANG,
)
from api.demo.rounds import day

WHOLE = 667
"""How many organisations there are in the district, all taken together."""

COUNTS = {
    **dict.fromkeys(SUBDISTRICTS, (20, 32)),
    XINCHUN: (20, 33),
    ZIQIANG: (20, 33),
    XINGFU: (20, 33),
    MINKANG: (20, 30),
    TAOYUAN: (23, 35),
    SHUGUANG: (6, 65),
    HONGCHENG: (7, 7),
}
"""How many organisations of each subdistrict are registered, and how many are filed."""

WITHOUT_FEDERATION = (SHUGUANG, HONGCHENG)
"""Subdistricts whose filed organisations are looked after by the federation of the district."""

CARES = (
    "养老服务中心",
    "儿童服务中心",
    "助残服务中心",
    "社区发展中心",
    "心理关爱中心",
    "志愿者协会",
)
GROUPS = (
    "合唱队", "舞蹈队", "志愿服务队", "邻里互助社", "书画社", "太极拳队", "居民议事会", "平安巡逻队",
    "编织坊", "读书会", "摄影社", "环保小队", "助老队", "调解小组", "健步走队",
)  # fmt: skip


def known(place: str, form: bool) -> int:
    """How many organisations of a subdistrict the stories name, registered or filed."""
    bodies = (*BODIES, *ORGANISATIONS)
    return sum(body.place.startswith(place) and bool(body.form) == form for body in bodies)


def somebody(number: int) -> str:
    """A made-up name."""
    return SURNAMES[number * 7 % len(SURNAMES)] + GIVEN[number * 5 % len(GIVEN)]


def registered(place: str) -> Iterator[Body]:
    """The registered organisations of a subdistrict that no story names, its federation first."""
    street, (count, _) = SUBDISTRICTS[place][0], COUNTS[place]
    titles = (f"{street}{brand}{care}" for care in CARES for brand in CALLED[::3])
    federation = () if place in WITHOUT_FEDERATION else (f"{street}社会组织联合会",)
    names = islice((*federation, *titles), count - known(place, True))
    for number, name in enumerate(names):
        form = ASSOCIATION if name.endswith("会") else SERVICE_CENTRE
        key, who = f"{place}r{number:02d}", somebody(int(place[6:]) * 10 + number)
        yield Body(key, name, form, place, who, who)


def filed(place: str) -> Iterator[Body]:
    """The filed organisations of a subdistrict that no story names, one community after another."""
    count = COUNTS[place][1] - known(place, False)
    agent = "lianhe" if place in WITHOUT_FEDERATION else f"{place}r00"
    codes = [code for code in COMMUNITIES if code.startswith(place)]
    each = ((code, group) for group in GROUPS for code in codes)
    for number, (code, group) in enumerate(islice(each, count)):
        key, who = f"{place}f{number:02d}", somebody(int(place[6:]) * 13 + number)
        yield Body(key, f"{COMMUNITIES[code]}{group}", FILED, code, who, who, agent=agent)


def registers(district: District) -> Story:
    """Takes the registers over, one subdistrict a day; the people behind them come later."""
    number = len(ORGANISATIONS) + len(BODIES)
    first = day(2, 25)
    for after, place in enumerate(SUBDISTRICTS):
        yield at(first + timedelta(days=after), 10)
        for bodies in (tuple(registered(place)), tuple(filed(place))):
            numbered = list(enumerate(bodies, start=number + 1))
            number += len(bodies)
            commands = [taken_over(district, body, position) for position, body in numbered]
            for body in bodies:
                district.name(leader_of(body.key), body.leader)
            answers = district.tell_all(OFFICER, commands)
            for body, answer in zip(bodies, answers, strict=True):
                district.organisations[body.key] = answer.id
