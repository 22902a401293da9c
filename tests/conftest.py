"""What several tests share; and a run's last lines say what was skipped, and what would have to be there for it."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.support.failing_calls import Commands, commands, library


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    # Most of the longest tests wait for the programs that they start: another one has time to run meanwhile.
    return (os.cpu_count() or 1) + 1


def pytest_configure() -> None:
    # A shell that starts the tests in the background lets them ignore Ctrl-C, and nohup that a terminal closes; so do
    # all programs that they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    settings.register_profile("tests", deadline=None)  # no test looks at the clock
    settings.load_profile("tests")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"{count} skipped: {reason}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    folder = tmp_path_factory.mktemp("server")
    if (preload := library(folder)) is None:
        pytest.skip("there is no C compiler here")
    with commands(folder, preload) as running:
        yield running
    if running.failures:
        print(f"\n{running.failures} system calls failed")
