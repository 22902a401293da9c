"""The live display: what it says, and that a terminal gets it and a pipe does not."""

from __future__ import annotations

import logging
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.console import Console

from replica import Replica
from replica.crawling import FAST, ROOT, setting_options
from tests.support.terminal import read
from tibetnews.extensions.log_sanitizer import SanitizingFormatter
from tibetnews.extensions.progress import CrawlProgress, ProgressLog, draw
from tibetnews.outlet.sections import section_table

COUNTS = {
    "sections/chosen": 45,
    "sections/ended": 43,
    "sections/unread/cn/edu": 1,
    "sections/unread/cn/law": 1,
    "sections/links": 300,
    "sections/due": 20,
    "response_received_count": 210,
    "item_scraped_count": 100,
    "revisions/changed": 4,
    "revisions/unchanged": 6,
    "duplicates/exact": 2,
    "duplicates/near": 1,
    "rejects/count": 5,
}


def shown(width: int = 80, **changes: int) -> list[str]:
    """The display's lines after 30 seconds, of which it saw the last 10."""
    now = CrawlProgress(COUNTS | {name.replace("__", "/"): number for name, number in changes.items()})
    earlier = CrawlProgress(COUNTS | {"item_scraped_count": 50, "response_received_count": 110})
    console = Console(width=width, force_terminal=True, color_system=None)
    with console.capture() as capture:
        console.print(draw(now, earlier, interval=10.0, elapsed=30.0))
    return [line.rstrip() for line in capture.get().splitlines()]


def test_it_says_how_far_the_crawl_is() -> None:
    first, second = shown(100)
    for part in ("reading articles  ━", "  109 of 320  ", "  0:00:42 left"):
        assert part in first
    assert second == "96 new · 4 changed · 6 unchanged · 3 copies · 5 rejected · 210 pages, 10.0/s"


def test_the_time_left_is_told_only_where_it_can_be_known() -> None:
    first, _ = shown(100, sections__ended=40)
    for part in ("reading sections  ━", "  42 of 45, 320 articles found  ", "  0:00:30 so far"):
        assert part in first
    first, _ = shown(100, item_scraped_count=50)
    assert "so far" in first


@pytest.mark.parametrize("width", [60, 80, 200])
def test_it_has_two_lines_at_any_width(width: int) -> None:
    assert len(shown(width)) == 2
    assert max(map(len, shown(width))) <= width


def test_without_a_terminal_a_line_of_the_log_says_how_far_it_is(caplog: pytest.LogCaptureFixture) -> None:
    log = ProgressLog(SimpleNamespace(get_stats=lambda: COUNTS | {"sections/ended": 40}), 600)  # type: ignore[arg-type]
    with caplog.at_level(logging.INFO):
        log.log()
    assert caplog.messages == ["42 of 45 sections read; 109 of 320 or more articles done, 96 of them new, 5 rejected"]


def test_addresses_have_no_sections() -> None:
    counts = {"articles/named": 8, "item_scraped_count": 2}
    progress = CrawlProgress(counts)
    assert (progress.sections, progress.articles, progress.articles_done, progress.all_found) == (0, 8, 2, True)


def on_a_terminal(folder: Path, site: str, **environment: str) -> tuple[int, str]:
    """Exit status of a crawl whose standard error is a terminal, and what the terminal got."""
    folders = {"EXPORT_DIR": folder / "x", "STATE_DIR": folder / "state"}
    # Sections are read for some seconds, in which the display is drawn several times.
    options = setting_options({**FAST, **folders, "OUTLET_SITE": site, "DOWNLOAD_DELAY": 0.02})
    command = [sys.executable, "-m", "scrapy", "crawl", "sections", *options]
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM", "COLUMNS", "LINES")}
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs, env={**kept, **environment}
    ) as process:
        os.close(theirs)
        got = b""
        while part := read(ours):
            got += part
    os.close(ours)
    return process.returncode, got.decode()


def test_a_terminal_gets_the_display_below_the_log(tmp_path: Path) -> None:
    with Replica(articles=60, seed=6) as replica:
        status, got = on_a_terminal(tmp_path, replica.url, TERM="xterm-256color")
    assert status == 0
    shown = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", got)
    assert re.search(rf"reading sections  ━.* \d+ of {len(section_table().sections)}, \d+ articles found", shown)
    assert got.count("\x1b[?25l") == got.count("\x1b[?25h") == 1  # the cursor comes back
    # Each line of the log is one of its own: the display was wiped away before it.
    lines = [
        line for line in re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", got).replace("\r", "\n").split("\n") if " INFO " in line
    ]
    assert len(lines) == 2
    assert [line for line in lines if not re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d INFO ", line)] == []
    assert "INFO healthy: 60 records" in lines[-1]
    assert got.index("sections") < got.index("INFO healthy")


def test_no_color_and_a_dumb_terminal_are_respected(tmp_path: Path) -> None:
    with Replica(articles=60, seed=6) as replica:
        _, got = on_a_terminal(tmp_path / "a", replica.url, TERM="xterm-256color", NO_COLOR="1")
        assert f"of {len(section_table().sections)}, " in got
        assert re.findall(r"\x1b\[[\d;]*(?:3[0-7]|4[0-7]|[34]8;|9[0-7])[\d;]*m", got) == []
        for environment in ({"TERM": "dumb"}, {}):
            _, got = on_a_terminal(tmp_path / "b", replica.url, **environment)
            assert "INFO healthy: " in got
            assert "\x1b" not in got


def test_a_pipe_gets_the_log_and_no_control_code(tmp_path: Path) -> None:
    with Replica(articles=60, seed=6) as replica:
        options = [
            "-s",
            f"OUTLET_SITE={replica.url}",
            "-s",
            f"EXPORT_DIR={tmp_path}/x",
            "-s",
            f"STATE_DIR={tmp_path}/s",
        ]
        options += setting_options(FAST)
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "sections", *options],
            cwd=ROOT,
            capture_output=True,
            check=False,
            env={**os.environ, "TERM": "xterm-256color", "FORCE_COLOR": "1"},
            timeout=120,
        )
    assert b"INFO healthy: 60 records" in done.stderr
    assert not set(done.stderr) & (set(range(32)) - {10})


def test_no_text_in_the_log_steers_a_terminal() -> None:
    formatter = SanitizingFormatter(logging.Formatter("%(levelname)s %(message)s"))
    record = logging.LogRecord("x", logging.INFO, "x", 1, "title %s", ("\x1b]0;owned\x07\u202e标题\x9b2J",), None)
    assert formatter.format(record) == "INFO title �]0;owned��标题�2J"
    several = logging.LogRecord("x", logging.INFO, "x", 1, "two\nlines\tand a tab", (), None)
    assert formatter.format(several) == "INFO two\nlines and a tab"
