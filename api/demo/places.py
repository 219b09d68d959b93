"""The thirteen subdistricts and fifty-nine communities; their names and codes are invented."""

from __future__ import annotations

from collections.abc import Iterator

from api.demo.people import DISTRICT

MINKANG, TAOYUAN, HONGCHENG, SHUGUANG = "220102006", "220102007", "220102008", "220102009"
YONGJI, MINGZHU, XINCHUN = "220102010", "220102011", "220102012"
CHANGTONG, QUANAN, ZIQIANG = "220102013", "220102014", "220102015"
NANLING, FUYU, XINGFU = "220102016", "220102017", "220102018"

SUBDISTRICTS = {
    MINKANG: ("民康街道", ("筑梦", "启航", "初心", "心悦", "同德")),
    TAOYUAN: ("桃源街道", ("春晖", "桃李", "长青", "永昌", "东风")),
    HONGCHENG: ("鸿城街道", ("鸿雁", "锦程", "南湖路", "安宁", "新立")),
    SHUGUANG: ("曙光街道", ("晨曦", "向阳", "光明路", "和顺", "富民")),
    YONGJI: ("永吉街道", ("永安", "吉祥", "平泉", "文苑", "康乐")),
    MINGZHU: ("明珠街道", ("珠江路", "双桥", "翠微", "金河", "银河")),
    XINCHUN: ("新春街道", ("迎春", "立春", "百合", "丁香", "芳草")),
    CHANGTONG: ("长通街道", ("通达", "通顺", "大经路", "四道街")),
    QUANAN: ("全安街道", ("全福", "安康", "平治", "大马路")),
    ZIQIANG: ("自强街道", ("自立", "自新", "永春", "西四")),
    NANLING: ("南岭街道", ("岭东", "岭西", "体院", "华新")),
    FUYU: ("富裕街道", ("富强", "裕丰", "南三环", "卫星路")),
    XINGFU: ("幸福街道", ("红嘴", "长新", "八一", "华阳")),
}
"""Each subdistrict with its name and the names of its communities."""

MERGED, MERGED_INTO = f"{XINGFU}005", f"{XINGFU}004"
"""A community that is part of its neighbour since the beginning of this year, by their codes."""

DISTRICT_NAME = "南关区"

COMMUNITIES = {
    f"{code}{number:03d}": f"{name}{community}社区"
    for code, (name, communities) in SUBDISTRICTS.items()
    for number, community in enumerate(communities, start=1)
}
"""The full name of every community by its code."""


def places() -> Iterator[tuple[str, str]]:
    """Every place with its code, each behind the one in which it lies."""
    yield DISTRICT, DISTRICT_NAME
    yield from ((code, name) for code, (name, _) in SUBDISTRICTS.items())
    yield from COMMUNITIES.items()
    yield MERGED, "幸福街道华阳北社区"
