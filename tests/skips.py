"""Prints last what was skipped, and fails a run of CI that skipped what it may not."""

import os
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

ALLOWED = Path(__file__).with_name("allowed_skips.txt")


class Skips:
    """What this run skipped, with the reasons."""

    def __init__(self, *, strict: bool) -> None:
        self.allowed = tuple(ALLOWED.read_text(encoding="utf-8").splitlines())
        self.strict = strict
        self.reasons: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._count(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._count(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.forbidden():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> Generator[None, None, None]:
        # Around pytest's own summaries, because this one is promised to come last.
        yield
        if self.reasons:
            terminalreporter.section("skipped, and why")
        for reason, count in sorted(self.reasons.items()):
            terminalreporter.line(f"{count} × {reason}")
        for reason in self.forbidden():
            terminalreporter.line(f"not in {ALLOWED.name}, so the run fails: {reason}", red=True)

    def forbidden(self) -> list[str]:
        """The reasons for which CI may not skip a test."""
        return [reason for reason in sorted(self.reasons) if not self._may_skip(reason)]

    def _may_skip(self, reason: str) -> bool:
        return not self.strict or reason.startswith(self.allowed)

    def _count(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        # An expected failure is reported as skipped too, and has no place in this list.
        if report.skipped and not hasattr(report, "wasxfail"):
            assert isinstance(report.longrepr, tuple)
            self.reasons[report.longrepr[2].removeprefix("Skipped: ")] += 1


def is_ci() -> bool:
    return os.environ.get("CI") == "true"
