"""The years before: three large rounds since 2017 and a small one in 2020, all of them closed.

Who asked, for what and for how much is worked out from a few lists by counting, so that it is the
same every time and the sums come out as they should.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, cycle, islice
from typing import NamedTuple

from api.demo.courses import ALL_SPENT, DONE, Course, G
from api.demo.days import after
from api.demo.funds import Pot, Receipt
from api.demo.organisations import ASSOCIATION, GROWN, SERVICE_CENTRE, Body
from api.demo.people import DISTRICT
from api.demo.places import COMMUNITIES, HONGCHENG, MINKANG, SHUGUANG
from api.demo.proposals import Ask, S
from api.demo.rounds import EARLIER, EARLIER_MICRO, Call
from domain.funds.lifecycle import Stage as FundStage
from domain.rounds.lifecycle import Stage as RoundStage

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻"
GIVEN = (
    "建华", "丽娟", "志明", "淑芬", "海涛", "晓燕", "永强", "桂英", "文斌", "雅静", "国强", "慧敏",
    "立军", "春兰", "德胜", "红梅", "学军", "秀珍", "长江", "玉洁", "新民", "素琴", "宝山",
)  # fmt: skip
CALLED = (
    "爱邻", "晨光", "益家", "同心", "春晖", "安康", "友邻", "向阳", "和风", "绿荫", "银铃", "萤火",
    "守望", "微光", "知行", "乐活", "携手", "暖心", "百川", "新芽", "常青", "星火", "善行",
)  # fmt: skip
FORMS = (
    ("社会工作服务中心", SERVICE_CENTRE),
    ("志愿者协会", ASSOCIATION),
    ("社区服务中心", SERVICE_CENTRE),
    ("公益发展促进会", ASSOCIATION),
)
SERVICES = (
    "空巢老人心灵慰藉", "中医保健大篷车", "四点半课堂", "残友手工坊", "垃圾分类进家门", "楼栋议事会",
    "失独家庭陪伴", "邻里互助站", "青春期家长课堂", "社区矫正帮扶", "无障碍出行陪护", "老年数字课堂",
    "居家安全改造", "亲子阅读角", "志愿者成长营", "社区花园", "流动人口融入",
)  # fmt: skip

FEW = (SHUGUANG, HONGCHENG)
"""Subdistricts with few registered organisations."""


def homes(count: int) -> Iterator[str]:
    """Where so many organisations are at home: everywhere once, then where there are many."""
    first = [code for code in COMMUNITIES if code != f"{SHUGUANG}005"]
    many = [code for code in COMMUNITIES if not code.startswith(FEW)]
    return islice(chain(first, cycle(many)), count)


BODIES = tuple(
    Body(
        key=f"former{number:02d}",
        name=f"南关区{CALLED[number % len(CALLED)]}{FORMS[number // len(CALLED)][0]}",
        form=FORMS[number // len(CALLED)][1],
        place=place,
        leader=SURNAMES[number % len(SURNAMES)] + GIVEN[number % len(GIVEN)],
        handler=SURNAMES[(number + 17) % len(SURNAMES)] + GIVEN[(number + 5) % len(GIVEN)],
    )
    for number, place in enumerate(homes(92))
)
"""Ninety-two organisations, spread over the communities."""


class Year(NamedTuple):
    """A round of the years before: its fund, its dates, and how many grants it gave."""

    key: str
    no: str
    title: str
    place: str
    fund: str
    yuan: int
    planned: date
    grants: int
    first_body: int
    reach: int

    @property
    def call(self) -> Call:
        """The round, which is over."""
        rules = EARLIER if self.place == DISTRICT else EARLIER_MICRO
        opens = after(self.planned, 6)
        return Call(self.key, self.no, self.title, self.place, self.fund, self.yuan, self.planned,
                    opens, 12, RoundStage.CLOSED, rules, self.wound_up)  # fmt: skip

    @property
    def signed(self) -> date:
        """When the agreements are signed."""
        return after(self.planned, 38)

    @property
    def ends(self) -> date:
        """The last day of every grant."""
        return after(self.signed, 100)

    @property
    def wound_up(self) -> date:
        """When the round is closed."""
        return after(self.ends, 35)


YEARS = (
    Year("creative1", "2017-01", "第一届公益创投", DISTRICT, "innovation2017", 2_500_000,
         date(2017, 11, 13), 30, 0, 26_400),
    Year("creative2", "2018-01", "第二届公益创投", DISTRICT, "innovation2018", 3_000_000,
         date(2018, 7, 2), 36, 30, 31_700),
    Year("creative3", "2019-01", "第三届公益创投", DISTRICT, "innovation2019", 3_000_000,
         date(2019, 3, 4), 38, 66, 33_900),
    Year("micro2020", "2020-MK-01", "民康街道公益微创投", MINKANG, "minkang2020", 100_000,
         date(2020, 4, 13), 10, 12, 1_200),
)  # fmt: skip
"""In two years 8,500,000 yuan in 104 large grants, then 100,000 yuan in ten small ones."""


def shared(total: int, parts: int, step: int) -> Iterator[int]:
    """A sum in that many parts, which differ by a few steps and add up to it."""
    usual, extra = divmod(total // step, parts)
    given = 0
    for number in range(parts - 1):
        part = (usual + (number < extra) + number % 5 - 2) * step
        given += part
        yield part
    yield total - given


def asks_of_year(year: Year) -> Iterator[Ask]:
    """The proposals of a round, each of which was awarded."""
    step = 2_000 if year.place == DISTRICT else 500
    amounts, reaches = (
        shared(year.yuan, year.grants, step),
        shared(year.reach, year.grants, 10),
    )
    for number, (yuan, reach) in enumerate(zip(amounts, reaches, strict=True)):
        body = BODIES[(year.first_body + number) % len(BODIES)]
        community = COMMUNITIES[body.place].partition("街道")[2]
        title = f"{community}{SERVICES[number % len(SERVICES)]}"
        if number == 0 and year.place == DISTRICT:
            body, title = GROWN, f"飞扬手工坊（{year.no[:4]}）"
        yield Ask(f"{year.key}_{number:02d}", year.key, body.key, title, yuan, reach, S.AWARDED,
                  82 + number % 12)  # fmt: skip


CALLS = tuple(year.call for year in YEARS)
ASKS = tuple(ask for year in YEARS for ask in asks_of_year(year))
COURSES = {
    ask.key: Course(
        G.CLOSED, year.signed, None, year.ends, (DONE, DONE), ALL_SPENT, 84 + number % 14
    )
    for year in YEARS
    for number, ask in enumerate(ask for ask in ASKS if ask.round == year.key)
}


def pot(year: Year, name: str, appropriated: int, proposed: date) -> Pot:
    """The fund of a round: what it did not need was taken back, and it was closed after it."""
    return Pot(
        year.fund, name, "dedicated" if year.place == DISTRICT else "party", proposed,
        FundStage.CLOSED, ("公益创投", "公益微创投"), year.place,
        f"南财预〔{proposed.year}〕8号", appropriated,
        (Receipt("区财政局", "appropriation", year.yuan),), proposed.year,
        wound_up=after(year.wound_up, 5),
    )  # fmt: skip


FUNDS = (
    pot(YEARS[0], "2017年街道社会治理创新专项资金", 3_000_000, date(2017, 10, 16)),
    pot(YEARS[1], "2018年街道社会治理创新专项资金", 3_000_000, date(2018, 6, 4)),
    pot(YEARS[2], "2019年街道社会治理创新专项资金", 3_000_000, date(2019, 2, 11)),
    pot(YEARS[3], "2020年民康街道公益微创投资金", 100_000, date(2020, 3, 23)),
)
"""Three million yuan a year for the district, a hundred thousand for one subdistrict."""

FIRST_DAY = date(2017, 9, 15)
LAST_DAY = after(YEARS[-1].wound_up, 20)
"""The first and the last day on which any of this happened."""
