"""How far the crawl is, live on a terminal with the log above it; nothing into a pipe, where the log says it."""

from __future__ import annotations

import atexit
import io
import logging
import os
import sys
import time
from collections import deque
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.log import get_scrapy_root_handler

from tibetnews.extensions.standing import Standing, standing

REFRESH_SECONDS = 0.25
RATE_SECONDS = 30.0
"""The rate is that of so many last seconds."""


class Progress:
    """Extension that draws the crawl's standing below the log.

    Only where standard error is a terminal that can move its cursor. NO_COLOR is honoured.
    """

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self.crawler = crawler
        self.console = console
        self.seen: deque[tuple[float, Standing]] = deque()
        self.log: logging.StreamHandler[io.TextIOBase] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not sys.stderr.isatty() or os.environ.get("TERM") in (None, "", "dumb"):
            raise NotConfigured
        extension = cls(crawler, Console(stderr=True, highlight=False))
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        self.began = time.monotonic()
        handler = get_scrapy_root_handler()
        if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr:
            self.log = handler
            handler.setStream(Above(self.console))
        self.live = Live(
            console=self.console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,  # it may be the records'
            get_renderable=self.render,
        )
        self.live.start()
        atexit.register(self.stop)  # a crawl that is broken off by force closes no spider
        self.clock = create_looping_call(self.live.refresh)
        self.clock.start(REFRESH_SECONDS)

    def spider_closed(self, spider: Spider) -> None:
        self.clock.stop()
        self.stop()

    def stop(self) -> None:
        """Take the display away and give the terminal back to the log; a second time does nothing."""
        self.live.stop()
        if self.log:
            self.log.setStream(sys.__stderr__ or sys.stderr)  # type: ignore[arg-type]
            self.log = None
        atexit.unregister(self.stop)

    def render(self) -> Group:
        assert self.crawler.stats
        now = standing(self.crawler.stats.get_stats())
        at = time.monotonic()
        self.seen.append((at, now))
        while at - self.seen[0][0] > RATE_SECONDS:
            self.seen.popleft()
        before, then = self.seen[0]
        return display(now, then, at - before, at - self.began)


class Above(io.TextIOBase):
    """A stream whose lines scroll above the display."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self.console = console

    def write(self, text: str) -> int:
        self.console.print(Text(text.removesuffix("\n")), soft_wrap=True)
        return len(text)


def display(now: Standing, then: Standing, between: float, elapsed: float) -> Group:
    """Two lines on a crawl's standing; ``then`` is what it was ``between`` seconds before."""
    pages = (now.pages - then.pages) / between if between > 0 else 0.0
    grid = Table.grid(padding=(0, 2), expand=True)
    for ratio in (None, 1, None, None):
        grid.add_column(no_wrap=True, ratio=ratio)
    grid.add_row(
        Text(f"{now.walked} of {now.sections} sections" if now.sections else "addresses", style="bold"),
        ProgressBar(total=max(now.found, 1), completed=now.done),
        f"{now.done} of {now.found}{'' if now.all_found else '+'} articles",
        _left(now, then, between) or f"{_clock(elapsed)} so far",
    )
    line = Text(no_wrap=True, overflow="ellipsis", style="dim")
    line.append(f"{now.new} new · {now.changed} changed · {now.unchanged} unchanged · {now.copies} copies · ")
    line.append(f"{now.rejected} rejected", style="red" if now.rejected else "")
    line.append(f" · {now.pages} pages, {pages:.1f}/s")
    return Group(grid, line)


def _left(now: Standing, then: Standing, between: float) -> str | None:
    """How long it will take; None while listings may still name more, and where nothing has moved."""
    done = now.done - then.done
    if not now.all_found or done <= 0 or between <= 0:
        return None
    return f"{_clock((now.found - now.done) / (done / between))} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
