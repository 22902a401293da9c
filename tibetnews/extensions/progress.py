"""How far the crawl is, live on a terminal; nothing into a pipe, where the log says it."""

from __future__ import annotations

import sys
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured


class Progress:
    """Extension that draws one line below the log: articles done of those found, refused, copies."""

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self.crawler = crawler
        self.bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed} of {task.total} articles · {task.fields[rejected]} refused"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not sys.stderr.isatty():
            raise NotConfigured
        extension = cls(crawler, Console(stderr=True))
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.advance, signal=signals.response_received)
        crawler.signals.connect(extension.advance, signal=signals.item_scraped)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        self.task = self.bar.add_task(spider.name, total=None, rejected=0)
        self.bar.start()

    def advance(self) -> None:
        assert self.crawler.stats
        count = self.crawler.stats.get_value
        done, rejected = count("item_scraped_count", 0), count("rejects/count", 0)
        total = max(count("sections/links", 0), done)
        self.bar.update(self.task, completed=done, total=total, rejected=rejected)

    def spider_closed(self, spider: Spider) -> None:
        self.bar.stop()
