"""What the command line says of scores, in Chinese and in English."""

from __future__ import annotations

JUDGED: dict[str, tuple[str, str]] = {
    "import.scale": (
        "“{value}”不是分制，应如 0..40，低分在前。",
        "“{value}” is no scale; write such as 0..40, the lower end first.",
    ),
    "replay.effects": (
        "各评委比其他评委高出多少（千分之一分）：",
        "By how much each reviewer scores higher than the others (thousandths):",
    ),
    "replay.ranking": (
        "排名，按“{method}”；同分依次看：{ties}。",
        "The ranking, by “{method}”; between equal scores: {ties}.",
    ),
    "replay.draw": (
        "抽取种子 {seed}；次序：{order}；取前 {of} 人。",
        "The seed of the draw is {seed}; the order: {order}; the first {of} are on the panel.",
    ),
    "replay.difference": (
        "位置 {position}，{of}：记录为 {recorded}，重算为 {found}。",
        "position {position}, {of}: recorded as {recorded}, found to be {found}.",
    ),
    "replay.equal": (
        "重算 {count} 项，与记录一致。",
        "{count} results were worked out again and equal what was recorded.",
    ),
    "replay.unequal": (
        "重算 {count} 项，有 {differences} 项与记录不一致。",
        "{count} results were worked out again, and {differences} differ from what was recorded.",
    ),
    "agreement.icc_one_way": (
        "一致性 ICC(1)：{value}（{reviewers} 位评委，{proposals} 项申报，允许缺分）",
        "Agreement, ICC(1): {value} ({reviewers} reviewers, {proposals} proposals, with gaps)",
    ),
    "agreement.icc_two_way": (
        "一致性 ICC(A,1)：{value}（无缺分部分：{reviewers} 位评委，{proposals} 项申报）",
        "Agreement, ICC(A,1): {value} (complete part: {reviewers} reviewers, {proposals} "
        "proposals)",
    ),
    "agreement.kendall_w": (
        "肯德尔和谐系数 W：{value}（无缺分部分：{reviewers} 位评委，{proposals} 项申报）",
        "Kendall's W: {value} (complete part: {reviewers} reviewers, {proposals} proposals)",
    ),
    "agreement.too_few": ("评分太少，无法计算", "none, there are too few scores"),
    "agreement.no_spread": ("评分全部相同，无法计算", "none, all scores are the same"),
    "column.reviewer": ("评委", "Reviewer"),
    "column.mean": ("平均分", "Mean"),
    "column.trimmed_mean": ("去高低分平均", "Trimmed mean"),
    "column.median": ("中位数", "Median"),
    "column.z_score": ("Z 分数", "Z-score"),
    "column.additive": ("加性模型", "Additive"),
    "column.part": ("组", "Part"),
}
