"""How far a crawl is: a live display on a terminal, with the log above it; elsewhere a line of the log at times."""

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
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.statscollectors import StatsCollector
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.log import get_scrapy_root_handler

from tibetnews import stats
from tibetnews.console import duration
from tibetnews.stats import Counts, total
from tibetnews.wording import counted

logger = logging.getLogger(__name__)

REFRESH_SECONDS = 0.25
RATE_SECONDS = 30.0
"""The rate is that of so many last seconds."""


class ProgressDisplay:
    """Extension that draws the crawl's progress below the log.

    Only where standard error is a terminal that can move its cursor. NO_COLOR is honoured.
    """

    def __init__(self, collector: StatsCollector, console: Console) -> None:
        self.stats = collector
        self.console = console
        self.history: deque[tuple[float, CrawlProgress]] = deque()
        self.log: logging.StreamHandler[io.TextIOBase] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect the display, where standard error is a terminal."""
        if not has_display():
            raise NotConfigured
        extension = cls(crawler.stats, Console(stderr=True, highlight=False))
        crawler.signals.connect(extension.start, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def start(self) -> None:
        """Draw the display, and send the log above it."""
        self.started = time.monotonic()
        handler = get_scrapy_root_handler()
        if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr:
            self.log = handler
            handler.setStream(LogAboveDisplay(self.console))
        self.live = Live(
            console=self.console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,  # it may carry the records
            get_renderable=self.render,
        )
        self.live.start()
        atexit.register(self.stop)  # a crawl that is ended by force closes no spider
        self.timer = create_looping_call(self.live.refresh)
        self.timer.start(REFRESH_SECONDS)

    def spider_closed(self) -> None:
        """Remove the display."""
        self.timer.stop()
        self.stop()

    def stop(self) -> None:
        """Remove the display and give the terminal back to the log; a second call does nothing."""
        self.live.stop()
        if self.log:
            self.log.setStream(sys.__stderr__ or sys.stderr)  # type: ignore[arg-type]
            self.log = None
        atexit.unregister(self.stop)

    def render(self) -> Group:
        """Return the display as of now."""
        now, progress = time.monotonic(), CrawlProgress(self.stats.get_stats())
        self.history.append((now, progress))
        while now - self.history[0][0] > RATE_SECONDS:
            self.history.popleft()
        then, earlier = self.history[0]
        return draw(progress, earlier, interval=now - then, elapsed=now - self.started)


class ProgressLog:
    """Extension that logs how far the crawl is every LOGSTATS_INTERVAL seconds, where no terminal shows it."""

    def __init__(self, collector: StatsCollector, seconds: float) -> None:
        self.stats = collector
        self.seconds = seconds

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect it, unless a terminal has the display."""
        seconds = crawler.settings.getfloat("LOGSTATS_INTERVAL")
        if has_display() or not seconds:
            raise NotConfigured
        extension = cls(crawler.stats, seconds)
        crawler.signals.connect(extension.start, signal=signals.spider_opened)
        crawler.signals.connect(extension.stop, signal=signals.spider_closed)
        return extension

    def start(self) -> None:
        """Begin to log."""
        self.timer = create_looping_call(self.log)
        self.timer.start(self.seconds, now=False)

    def stop(self) -> None:
        """End it."""
        self.timer.stop()

    def log(self) -> None:
        """Log one line."""
        now = CrawlProgress(self.stats.get_stats())
        sections = f"{now.sections_done} of {now.sections} sections read; " if now.sections else ""
        articles = f"{now.articles_done} of {now.articles}{'' if now.all_found else ' or more'} articles done"
        logger.info("%s%s, %d of them new, %d rejected", sections, articles, now.new, now.rejected)


def has_display() -> bool:
    """Return whether standard error is a terminal that can move its cursor."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") not in (None, "", "dumb")


class LogAboveDisplay(io.TextIOBase):
    """A stream whose lines scroll above the display."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self.console = console

    def write(self, text: str) -> int:
        """Print a line above the display."""
        self.console.print(Text(text.removesuffix("\n")), soft_wrap=True)
        return len(text)


class CrawlProgress:
    """How far a crawl with these counts is."""

    def __init__(self, counts: Counts) -> None:
        unread = [number for _, number in stats.with_prefix(counts, *stats.UNREAD_ENDED)]
        records = total(counts, stats.RECORDS)
        self.sections = total(counts, stats.SECTIONS_CHOSEN)
        """Sections to crawl; 0 for a crawl of named articles."""
        self.sections_done = total(counts, stats.SECTIONS_ENDED) + len(unread)
        self.pages = total(counts, stats.RESPONSES)
        """Responses of whatever status."""
        self.changed = total(counts, stats.REVISIONS_CHANGED)
        self.unchanged = total(counts, stats.REVISIONS_UNCHANGED)
        self.new = max(0, records - self.changed)
        self.duplicates = total(counts, stats.DUPLICATES_EXACT, stats.DUPLICATES_NEAR)
        self.rejected = total(counts, stats.REJECTS)
        self.articles_done = records + self.unchanged + total(counts, stats.OUTSIDE_DATES) + self.rejected - sum(unread)
        found = (stats.ARTICLES_FOUND, stats.ARTICLES_DUE, stats.ARTICLES_NAMED, stats.HISTORY_ARTICLES)
        self.articles = max(self.articles_done, total(counts, *found))
        """Articles to read, as far as they are known."""

    @property
    def all_found(self) -> bool:
        """True once no listing is left that could name more articles."""
        return self.sections_done >= self.sections


def draw(now: CrawlProgress, earlier: CrawlProgress, interval: float, elapsed: float) -> Group:
    """Return the display's two lines; ``earlier`` was ``interval`` seconds ago, the start ``elapsed`` seconds ago.

    The bar is that of the sections until all articles are found, and then that of the articles.
    """
    rate = (now.pages - earlier.pages) / interval if interval > 0 else 0.0
    grid = Table.grid(padding=(0, 2), expand=True)
    for ratio in (None, 1, None, None):
        grid.add_column(no_wrap=True, ratio=ratio)
    time = _time_left(now, earlier, interval) or f"{duration(elapsed)} so far"
    if not now.sections and not now.articles:
        grid.add_row(Text("starting", style="bold"), "", "", time)
    elif now.all_found:
        bar = ProgressBar(total=max(now.articles, 1), completed=now.articles_done)
        grid.add_row(Text("reading articles", style="bold"), bar, f"{now.articles_done} of {now.articles}", time)
    else:
        bar = ProgressBar(total=now.sections, completed=now.sections_done)
        found = f"{now.sections_done} of {now.sections}, {now.articles} articles found"
        grid.add_row(Text("reading sections", style="bold"), bar, found, time)
    line = Text(no_wrap=True, overflow="ellipsis", style="dim")
    line.append(f"{now.new} new · {now.changed} changed · {now.unchanged} unchanged · ")
    line.append(f"{counted(now.duplicates, 'copy', 'copies')} · ")
    line.append(f"{now.rejected} rejected", style="red" if now.rejected else "")
    line.append(f" · {counted(now.pages, 'page')}, {rate:.1f}/s")
    return Group(grid, line)


def _time_left(now: CrawlProgress, earlier: CrawlProgress, interval: float) -> str | None:
    """Return how long it will take; None while listings may name more, and where nothing has moved."""
    done = now.articles_done - earlier.articles_done
    if not now.all_found or done <= 0 or interval <= 0:
        return None
    return f"{duration((now.articles - now.articles_done) / (done / interval))} left"
