"""Where records go: one file a day by default, its lines tied to what the ledger counts as exported."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Self, cast

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exporters import JsonLinesItemExporter
from scrapy.extensions.feedexport import FileFeedStorage

from tibetnews import clock
from tibetnews.formats.schema_org import news_article
from tibetnews.items import Article
from tibetnews.ledger.committed_files import Feed
from tibetnews.ledger_session import memory_of
from tibetnews.outlet.urls import OUTLET_TIME

LINES = frozenset({"jsonlines", "jsonl", "jl", "newsarticle"})
"""Formats that write one line an article, so that a file can be cut back to a whole line."""


class CommittedStorage(FileFeedStorage):
    """Local files of lines that are appended to: each line counts once the ledger has committed it.

    A file that is overwritten (``-O``) or of another format is Scrapy's own business; see ``extensions.commits``.
    """

    def __init__(self, uri: str, crawler: Crawler, *, feed_options: dict[str, Any] | None = None) -> None:
        super().__init__(uri, feed_options=feed_options)
        options = feed_options or {}
        self.crawler = crawler
        self.committed = not options.get("overwrite") and options.get("format") in LINES

    @classmethod
    def from_crawler(cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None) -> Self:
        return cls(uri, crawler, feed_options=feed_options)

    def open(self, spider: Spider) -> IO[bytes]:
        if not self.committed:
            return super().open(spider)
        memory = memory_of(self.crawler)
        memory.has_feed = True
        return cast("IO[bytes]", Feed(memory.ledger, Path(self.path)))


class CommittedJsonLines(JsonLinesItemExporter):
    """JSON Lines whose records are counted as exported in the same breath as their lines are written."""

    def __init__(self, file: IO[bytes], crawler: Crawler, **kwargs: Any) -> None:
        super().__init__(cast("BytesIO", file), **kwargs)
        self.memory = memory_of(crawler) if isinstance(file, Feed) else None

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: IO[bytes], **kwargs: Any) -> Self:
        return cls(file, crawler, **kwargs)

    def export_item(self, item: Article) -> None:
        if self.memory is None:
            super().export_item(self.told(item))
            return
        self.memory.begin(item)
        super().export_item(self.told(item))
        self.memory.exported(item)

    def told(self, item: Article) -> Any:
        """What a line says of a record."""
        return item


class NewsArticles(CommittedJsonLines):
    """The feed format ``newsarticle``: schema.org's NewsArticle as JSON-LD, one object a line."""

    def told(self, item: Article) -> Any:
        return news_article(item)


def uri_params(params: dict[str, Any], spider: Spider) -> dict[str, Any]:
    """Scrapy's parameters of a feed's address, with ``export_dir`` and ``day`` of the crawl by the outlet's clock."""
    return {**params, "export_dir": spider.settings["EXPORT_DIR"], "day": day_of(clock.utc())}


def day_of(moment: datetime) -> str:
    """A day as file names have it, YYYYMMDD, by the outlet's clock."""
    return moment.astimezone(OUTLET_TIME).strftime("%Y%m%d")
