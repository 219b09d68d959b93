"""The proposals of the district: who asks for what in which round, and how far each comes."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from domain.proposals.lifecycle import Stage
from domain.reviews.lifecycle import Stage as ReviewStage


class Twist(Enum):
    """What else is waiting or has happened on the way."""

    SUBMIT_WAITS = auto()
    """The submission is prepared and waits for the legal representative."""
    NEVER_SUBMITTED = auto()
    """It is still a draft when intake closes."""
    SUBMIT_WITHDRAWN = auto()
    """The handler withdrew a prepared submission and prepared it again."""
    CORRECTED = auto()
    """It was returned once and corrected."""
    LOWERED = auto()
    """The budget check lowered a line."""
    REJECTION_WAITS = auto()
    """The secretary finds it ineligible, which waits for the second secretary."""
    AWARD_DECLINED = auto()
    """The leader declined the first amount that the panel wanted to award."""
    AWARD_WAITS = auto()
    """The panel's award is prepared and waits for the leader."""


class Ask(NamedTuple):
    """A proposal: what it asks for in yuan, how many people it reaches, where it is to stand.

    A quarter of the amount is brought in as match money. `quality` is what reviewers think of it,
    of a hundred; `reviews` says where its reviews stand while it is under review.
    """

    key: str
    round: str
    organisation: str
    title: str
    yuan: int
    reach: int
    until: Stage
    quality: int = 86
    twist: Twist | None = None
    reviews: tuple[ReviewStage, ...] = ()


S, R = Stage, ReviewStage

SPRING_ASKS = (
    Ask("lunch", "spring", "nuanyang", "独居老人午间守护", 64_000, 1_800, S.AWARDED, 93),
    Ask("phone", "spring", "nuanyang", "银龄智能手机课堂", 48_000, 960, S.AWARDED, 88),
    Ask("bath", "spring", "leling", "居家养老上门助浴", 80_000, 420, S.AWARDED, 91),
    Ask("respite", "spring", "leling", "失能老人家属喘息日", 72_000, 300, S.AWARDED, 90),
    Ask("weekend", "spring", "qihui", "孤独症家庭周末驿站", 88_000, 520, S.AWARDED, 94,
        Twist.AWARD_DECLINED),
    Ask("devices", "spring", "qihui", "康复辅具共享角", 40_000, 260, S.AWARDED, 84,
        Twist.CORRECTED),
    Ask("sorting", "spring", "lvlin", "垃圾分类入户行动", 56_000, 5_400, S.AWARDED, 87),
    Ask("corridor", "spring", "lvlin", "楼道闲置物整治", 36_000, 900, S.NOT_SELECTED, 68),
    Ask("council", "spring", "helin", "小区议事厅", 44_000, 760, S.AWARDED, 89, Twist.LOWERED),
    Ask("falling", "spring", "helin", "高空抛物邻里劝导队", 32_000, 2_100, S.AWARDED, 85),
    Ask("halfpast", "spring", "qinghe", "四点半课堂", 76_000, 3_600, S.AWARDED, 92),
    Ask("letters", "spring", "qinghe", "留守儿童书信陪伴", 24_000, 150, S.WITHDRAWN),
    Ask("handcraft", "spring", "qiaoshou", "残友手工实训", 84_000, 640, S.AWARDED, 90,
        Twist.CORRECTED),
    Ask("bazaar", "spring", "qiaoshou", "手工义卖进社区", 20_000, 800, S.LAPSED_UNSIGNED, 82),
    Ask("caravan", "spring", "jianbu", "中医保健进楼院", 60_000, 1_368, S.AWARDED, 88),
    Ask("walking", "spring", "jianbu", "千人健步走", 28_000, 1_000, S.INELIGIBLE),
    Ask("books", "spring", "shuxiang", "邻里图书漂流", 24_000, 600, S.LAPSED),
    Ask("memory", "spring", "shuxiang", "社区口述史", 40_000, 240, S.AWARDED, 86),
    Ask("capacity", "spring", "lianhe", "社会组织能力建设", 52_000, 480, S.AWARDED, 89),
    Ask("volunteers", "spring", "lianhe", "志愿者登记进网格", 30_000, 700, S.LAPSED,
        twist=Twist.NEVER_SUBMITTED),
    Ask("stairs", "first", "nuanyang", "楼栋邻里茶话会", 16_000, 380, S.AWARDED, 90),
    Ask("choir", "first", "xiyang", "夕阳红合唱进小区", 12_000, 500, S.NOT_SELECTED, 71),
)  # fmt: skip

AUTUMN_ASKS = (
    # 民康街道, autumn: fresh awards.
    Ask("tea", "minkang", "nuanyang", "老邻居故事会", 16_000, 320, S.AWARDED, 90,
        reviews=(R.REPLACED, R.LOCKED, R.LOCKED)),
    Ask("wardens", "minkang", "nuanyang", "小小楼长", 12_000, 240, S.AWARDED, 87,
        reviews=(R.LOCKED, R.REPLACED, R.LOCKED)),
    Ask("reading", "minkang", "qinghe", "放学后悦读角", 12_000, 410, S.AWARDED, 88),
    Ask("quiet", "minkang", "helin", "噪声纠纷调解日", 12_000, 180, S.AWARDED, 85),
    Ask("meals", "minkang", "leling", "孤老年夜饭筹备", 18_000, 120, S.AWARDED, 92),
    Ask("battery", "minkang", "lvlin", "废旧电池回收站", 14_000, 1_500, S.AWARDED, 84),
    Ask("singing", "minkang", "xiyang", "合唱队下乡", 10_000, 300, S.NOT_SELECTED, 66),
    # 曙光街道: the notice is over.
    Ask("sewing", "shuguang", "qiaoshou", "旧衣改造坊", 16_000, 260, S.ON_NOTICE, 88),
    Ask("ramps", "shuguang", "qihui", "无障碍随手拍", 15_000, 900, S.AWARDED, 89),
    # 鸿城街道: on notice.
    Ask("garden", "hongcheng", "lvlin", "社区花园共建", 18_000, 640, S.ON_NOTICE, 91),
    Ask("science", "hongcheng", "qinghe", "周末科学小屋", 16_000, 520, S.ON_NOTICE, 87),
    Ask("chess", "hongcheng", "jianbu", "棋牌联谊赛", 10_000, 200, S.APPEALED, 62),
    # 永吉街道: the ranking is fixed.
    Ask("safety", "yongji", "qinghe", "儿童安全屋", 18_000, 450, S.PROPOSED, 90),
    Ask("dance", "yongji", "jianbu", "广场舞错峰公约", 9_000, 350, S.APPEALED, 64),
    # 桃源街道: under review.
    Ask("clinic", "taoyuan", "jianbu", "家门口健康小站", 18_000, 700, S.PROPOSED, 91),
    Ask("history", "taoyuan", "shuxiang", "老街记忆展", 14_000, 900, S.SCORED, 88,
        Twist.AWARD_WAITS),
    Ask("repairs", "taoyuan", "leling", "老年人家电义修", 12_000, 380, S.SCORED, 79),
    Ask("helpers", "taoyuan", "linli", "邻里互助接送", 10_000, 260, S.UNDER_REVIEW, 83,
        reviews=(R.SUBMITTED, R.SUBMITTED, R.SUBMITTED)),
    Ask("pets", "taoyuan", "helin", "文明养犬约定", 9_000, 800, S.UNDER_REVIEW, 80,
        reviews=(R.DRAWN, R.INVITED, R.ACCEPTED)),
    Ask("drawing", "taoyuan", "qihui", "星星画室开放日", 15_000, 160, S.UNDER_REVIEW, 90,
        reviews=(R.SCORING, R.RECUSED, R.DECLINED)),
    # 新春街道: intake is over, the panel is to be drawn.
    Ask("courier", "xinchun", "lianhe", "快递小哥歇脚站", 16_000, 1_200, S.BUDGET_CHECKED),
    Ask("legal", "xinchun", "helin", "法律咨询进楼栋", 12_000, 220, S.BUDGET_CHECKED),
    # The fifth call, open now.
    Ask("microgarden", "autumn", "nuanyang", "楼道微花园", 60_000, 900, S.DRAFT),
    Ask("dementia", "autumn", "nuanyang", "认知症友好社区", 88_000, 640, S.DRAFT,
        twist=Twist.SUBMIT_WAITS),
    Ask("crossing", "autumn", "nuanyang", "护学岗志愿队", 36_000, 2_400, S.RETURNED),
    Ask("nightcare", "autumn", "leling", "夜间照护热线", 80_000, 700, S.SUBMITTED),
    Ask("splint", "autumn", "qihui", "居家康复指导", 72_000, 360, S.IN_INTAKE),
    Ask("compost", "autumn", "lvlin", "厨余堆肥小站", 48_000, 1_100, S.RETURNED),
    Ask("mediator", "autumn", "helin", "邻里调解员培养", 52_000, 120, S.BUDGET_CHECKED),
    Ask("summer", "autumn", "qinghe", "寒假托管班", 90_000, 300, S.IN_INTAKE,
        twist=Twist.REJECTION_WAITS),
    Ask("livestream", "autumn", "qiaoshou", "残友直播带货", 64_000, 90, S.SUBMITTED,
        twist=Twist.SUBMIT_WITHDRAWN),
    Ask("concert", "autumn", "xiyang", "社区新年音乐会", 40_000, 1_500, S.DRAFT),
)  # fmt: skip

BESIDE_ASKS = (
    # Waited in spring for a place that did not become free.
    Ask("radio", "spring", "xiyang", "社区广播站", 30_000, 600, S.WAIT_EXPIRED, 80),
    # 桃源街道: to be improved, in waiting, and shut out after a hearing.
    Ask("mural", "taoyuan", "qiaoshou", "楼道手绘墙", 12_000, 300, S.OPTIMISING, 85),
    Ask("festival", "taoyuan", "xiyang", "邻里丰收节", 11_000, 500, S.WAITLISTED, 82),
    Ask("parade", "taoyuan", "lvlin", "绿色出行巡游", 13_000, 450, S.DISQUALIFIED, 81),
    # Grants that are stopped, and one of which a fiscal agent keeps the money.
    Ask("posture", "spring", "former10", "少年体态课堂", 20_000, 200, S.AWARDED, 84),
    Ask("singles", "spring", "former11", "独居青年邻里餐桌", 24_000, 160, S.AWARDED, 83),
    Ask("pairing", "spring", "linli", "邻里结对帮", 20_000, 240, S.AWARDED, 86),
    # 民康街道: a payment for which the third hand was set aside.
    Ask("kites", "minkang", "former12", "风筝文化节", 15_000, 300, S.AWARDED, 84),
    # 鸿城街道: objected to, and one award taken back.
    Ask("swings", "hongcheng", "former13", "口袋乐园", 12_000, 220, S.OBJECTED, 86),
    Ask("bench", "hongcheng", "former14", "歇脚长椅", 8_000, 500, S.OBJECTED, 85),
    Ask("lights", "hongcheng", "former15", "楼道夜灯", 9_000, 700, S.REVOKED, 84),
    # 全安街道: the first call was given up.
    Ask("kiosk", "given_up", "shuxiang", "街角共享书亭", 14_000, 380, S.CANCELLED),
)  # fmt: skip

ASKS = SPRING_ASKS + AUTUMN_ASKS + BESIDE_ASKS

PATH = (
    S.DRAFT, S.SUBMITTED, S.IN_INTAKE, S.BUDGET_CHECKED, S.UNDER_REVIEW, S.SCORED, S.PROPOSED,
    S.ON_NOTICE, S.AWARDED,
)  # fmt: skip
LEAVES_AT = {
    S.WITHDRAWN: S.SUBMITTED,
    S.RETURNED: S.IN_INTAKE,
    S.LAPSED: S.IN_INTAKE,
    S.INELIGIBLE: S.IN_INTAKE,
    S.NOT_SELECTED: S.SCORED,
    S.OPTIMISING: S.SCORED,
    S.WAITLISTED: S.SCORED,
    S.WAIT_EXPIRED: S.SCORED,
    S.APPEALED: S.SCORED,
    S.OBJECTED: S.ON_NOTICE,
    S.REVOKED: S.ON_NOTICE,
    S.DISQUALIFIED: S.SCORED,
    S.CANCELLED: S.SUBMITTED,
    S.LAPSED_UNSIGNED: S.AWARDED,
}
"""Where a proposal that ends beside the path leaves it."""


def reaches(ask: Ask, stage: Stage) -> bool:
    """Whether the proposal comes as far as a stage of the path."""
    return PATH.index(LEAVES_AT.get(ask.until, ask.until)) >= PATH.index(stage)
