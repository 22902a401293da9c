"""Fourth step: an article that was exported before is written again only where the outlet changed it."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from tibetnews import clock, stats
from tibetnews.extensions.ledger import ledger_session
from tibetnews.items import Article
from tibetnews.pipelines.dropped import UnchangedRecordError
from tibetnews.text import content_hash


class Revisions:
    """Item pipeline that sets content_hash and revision. Counts ``revisions/changed`` and ``revisions/unchanged``."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.articles = ledger_session(crawler).articles

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        item.content_hash = content_hash(item.title, item.text)
        known = self.articles.last_export(item.id)
        if known is None:
            return item
        if known.content_hash == item.content_hash:
            validators = (item.http.etag, item.http.last_modified) if item.http else None
            self.articles.mark_unchanged(item.id, validators, clock.now())
            self.crawler.stats.inc_value(stats.REVISIONS_UNCHANGED)
            raise UnchangedRecordError
        item.revision = known.revision + 1
        self.crawler.stats.inc_value(stats.REVISIONS_CHANGED)
        return item
