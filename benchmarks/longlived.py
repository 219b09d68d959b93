"""The fund that all copies of the district share: one stream through all the years."""

from __future__ import annotations

import heapq
import json
import re

from benchmarks.copies import Copy, Line

ONCE = ("fund.proposed", "fund.opened", "fund.period_closed")
"""What happens to the fund in the first copy only."""

CLOSED = "fund.day_closed"
TOTALS = re.compile(r'"totals":\[[^]]*\]')
DAY = re.compile(r'"day":"([-0-9]+)"')
MIDNIGHT = "T16:00:00Z"
"""When the local day ends."""


class LongLived:
    """Numbers the fund's records through, and closes each of its days once, by what it holds."""

    def __init__(self, stream: str) -> None:
        self.stream = stream
        self.id = stream.partition(":")[2]
        self.version = 0
        self.day = ""
        self.totals: dict[str, int] = {}
        self.moves: list[tuple[str, str, int]] = []

    def told(self, copy: Copy, line: Line) -> str | None:
        """A line as it reads in a copy; None where the fund has it already."""
        text = copy.text(line)
        for account, minor in line.moves:
            heapq.heappush(self.moves, (copy.moment(line.effective_at), account, minor))
        if line.stream != self.stream:
            return text
        if copy.number and line.type in ONCE:
            return None
        if line.type == CLOSED:
            closed = DAY.search(text)
            if closed is None or closed[1] <= self.day:
                return None
            self.day = closed[1]
            text = TOTALS.sub(self.closing, text)
        self.version += 1
        copy.known[f"{self.id}@{line.version}"] = f"{self.id}@{self.version}"
        old, new = (f'"version":{number},"schema' for number in (line.version, self.version))
        return text.replace(old, new)

    def closing(self, _: re.Match[str]) -> str:
        """What the fund holds at the end of the day."""
        while self.moves and self.moves[0][0] < self.day + MIDNIGHT:
            account, minor = heapq.heappop(self.moves)[1:]
            self.totals[account] = self.totals.get(account, 0) + minor
        held = [
            {"account": account, "balance_minor": minor}
            for account, minor in sorted(self.totals.items())
            if minor
        ]
        return f'"totals":{json.dumps(held, separators=(",", ":"))}'
