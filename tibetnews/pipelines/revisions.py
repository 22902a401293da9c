"""Third step: an article that was exported before is written again only if the outlet changed it."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from tibetnews import clock, stats
from tibetnews.crawl_session import details_hash, ledger_session
from tibetnews.items import Article
from tibetnews.ledger.articles import Articles
from tibetnews.pipelines.dropped import UnchangedRecordError
from tibetnews.text import content_hash, is_content_hash


class Revisions:
    """Item pipeline that sets content_hash and revision; a correction of byline, time or media is a revision too.

    Counts ``revisions/changed`` and ``revisions/unchanged``.
    """

    def __init__(self, articles: Articles, collector: StatsCollector) -> None:
        self.articles = articles
        self.stats = collector

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the pipeline of a crawl, with the crawl's ledger."""
        return cls(ledger_session(crawler).articles, crawler.stats)

    def process_item(self, item: Article) -> Article:
        """Set both fields, or drop a record that is exported already."""
        item.content_hash, details = content_hash(item.title, item.text), details_hash(item)
        known = self.articles.last_export(item.id)
        if known is None:
            return item
        has_same_text = is_content_hash(known.content_hash, item.title, item.text)
        if has_same_text and known.details_hash in (None, details):
            validators = (item.http.etag, item.http.last_modified) if item.http else None
            self.articles.mark_unchanged(item.id, validators, clock.now(), item.fetched_at, details)
            self.stats.inc_value(stats.REVISIONS_UNCHANGED)
            raise UnchangedRecordError
        item.revision = known.revision + 1
        self.stats.inc_value(stats.REVISIONS_CHANGED)
        return item
