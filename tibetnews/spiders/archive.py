"""Reads archived pages again, offline, with today's readers and pipelines."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from tibetnews import clock, stats
from tibetnews.archive import Capture, Fault, Info, read_archives
from tibetnews.archive.assembly import Gathering, Refusal, Story
from tibetnews.console import printable
from tibetnews.errors import UnreadableError
from tibetnews.items import Article, Http
from tibetnews.middlewares.rejects import page_refused
from tibetnews.outlet import article, urls
from tibetnews.spiders.arguments import check, read_archive
from tibetnews.spiders.base import ArticleSpider, stamp

logger = logging.getLogger(__name__)

COMPARISON = "tibetnews.extensions.archive_comparison.ComparisonWithExports"

page_read = object()
"""Signal: an archived article page was read, with its ``capture``; a record of it may follow or not."""


class ArchiveSpider(ArticleSpider):
    """``scrapy crawl archive -a warc=FILE_OR_FOLDER``: every archived article page becomes a record again.

    Nobody is asked for anything, and the ledger is neither read nor written: revisions and copies are counted from
    the archive alone. Records, rejects and the list of changes go to a folder of their own in EXPORT_DIR,
    ``reread-YYYYMMDD-HHMMSS``. Counts ``archive/captures``, ``archive/pages`` (articles with their documents) and
    ``archive/damaged`` (files that could not be read to their end).
    """

    name = "archive"
    read_arguments = staticmethod(read_archive)
    remembers = False

    def __init__(self, name: str | None = None, **given: Any) -> None:
        super().__init__(name)
        self.reread = check(read_archive, given)
        self.under_way = 0

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        exports = settings["EXPORT_DIR"]
        folder = Path(exports) / f"reread-{clock.utc().astimezone(urls.OUTLET_TIME):%Y%m%d-%H%M%S}"
        ours = {
            "STATE_DIR": "",
            "ARCHIVE_DIR": "",
            "SPLASH_URL": "",
            "EXPORT_DIR": str(folder),
            "COMPARED": exports,
            "EXTENSIONS": {**settings.getdict("EXTENSIONS"), COMPARISON: 900},
        }
        for name, value in ours.items():
            settings.set(name, value, SETTINGS_PRIORITIES["cmdline"] + 1)  # whatever -s says

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider.arrived, signal=signal)
        return spider

    def arrived(self) -> None:
        """A record has left the pipelines."""
        self.under_way -= 1

    async def start(self) -> AsyncIterator[Article]:
        for record in self.records():
            if record is not None:
                self.under_way += 1
                yield record
            # One record at a time, since its revision hangs on those before it; and the engine has its turn.
            await asyncio.sleep(0)
            while self.under_way:
                await asyncio.sleep(0)

    def records(self) -> Iterator[Article | None]:
        """The records of all archives in the order of their captures; None where a capture gives none."""
        runs = {"": Gathering(self.site, ours=False)}
        run = runs[""]
        for found in read_archives(self.reread.archives, self.settings.getint("DOWNLOAD_MAXSIZE")):
            if isinstance(found, Fault):
                self._count(stats.ARCHIVE_DAMAGED)
                logger.error("%s", printable(f"{found.path}: {found.detail}"))
            elif isinstance(found, Info):
                run = runs.setdefault(_run_of(found), Gathering(found.fields.get("outlet-site"), ours=True))
            else:
                self._count(stats.ARCHIVE_CAPTURES)
                yield None
                for story in run.take(found):
                    yield self._record(story, run)
        for run in runs.values():
            for story in run.rest():
                yield self._record(story, run)

    def _record(self, story: Story | Refusal, run: Gathering) -> Article | None:
        capture = story.first
        self.crawler.signals.send_catch_log(page_read, capture=capture)
        if isinstance(story, Refusal):
            self._refuse(capture.url, story.reason, story.detail)
            return None
        self._count(stats.ARCHIVE_PAGES, 1 + len(story.parts))
        try:
            record = article.read(story.page, story.parts)
        except UnreadableError as error:
            self._refuse(capture.url, error.reason, error.detail)
            return None
        if run.ours and record.id in run.given:
            return None
        run.given.add(record.id)
        return stamp(record, capture.url, capture.at, _http(capture))

    def _refuse(self, url: str, reason: str, detail: str) -> None:
        self.crawler.signals.send_catch_log(page_refused, url=url, reason=reason, detail=detail)

    def _count(self, name: str, number: int = 1) -> None:
        self.crawler.stats.inc_value(name, number)


def _run_of(info: Info) -> str:
    """What a warcinfo record calls the run of this program; "" for archives of others."""
    return info.fields.get("run", "") if info.fields.get("software", "").startswith("tibetnews/") else ""


def _http(capture: Capture) -> Http:
    return Http(capture.status, capture.headers.get("etag"), capture.headers.get("last-modified"))
