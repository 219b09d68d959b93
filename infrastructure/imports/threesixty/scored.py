"""What is said of a score sheet that is read, in English and in Chinese."""

from __future__ import annotations

SCORED: dict[str, tuple[str, str]] = {
    "scores_empty": ("The file has no scores.", "文件中没有评分。"),
    "scores_reviewers": (
        "The file has more than {most} reviewers.",
        "文件中的评委超过 {most} 人。",
    ),
    "scores_number": (
        "A rating is a plain number with nine decimals at most, not {value}.",
        "评分应为普通数字，最多九位小数，而不是 {value}。",
    ),
    "scores_scale": (
        "The rating {value} lies outside the scale from {low} to {high}; --scale names another.",
        "评分 {value} 不在 {low} 至 {high} 的分制之内；可用 --scale 指明分制。",
    ),
    "scores_rank": (
        "A rank is a whole number from 1 on, not {value}.",
        "名次应为 1 起的整数，而不是 {value}。",
    ),
    "scores_repeated": (
        "Row {first} already has this reviewer and this proposal.",
        "第 {first} 行已有该评委对该申报的评分。",
    ),
}
