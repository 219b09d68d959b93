"""The tables of docs/panels.md, made from what `replay --round` answers of the panel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

TOP = 6
"""How many proposals each reviewer of the panel ranked."""

TITLES = {
    "mean": "平均 Mean",
    "trimmed_mean": "去高低分 Trimmed",
    "median": "中位数 Median",
    "z_score": "Z 分数 Z-score",
    "additive": "加性 Additive",
}


def page_tables(answer: dict[str, Any]) -> dict[str, str]:
    """Every table of the page, by what it shows."""
    return {
        "rankings": rankings(answer),
        "top": top(answer),
        "effects": effects(answer),
        "agreement": agreement(answer),
    }


def places(answer: dict[str, Any]) -> dict[str, dict[str, tuple[int, int]]]:
    """The place and the score of each proposal by each method."""
    return {
        method: {row["proposal"]: (row["rank"], row["score_milli"]) for row in made["scores"]}
        for method, made in answer["methods"].items()
    }


def rankings(answer: dict[str, Any]) -> str:
    """Place and score of every proposal by every method, in the order of the additive model."""
    by = places(answer)
    rows = (
        [
            proposal,
            *(f"{by[method][proposal][0]} · {points(by[method][proposal][1])}" for method in by),
        ]
        for proposal in by["additive"]
    )
    return table(["申报 Proposal", *TITLES.values()], rows)


def top(answer: dict[str, Any]) -> str:
    """The first by each method, beside those that the reviewers themselves put first."""
    by, own = places(answer), answer["own_ranks"]
    named = sorted(own, key=lambda p: (-worth(own[p]), -len(own[p]), p))
    columns = [list(by[method])[:TOP] for method in by]
    rows = (
        [str(place + 1), own_place(named[place], own), *(column[place] for column in columns)]
        for place in range(TOP)
    )
    head = ["位次 Place", "评委自己的排名 The panel's own ranks", *TITLES.values()]
    return table(head, rows)


def own_place(proposal: str, own: dict[str, list[int]]) -> str:
    """A proposal with the points and the number of ranks that it was given."""
    return f"{proposal} ({worth(own[proposal])} · {len(own[proposal])})"


def worth(ranks: Iterable[int]) -> int:
    """Six points for a first place, one for a sixth."""
    return sum(TOP + 1 - rank for rank in ranks)


def effects(answer: dict[str, Any]) -> str:
    """By how much each reviewer scores above the others."""
    found: dict[str, dict[str, str]] = {}
    for method in ("z_score", "additive"):
        for one in answer["methods"][method]["effects"]:
            found.setdefault(one["reviewer"], {})[method] = points(one["effect_milli"])
    rows = (
        [reviewer, *(found[reviewer].get(method, "–") for method in ("z_score", "additive"))]
        for reviewer in sorted(found)
    )
    return table(["评委 Reviewer", TITLES["z_score"], TITLES["additive"]], rows)


def agreement(answer: dict[str, Any]) -> str:
    """The measures of agreement."""
    titles = {"icc_one_way": "ICC(1)", "icc_two_way": "ICC(A,1)", "kendall_w": "Kendall's W"}
    rows = (
        [titles[name], points(one["milli"]), str(one["reviewers"]), str(one["proposals"])]
        for name, one in answer["agreement"].items()
    )
    return table(["指标 Measure", "值 Value", "评委 Reviewers", "申报 Proposals"], rows)


def points(milli: int) -> str:
    """Thousandths with three decimals."""
    return f"{'−' if milli < 0 else ''}{abs(milli) // 1_000}.{abs(milli) % 1_000:03}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
