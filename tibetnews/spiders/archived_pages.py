"""Reads the articles of archived pages, offline: what the spiders of archives share."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from pathlib import Path

from tibetnews import stats
from tibetnews.archive.assembly import ArticleAssembler, PendingCapture, RejectedCapture
from tibetnews.archive.captures import ArchivePart, Fault, Info, read_archives
from tibetnews.console import printable
from tibetnews.errors import Rejection, UnreadableError
from tibetnews.items import Article, Http
from tibetnews.middlewares.rejects import page_unreadable
from tibetnews.spiders.base import add_fetch
from tibetnews.spiders.named_inputs import ArchiveSelection
from tibetnews.spiders.one_by_one import OneByOneSpider
from tibetnews.wording import counted

logger = logging.getLogger(__name__)

page_read = object()
"""Signal: an archived article page was read, with its ``capture``; a record of it may follow or not."""


class ArchiveReader(OneByOneSpider):
    """Base of the spiders that make records of all archived pages of articles, without a request.

    Counts ``archive/captures``, ``archive/pages`` (articles with their documents) and ``archive/damaged`` (damaged
    places of files).
    """

    selection: ArchiveSelection
    asks_outlet = False

    def __init__(self, name: str | None = None) -> None:
        super().__init__(name)
        self.damage: list[str] = []  # what is wrong with which file
        self.given: set[tuple[ArticleAssembler, str]] = set()  # of two addresses of one article a crawl exports one

    def places(self) -> Sequence[Path | ArchivePart]:
        """Return the archives, or parts of them, in the order in which they are read."""
        return self.selection.archives

    def closed(self, reason: str) -> None:
        """Report what is wrong with the archives themselves; called by Scrapy at the end."""
        super().closed(reason)
        if self.damage:
            more = len(self.damage) - 1
            others = f" (and {counted(more, 'more file')}, which the lines above name)" if more else ""
            advice = "; all else was read: get a whole copy of the file, or leave it out"
            self.session.faults.append(self.damage[0] + others + advice)
        elif reason == "finished" and not self.crawler.stats.get_value(stats.ARCHIVE_PAGES, 0):
            detail = "these archives hold no article of the outlet; look whether -a warc=… names the right ones"
            self.session.faults.append(detail)

    async def records(self) -> AsyncIterator[Article]:
        """Yield the records that are wanted, one at a time, since its revision depends on those before it."""
        async for record in self._all_records():
            if self.wants(record):
                yield record
                if self.is_ending:
                    return

    async def _all_records(self) -> AsyncIterator[Article]:
        """Yield the records of all archives in the order of their captures."""
        assemblers = {"": ArticleAssembler(self.site, is_own_archive=False)}
        assembler = assemblers[""]
        for entry in read_archives(self.places(), self.settings.getint("DOWNLOAD_MAXSIZE")):
            await asyncio.sleep(0)  # the event loop's other tasks, as most entries give no record
            if isinstance(entry, Fault):
                self.crawler.stats.inc_value(stats.ARCHIVE_DAMAGED)
                self.damage.append(printable(f"{entry.path}: {entry.detail}"))
                logger.error("%s", self.damage[-1])
            elif isinstance(entry, Info):
                site = entry.fields.get("outlet-site")
                assembler = assemblers.setdefault(_run_of(entry), ArticleAssembler(site, is_own_archive=True))
            else:
                self.crawler.stats.inc_value(stats.ARCHIVE_CAPTURES)
                for record in self._read(assembler.feed(entry), assembler):
                    yield record
        for assembler in assemblers.values():
            for record in self._read(assembler.finish(), assembler):
                yield record

    def _read(
        self, articles: Iterable[PendingCapture | RejectedCapture], assembler: ArticleAssembler
    ) -> Iterator[Article]:
        return filter(None, (self._record(article, assembler) for article in articles))

    def _record(self, article: PendingCapture | RejectedCapture, assembler: ArticleAssembler) -> Article | None:
        """Return the record of an article; None for one that is rejected, or that its run has given already."""
        capture = article.source
        self.crawler.signals.send_catch_log(page_read, capture=capture)
        if isinstance(article, RejectedCapture):
            self._reject(capture.url, article.rejection)
            return None
        self.crawler.stats.inc_value(stats.ARCHIVE_PAGES, 1 + len(article.parts))
        try:
            record = article.read()
        except UnreadableError as error:
            self._reject(capture.url, error.rejection)
            return None
        if assembler.is_own_archive:
            if (assembler, record.id) in self.given:
                return None
            self.given.add((assembler, record.id))
        http = Http(capture.status, capture.headers.get("etag"), capture.headers.get("last-modified"))
        return add_fetch(record, url=capture.url, captured_at=capture.at, http=http)

    def _reject(self, url: str, rejection: Rejection) -> None:
        self.crawler.signals.send_catch_log(page_unreadable, url=url, reason=rejection.reason, detail=rejection.detail)


def _run_of(info: Info) -> str:
    """Return which run of this program a warcinfo record names; "" for archives of other programs."""
    return info.fields.get("run", "") if info.fields.get("software", "").startswith("tibetnews/") else ""
